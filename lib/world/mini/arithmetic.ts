/**
 * Bare calculations for the LLM's pre-training, as a model of the paper's size has seen them long before it is
 * fine-tuned: no words, no question, of no language.
 * @module
 */
import { type Stream, stream } from "../../random.ts";
import type { Draw } from "../world.ts";

/** Calculations as the solutions write them, one or two in a row: "5 + 3 = 8." or "5 + 3 = 8. 8 - 2 = 6." */
export function arithmetic({ seed, count, from = 0 }: Draw): string[] {
  return Array.from({ length: count }, (_, i) => {
    const s = stream(seed, "arithmetic", from + i);
    const first = calculation(s);
    const all = s.pick([1, 2]) === 1 ? [first] : [first, continuation(first.result, s)];
    return all.map(({ text }) => text).join(" ");
  });
}

/** A sum, a difference, or of the tables. */
function calculation(s: Stream) {
  const operator = s.pick(OPERATORS);
  const [a, b] = operator === "+" || operator === "-"
    ? [s.int(2, 30), s.int(2, 20)]
    : [s.int(2, 9), s.int(2, 9)];
  if (operator === "-") return calculated(a + b, "-", b);
  return operator === "÷" ? calculated(a * b, "÷", b) : calculated(a, operator, b);
}

/** What can be done with a result so that the next is whole and at least 1. */
function continuation(left: number, s: Stream) {
  const divisors = [2, 3, 4, 5, 6, 7, 8, 9].filter((one) => left % one === 0);
  const right = {
    "+": () => s.int(2, 20),
    "-": () => s.int(1, Math.min(20, left - 1)),
    "×": () => s.int(2, 9),
    "÷": () => s.pick(divisors),
  };
  const possible = { "+": true, "-": left > 1, "×": left < 10, "÷": divisors.length > 0 };
  const operator = s.pick(OPERATORS.filter((one) => possible[one]));
  return calculated(left, operator, right[operator]());
}

const OPERATORS = ["+", "-", "×", "÷"] as const;

function calculated(left: number, operator: typeof OPERATORS[number], right: number) {
  const result = { "+": left + right, "-": left - right, "×": left * right, "÷": left / right }[operator];
  return { text: `${left} ${operator} ${right} = ${result}.`, result };
}
