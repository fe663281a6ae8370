/**
 * "Did you mean": near names are offered, others are not.
 * @module
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { didYouMean, nearest } from "../../lib/errors.ts";

const OPTIONS = ["--all", "--data", "--json", "--jobs", "--list", "--out", "--plan", "--scale", "--seeds"];
const EXPERIMENTS = ["stage_removal", "llm_scale", "code_switch_ratio", "alignment_layer"];

Deno.test("nearest() offers what was misspelt", () => {
  const cases: [string, readonly string[], string][] = [
    ["--scael", OPTIONS, "--scale"],
    ["--job", OPTIONS, "--jobs"],
    ["mgsn", ["mgsm", "msvamp"], "mgsm"],
    ["rl", ["lr", "steps"], "lr"],
    ["linguaLift", ["LinguaLIFT", "Mono-SFT"], "LinguaLIFT"],
    ["stage", EXPERIMENTS, "stage_removal"],
    ["paralel", ["parallel text", "LinguaLIFT"], "parallel text"],
    ["jp", ["ja", "de", "zh"], "ja"],
    ["code_swich_ratio", EXPERIMENTS, "code_switch_ratio"],
  ];
  for (const [name, valid, wanted] of cases) strictEqual(nearest(name, valid), wanted, name);
});

Deno.test("nearest() offers nothing for another word", () => {
  const cases: [string, readonly string[]][] = [
    ["--bogus", OPTIONS],
    ["x", ["Mono-SFT", "LinguaLIFT"]],
    ["nope", EXPERIMENTS],
    ["foo", ["llm", "encoder"]],
    ["a", ["b", "c"]],
    ["", OPTIONS],
  ];
  for (const [name, valid] of cases) strictEqual(nearest(name, valid), undefined, name);
});

Deno.test('didYouMean() follows "Unknown x" as one clause, with the whole choice', () => {
  strictEqual(didYouMean("foo", ["llm", "encoder"]), "choose from encoder, llm");
  strictEqual(didYouMean("lm", ["llm", "encoder"]), 'did you mean "llm"? Valid: encoder, llm');
  strictEqual(didYouMean("x", []), "there is nothing to choose from");
});

Deno.test("nearest() finds any valid name, and one with a letter wrong, missing or too many", () => {
  const word = fc.stringMatching(/^[a-z_]{5,12}$/);
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), (valid, a, b) => {
      const name = valid[a % valid.length]!;
      strictEqual(nearest(name, valid), name);
      const at = b % name.length;
      for (const wrong of [`${name.slice(0, at)}#${name.slice(at + 1)}`, name + "#", name.slice(1)]) {
        ok(nearest(wrong, valid) !== undefined, wrong);
      }
      deepStrictEqual(nearest("#".repeat(name.length), valid), undefined);
      match(didYouMean(name, valid), /^did you mean ".*"\? Valid: /);
    }),
  );
});
