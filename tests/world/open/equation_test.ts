/** Gold answers beside the equations of their records. */
import { ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { contradicts } from "../../../lib/world/open/equation.ts";

Deno.test("contradicts() finds a gold that the equation does not give, in the forms of both sets", () => {
  const wrong: [string, string][] = [
    ["(2*10.62)+1.59=x", "36.78"],
    ["X=((32.0+42.0)-35.0)", "40"],
    ["2+(5*x)=27", "4"],
    ["60/x=12", "4"],
    ["(35+21)-34=22", "23"],
    ["(35+21)-34=24", "24"],
    ["24-3=21; 7*21=147", "146"],
    ["(34.23/3)*7=79.87", "79.78"],
  ];
  for (const [equation, answer] of wrong) ok(contradicts(equation, answer), `${equation}, ${answer}`);
  const right: [string, string][] = [
    ["(2*10.62)+1.59=x", "22.83"],
    ["X=((32.0+42.0)-35.0)", "39"],
    ["2+(5*x)=27", "5"],
    ["60/x=12", "5"],
    ["x=1/3", "0.33"],
    ["16/3=6", "6"],
    ["24-3=21; 7*21=147", "147"],
    [
      "(1*10 (dollar) *100 (cent/dollar) + 1 (quarter) *25 (cent/quarter))/100 (cent/dollar) = 10.25 (dollar)",
      "10.25",
    ],
    ["1,200+300=1,500", "1500"],
    ["2(3+4)=14", "14"],
  ];
  for (const [equation, answer] of right) ok(!contradicts(equation, answer), `${equation}, ${answer}`);
});

Deno.test("contradicts() does not judge what it cannot read", () => {
  for (
    const equation of [
      "",
      "8:15=48:90",
      "70:7=10:1",
      "7.93(a) < 7.99(b)",
      "20/3=6 r2",
      "5/20=25%",
      "x+y=10; x-y=2",
      "3+4",
      "x=",
      "GCD(20,16)=4",
    ]
  ) {
    ok(!contradicts(equation, "12345"), equation);
  }
});

Deno.test("contradicts() agrees with arithmetic on drawn expressions, written as a result or for an unknown", () => {
  type Drawn = { text: string; value: number };
  const { expression } = fc.letrec<{ expression: Drawn }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      fc.integer({ min: 1, max: 99 }).map((n) => ({ text: `${n}`, value: n })),
      fc.integer({ min: 1, max: 999 }).map((n) => ({ text: (n / 10).toFixed(1), value: n / 10 })),
      fc.tuple(tie("expression"), fc.constantFrom("+", "-", "*", "/"), tie("expression")).map((
        [a, how, b],
      ) => ({
        text: `(${a.text}${how}${b.text})`,
        value: how === "+"
          ? a.value + b.value
          : how === "-"
          ? a.value - b.value
          : how === "*"
          ? a.value * b.value
          : a.value / b.value,
      })),
    ),
  }));
  fc.assert(fc.property(expression, fc.constantFrom("E=x", "x=E", "E+x=0"), ({ text, value }, form) => {
    fc.pre(Number.isFinite(value) && Math.abs(value) < 1e6);
    const gold = form === "E+x=0" ? -value : value;
    const equation = form.replace("E", text);
    strictEqual(contradicts(equation, gold.toFixed(2)), false);
    strictEqual(contradicts(equation, (gold + 0.5).toFixed(2)), true);
  }));
});
