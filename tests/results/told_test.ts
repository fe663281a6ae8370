/** What a table tells from zero, in words. */
import { deepStrictEqual } from "node:assert/strict";
import { toldFromZero } from "../../lib/results/told.ts";

const VARIANTS = ["LinguaLIFT", "Mono-SFT", "w/o align", "not run"].map((name, position) => ({
  ...{ name, position, method: "m", patch: [], facts: null },
}));

function effect(variant: string, scope: string, [value, low, high]: readonly number[], p: number) {
  return {
    ...{ benchmark: "mgsm", variant, scope, detectable: 0.1 },
    ...{ value: value!, low: low!, high: high!, corrected: { p, of: 4 } },
  };
}

Deno.test("a first look names the differences whose interval leaves out zero after correction, and says nothing of no others", () => {
  const lines = toldFromZero({ variants: VARIANTS, baseName: "LinguaLIFT" }, [
    effect("w/o align", "LR", [0.008, -0.1, 0.108], 1),
    effect("w/o align", "HR", [-0.05, -0.09, -0.01], 0.2),
    effect("Mono-SFT", "LR", [-0.325, -0.442, -0.217], 0.0009),
    effect("Mono-SFT", "HR", [-0.307, -0.4, -0.2], 0.0009),
  ]);
  deepStrictEqual(lines, [
    "Mono-SFT minus LinguaLIFT: mgsm LR −32.5 (−44.2 to −21.7); mgsm HR −30.7 (−40.0 to −20.0)",
    "w/o align minus LinguaLIFT: nothing",
  ]);
});
