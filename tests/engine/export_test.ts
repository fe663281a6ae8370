/** What leaves the lab: folders that Python's transformers opens, with the lab's answers. */
import { rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { askedSystem, exportSystem } from "../../lib/method/export/export_system.ts";
import { benchmarksOf } from "../../lib/method/evaluate/benchmarks.ts";
import { layalign } from "../../lib/method/systems/layalign.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import { mindmerger } from "../../lib/method/systems/mindmerger.ts";
import { monoSft } from "../../lib/method/systems/mono_sft.ts";
import { translateEn } from "../../lib/method/systems/translate_en.ts";
import type { DefinedSystem } from "../../lib/method/system.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { type Bench, bench, TINY } from "../method/_tiny.ts";
import { withFolder } from "../model/_models.ts";
import { TESTED } from "./_engines.ts";
import { ASKS_CLASS, isAnswered, python, questionsOf } from "./_exported.ts";

const { compute } = TESTED.find(({ engine }) => engine.name === "torch")!;
const runtime = { engine: "onnx", device: "cpu", threads: 1 };
const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "en", "ja", "th"] }));

// deno-lint-ignore no-explicit-any -- existential: each has a recipe type of its own
async function exported(system: DefinedSystem<any>, to: string): Promise<Bench> {
  const run = bench({ benchmarks });
  await system.run(system.from(TINY), run);
  const { input } = run.steps.find(({ id }) => id === "answer")!;
  const { system: trained, asked } = askedSystem(input);
  await exportSystem(trained, { ...asked, origin: system.id }, to, runtime);
  return run;
}

for (const system of [lingualift, mindmerger] as const) {
  Deno.test({
    name:
      `exportSystem() of ${system.id}: transformers opens it by its own class, and it gives the lab's answers`,
    ignore: compute === null,
    fn: () =>
      withFolder(async (folder) => {
        const to = join(folder, "exported");
        const run = await exported(system, to);
        const said = python(
          folder,
          ASKS_CLASS,
          [to, JSON.stringify(questionsOf(run))],
        );
        isAnswered(said, run);
      }),
  });
}

Deno.test({
  name: "exportSystem() of a system of tokens alone is a plain Llama with the lab's answers",
  ignore: compute === null,
  fn: () =>
    withFolder(async (folder) => {
      const to = join(folder, "exported");
      const run = await exported(monoSft, to);
      const said = python(
        folder,
        `import json, sys, torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained(sys.argv[1])
tokenizer = Tokenizer.from_file(sys.argv[1] + "/tokenizer.json")
answers = []
for text in json.loads(sys.argv[2]):
    ids = [[model.config.bos_token_id, *tokenizer.encode(text, add_special_tokens=False).ids]]
    new = model.generate(torch.tensor(ids), max_new_tokens=${TINY.evaluation.max_new_tokens}, do_sample=False)
    answers.append(tokenizer.decode(new[0, len(ids[0]):].tolist()))
print(json.dumps(answers))`,
        [to, JSON.stringify(run.answers.map(({ prompt }) => prompt))],
      );
      isAnswered(said, run);
    }),
});

Deno.test("exportSystem() refuses a folder with something in it, a system that another one translates for, and a second attention", async () => {
  await withFolder(async (folder) => {
    Deno.writeTextFileSync(join(folder, "mine"), "");
    await rejects(exported(monoSft, folder), /there is something in it; name a folder that is empty or new/);
    await rejects(exported(translateEn, join(folder, "new")), /reads what another one translates/);
    await rejects(
      exported(layalign, join(folder, "new")),
      /second attention \(LayAlign\).*export another row/,
    );
    strictEqual([...Deno.readDirSync(folder)].length, 1);
  });
});
