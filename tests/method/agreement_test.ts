/** Agreement between languages as a step: the numbers of the metric, over the answers that another step kept. */
import { deepStrictEqual } from "node:assert/strict";
import { consistency } from "../../lib/metric/consistency.ts";
import { agreementStep } from "../../lib/method/evaluate/agreement.ts";
import { type Given, writeGiven } from "../../lib/method/evaluate/given.ts";
import type { StepScore } from "../../lib/lab/experiment/types.ts";
import { withFolder } from "../model/_models.ts";
import { stepContext } from "./_tiny.ts";

const GIVEN: readonly Given[] = ["en", "sw", "th"].flatMap((lang, l) =>
  ["1", "2", "3"].map((item, i) => ({
    lang,
    item,
    extracted: i + l === 4 ? null : "AB"[(i * l) % 2]!,
    correct: (i * l) % 2 === 0 && i + l !== 4,
  }))
);

Deno.test("C_s and AC3_s are scores of every benchmark that was asked, for each number of languages", async () => {
  await withFolder(async (folder) => {
    const dir = Deno.makeTempDirSync({ dir: folder });
    writeGiven({ dir }, GIVEN);
    const answers = { kind: "artifact", key: "k", dir, value: null } as const;
    const scores: StepScore[] = [];
    const context = stepContext(folder, { scores: (rows) => void scores.push(...rows) });
    await agreementStep.run({ answers, benchmarks: ["xnli", "other"] }, context);
    const expected = consistency(GIVEN).flatMap((
      { size, consistency, ac3 },
    ) => [[size, consistency], [size, ac3]]);
    for (const id of ["xnli", "other"]) {
      const own = scores.filter(({ benchmark }) => benchmark === id);
      deepStrictEqual(own.map(({ scope, value }) => [Number(scope.split(" ")[0]), value]), expected);
      deepStrictEqual(new Set(own.map(({ n }) => n)), new Set([3]));
    }
  });
});
