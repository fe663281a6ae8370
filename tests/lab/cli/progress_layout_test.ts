/**
 * The moving lines for any terminal and any state.
 * @module
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import stringWidth from "string-width";
import { atLeast } from "../../../lib/checked.ts";
import { layOut, type Moving, type Style, type Whole } from "../../../lib/cli/terminal/progress_layout.ts";

const moving: Moving = {
  name: "w/o language-align",
  step: "language_align",
  at: 3,
  of: 9,
  done: 120,
  total: 240,
  loss: 2.3141,
  tokensPerSecond: 5123,
  elapsed: 40,
  left: 49.2,
};
const whole: Whole = {
  done: 1,
  total: 4,
  elapsed: 60,
  left: { seconds: 170, atLeast: false },
  moving: [moving],
};
const plain: Style = { columns: 80, rows: 24, colour: false, unicode: false };

Deno.test("layOut() at 80 columns: a line for the whole, a line with all numbers for the step", () => {
  deepStrictEqual(
    layOut({ ...whole, moving: [{ ...moving, name: "LinguaLIFT" }] }, plain),
    [
      "1 of 4 runs done  #############------------------------------  about 3 min left",
      "LinguaLIFT  3/9 language_align     120/240  loss 2.314  5.1k tok/s    50 s left",
    ].map((line) => line),
  );
});

Deno.test("layOut() at 40 columns: the name and the numbers of a step on a line each", () => {
  deepStrictEqual(layOut(whole, { ...plain, columns: 40 }), [
    "1 of 4 runs done, about 3 min left",
    "w/o language-align  3/9 language_align",
    "  120/240  loss 2.314    50 s left",
  ]);
});

Deno.test("layOut() says that time is a lower bound while some steps are unknown", () => {
  match(layOut({ ...whole, left: { seconds: 400, atLeast: true } }, plain)[0]!, /over 7 min left$/);
  match(layOut({ ...whole, left: { seconds: 2, atLeast: true } }, plain)[0]!, /60 s so far$/);
});

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).map((s) =>
  s.replace(/\p{C}/gu, "x")
);
const count = fc.integer({ min: 0, max: 100_000 });
const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
const anyMoving: fc.Arbitrary<Moving> = fc.record({
  name: text,
  step: fc.constantFrom("tokenizer", "language_align", "evaluate_lift"),
  at: fc.integer({ min: 0, max: 99 }),
  elapsed: seconds,
  seed: fc.option(count, { nil: undefined }),
  of: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
  done: count,
  total: fc.option(count, { nil: undefined }),
  note: fc.option(text, { nil: undefined }),
  loss: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
  tokensPerSecond: fc.option(seconds, { nil: undefined }),
  left: fc.option(seconds, { nil: undefined }),
});
const anyWhole: fc.Arbitrary<Whole> = fc.record({
  done: fc.integer({ min: 0, max: 500 }),
  total: fc.integer({ min: 1, max: 500 }),
  elapsed: seconds,
  left: fc.option(fc.record({ seconds, atLeast: fc.boolean() }), { nil: undefined }),
  remark: fc.option(text, { nil: undefined }),
  moving: fc.array(anyMoving, { maxLength: 30 }),
});
const anyStyle: fc.Arbitrary<Style> = fc.record({
  columns: fc.integer({ min: 1, max: 200 }),
  rows: fc.integer({ min: 1, max: 60 }),
  colour: fc.boolean(),
  unicode: fc.boolean(),
});

Deno.test("layOut() is always narrower than the terminal and, from 6 rows on, lower", () => {
  fc.assert(fc.property(anyWhole, anyStyle, (state, style) => {
    const lines = layOut(state, style);
    for (const line of lines) {
      ok(stringWidth(line) < Math.max(2, style.columns), `${style.columns}: "${line}"`);
      ok(!line.includes("\n"));
    }
    if (style.rows >= 6) ok(lines.length < style.rows);
  }));
});

Deno.test("layOut() shows where a step is and the time from 40 columns on, and escapes only for colour", () => {
  fc.assert(fc.property(anyWhole, anyStyle, (state, style) => {
    fc.pre(style.columns >= 40 && state.moving.length === 1);
    const [one] = atLeast(state.moving, 1);
    const shown = layOut(state, style).join("\n");
    ok(shown.includes(one.step), shown);
    match(shown, one.left === undefined ? /so far|left/ : /left/);
    if (!style.colour) strictEqual(shown.includes("\x1b"), false);
  }));
});
