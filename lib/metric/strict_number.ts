/**
 * The strict rule for numbers: one unambiguous number, or none. In this order: the last `\boxed{}`; what follows the last
 * marker ("The answer is", "####"); the last number of the text. An operand is no answer, nor is a list.
 * @module
 */
import { afterMarker } from "./answer_markers.ts";
import { type Box, lastBox } from "./boxed.ts";
import { type WrittenNumber, writtenNumbers } from "./number.ts";
import { CONJUNCTION, isJoint } from "./number/context.ts";
import { plainMarks } from "./number/marks.ts";

/** The number that an output answers with, as a canonical decimal; null for none. */
export function strictNumber(output: string): string | null {
  const plain = plainMarks(output);
  const box = lastBox(plain);
  if (box !== null) return boxedNumber(box);
  const marked = afterMarker(plain);
  const found = marked === null ? undefined : markedNumber(marked);
  return found === undefined ? only(writtenNumbers(plain).slice(-1)) : found;
}

/** The one number of a box that is complete and no part of a calculation around it. */
function boxedNumber({ content, before, after }: Box): string | null {
  const near = before.slice(-64);
  const isMarkup = /(?:^|\n)[^\S\n]*[-+*][^\S\n]+$|\*\*$/.test(near);
  const isOperand = !isMarkup && /(?:[-+*×÷·/^][^\S\n]*|\d)$/.test(near) ||
    /^[^\S\n]*[-+*×÷·/^][^\S\n]*[\d\\({]/.test(after);
  if (content === null || isOperand) return null;
  const answer = firstAnswer(content);
  return answer?.last ? answer.value : null;
}

/** The end of what the first number is said in: a sentence, a clause, or the beginning of an aside in brackets. */
const CLAUSE_END = /[.!?](?=[\s*_]|$)(?!\s*=)|[;；，。！？।、]|,(?=\s)|[^\S\n]?\((?=[^()]*\p{L})/gu;
const UNIT = String
  .raw`(?:[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]{1,3}|(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[\p{L}\p{M}'’]){1,16})`;
/** An equals sign with at most a unit before it: "= ", " eggs = $". */
const EQUALS = new RegExp(String.raw`^[^=\p{L}]*(?:${UNIT}[^=\p{L}]*)?=[^=]*$`, "u");
/** "3, 4" and "x = 3, y = 4" */
const LISTED = /^[^\S\n]*[,;、][^\S\n]*(?:\p{L}[^\S\n]*=[^\S\n]*)?$/u;
/** "1 hour and 30 minutes" */
const COMPOUND = new RegExp(
  String.raw`^[^\S\n]?[\p{L}\p{M}]+[^\S\n]+(?:${CONJUNCTION})[^\S\n]+$`.normalize("NFC"),
  "u",
);

/** The number of the line that follows a marker; undefined for a line without one, null for one that is not clear. */
function markedNumber(marked: string): string | null | undefined {
  const lead = marked.match(/^[\s:*_\x60]*/)![0];
  // A dash after a line break may be a bullet.
  const line = (lead.includes("\n") ? "\n" : "") + marked.slice(lead.length).split("\n", 1)[0];
  return firstAnswer(line)?.value;
}

/**
 * The first number of an answer, or, where it begins an equation, what stands after the last equals sign. `last`: no other
 * number follows.
 */
function firstAnswer(line: string): { value: string | null; last: boolean } | undefined {
  const numbers = writtenNumbers(line, { answer: true });
  if (numbers.length === 0) return undefined;
  const between = numbers.map(({ start }, i) => i === 0 ? "" : line.slice(numbers[i - 1]!.end, start));
  CLAUSE_END.lastIndex = numbers[0]!.end;
  const clauseEnd = CLAUSE_END.exec(line)?.index ?? line.length;
  let side = 0, next = 1;
  for (; next < numbers.length && numbers[next]!.start < clauseEnd; next++) {
    if (EQUALS.test(between[next]!)) side = next;
    else if (between[next]!.includes("=") || COMPOUND.test(between[next]!)) {
      return { value: null, last: false };
    } else if (!isJoint(between[next]!)) break;
  }
  const last = next === numbers.length;
  if (side === next - 1 && isListed(line, numbers, between, next)) return { value: null, last };
  return { value: only(numbers.slice(side, next)), last };
}

/** Whether numbers from `next` on go on with the one before as a list, which ends the sentence. */
function isListed(
  line: string,
  numbers: readonly WrittenNumber[],
  between: readonly string[],
  next: number,
): boolean {
  let last = next;
  while (last < numbers.length && LISTED.test(between[last]!)) last++;
  return last > next && /^[\s*_$)\]}]*(?:[.!?。！？।]|$)/.test(line.slice(numbers[last - 1]!.end));
}

function only(numbers: readonly WrittenNumber[]): string | null {
  return numbers.length === 1 && numbers[0]!.alone ? numbers[0]!.value : null;
}
