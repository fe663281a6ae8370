/** The command that makes a page. */
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { experimentIds, EXPERIMENTS, headerOf } from "../../lib/lab/experiment/discover.ts";
import { seedsOption } from "../../lib/cli/experiment/options.ts";
import { commandOf, withoutCommand } from "../../lib/results/command.ts";
import type { Run, Slice } from "../../lib/results/slice.ts";

function sliceOf(seeds: readonly number[], variants: readonly string[] = ["A"], run = variants): Slice {
  return {
    experiment: "stage_removal",
    scale: "smoke",
    world: "mini",
    variants: variants.map((name) => ({ name, method: "m", patch: [], facts: null })),
    runs: run.flatMap((variant) => seeds.map((seed) => ({ variant, seed, status: "done" }) as Run)),
  } as Partial<Slice> as Slice;
}

Deno.test("commandOf() names scale and world, and the seeds so that the command reads the same ones", () => {
  const start = "deno task experiment stage_removal --scale smoke --world mini --seeds ";
  for (
    const [seeds, text] of [[[1], "1"], [[1, 2, 3], "3"], [[7], "7,"], [[201, 202, 203], "201-203"], [
      [1, 4],
      "1,4",
    ]] as const
  ) {
    strictEqual(commandOf(sliceOf(seeds)), start + text);
  }
  fc.assert(fc.property(fc.uniqueArray(fc.nat(300), { minLength: 1, maxLength: 6 }), (seeds) => {
    const written = commandOf(sliceOf(seeds, ["A", "B"])).slice(start.length);
    deepStrictEqual(seedsOption(written), seeds.toSorted((a, b) => a - b));
  }));
});

Deno.test("commandOf() names the variants only where not all were run, and the data that the open world needs", () => {
  match(
    commandOf(sliceOf([1], ["A", "w/o B's", "C"], ["A", "w/o B's"])),
    /--seeds 1 --variant 'A' --variant 'w\/o B'\\''s'$/,
  );
  match(commandOf({ ...sliceOf([1]), world: "open" }), /--world open --data DIR --seeds 1$/);
});

Deno.test("withoutCommand() leaves no command of its module in any experiment's abstract, and all else", () => {
  for (const id of experimentIds(EXPERIMENTS)) {
    const abstract = headerOf(join(EXPERIMENTS, `${id}.ts`));
    const shown = withoutCommand(abstract);
    match(shown, /^(?!.*`deno task experiment)/s);
    strictEqual(abstract.startsWith(shown), true);
  }
  strictEqual(
    withoutCommand("One.\n\nTwo with `deno task experiment x` inside."),
    "One.\n\nTwo with `deno task experiment x` inside.",
  );
});
