/** Translate-En: a translator before Mono-SFT, and nothing else that differs from it. */
import { deepStrictEqual, notStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { atLeast } from "../../../lib/checked.ts";
import { exists } from "../../../lib/files.ts";
import { benchmarksOf } from "../../../lib/method/evaluate/benchmarks.ts";
import { translatedQuestions } from "../../../lib/method/evaluate/translations.ts";
import { INSTRUCTIONS } from "../../../lib/method/reader/prompts.ts";
import { questionText } from "../../../lib/method/source/items.ts";
import { readPairs } from "../../../lib/method/source/source.ts";
import { monoSft } from "../../../lib/method/systems/mono_sft.ts";
import { translateEn } from "../../../lib/method/systems/translate_en.ts";
import type { FitInput } from "../../../lib/method/train/fit.ts";
import { mini } from "../../../lib/world/mini/mod.ts";
import { bench, digests, TINY } from "../_tiny.ts";

const benchmarks = benchmarksOf(mini).filter(({ id }) => id === "mgsm")
  .map((benchmark) => ({ ...benchmark, languages: ["bn", "de", "en"] }));

async function both() {
  const [mono, run] = [bench({ benchmarks }), bench({ benchmarks })];
  await monoSft.run(monoSft.from(TINY), mono);
  await translateEn.run(translateEn.from(TINY), run);
  return { mono, run };
}

const fitsIn = ({ steps }: ReturnType<typeof bench>) =>
  steps.filter(({ id }) => id === "fit").map(({ dir, input }) => ({ dir, input: input as FitInput }));

Deno.test("Translate-En's translator is a bridge before the LLM as it came, trained on parallel text of every language", async () => {
  const { mono, run } = await both();
  const [tuned, translator] = atLeast(fitsIn(run), 2);
  strictEqual(tuned.dir, fitsIn(mono)[0]!.dir);
  deepStrictEqual(translator.input.trains, ["bridge"]);
  strictEqual(translator.input.from, null);
  const start = run.steps.find(({ id }) => id === "pretrain_llm")!.dir;
  const weights = (dir: string) => digests(dir)["model.safetensors"];
  strictEqual(weights(`${translator.dir}/llm`), weights(start));
  const others = mini.languages().map(({ code }) => code).filter((code) => code !== "en");
  const learned = translator.input.pairs.flatMap((drawn) => [...readPairs(drawn)]);
  deepStrictEqual(learned.map(({ lang }) => lang), learned.map((_, i) => others[i % others.length]));
});

Deno.test("Mono-SFT's LLM answers what the translator wrote: of every question but the English ones", async () => {
  const { mono, run } = await both();
  const { dir, input } = run.steps.find(({ id }) => id === "translate_questions")!;
  const [, translator] = atLeast(fitsIn(run), 2);
  strictEqual((input as FitInput & { trained: { dir: string } }).trained.dir, translator.dir);
  const textIn = translatedQuestions({ dir });
  strictEqual(run.answers.length, 3 * TINY.evaluation.items);
  for (const { lang, item, prompt } of run.answers) {
    const [problem] = mini.benchmark("mgsm", lang, { items: TINY.evaluation.items }).filter(({ id }) =>
      id === item
    );
    strictEqual(prompt, textIn(lang, problem!) + INSTRUCTIONS.math);
    if (lang === "en") strictEqual(prompt, questionText(problem!) + INSTRUCTIONS.math);
    else notStrictEqual(prompt, questionText(problem!) + INSTRUCTIONS.math);
  }
  const english = ({ answers }: typeof run) => answers.filter(({ lang }) => lang === "en");
  deepStrictEqual(english(run), english(mono));
  const [plain, translated] = [mono, run].map(({ steps }) =>
    steps.find(({ id }) => id === "answer")!.input as object
  );
  ok(!("translations" in plain!) && "translations" in translated!);
});

/** Translate-En with a program in the translator's place. */
async function byCommand(
  command: { run: string[]; modes: Record<string, string> },
  languages = ["de", "en"],
) {
  const run = bench({ benchmarks: benchmarks.map((benchmark) => ({ ...benchmark, languages })) });
  const recipe = { ...translateEn.from(TINY), command };
  await translateEn.run(recipe, run);
  return { run, recipe };
}

Deno.test("a program that reads lines and writes lines stands in the translator's place, and nothing is trained to translate", async () => {
  const { run, recipe } = await byCommand({ run: ["sed", "s/^/{mode}: /"], modes: { de: "German" } });
  strictEqual(fitsIn(run).length, 1);
  deepStrictEqual(translateEn.programs!(recipe), ["sed"]);
  deepStrictEqual(translateEn.programs!(translateEn.from(TINY)), []);
  for (const { lang, item, prompt } of run.answers) {
    const problem = mini.benchmark("mgsm", lang, { items: TINY.evaluation.items }).find(({ id }) =>
      id === item
    )!;
    const asked = questionText(problem);
    strictEqual(prompt, (lang === "en" ? asked : `German: ${asked}`) + INSTRUCTIONS.math);
  }
});

Deno.test("a program that is not there, fails, writes too few lines or knows not a language is named in one line", async () => {
  const modes = { de: "x" };
  const refuses = (run: string[], message: RegExp, known: Record<string, string> = modes) =>
    rejects(byCommand({ run, modes: known }), { name: "UserError", message });
  await refuses(["no-such-translator"], /by "no-such-translator": there is no such program; install it/);
  await refuses(["sh", "-c", "echo broken >&2; exit 3"], /by "sh -c .*": broken$/);
  await refuses(["head", "-n", "1"], /it wrote 1 lines for 3 texts; it has to write one each/);
  await refuses(["cat"], /its modes have none for de; add them, or ask fewer languages/, {});
});

Deno.test({
  name: "apertium translates Spanish questions: English words stand where Spanish ones stood",
  ignore: !hasProgram("apertium"),
  async fn() {
    const { run } = await byCommand({ run: ["apertium", "-u", "{mode}"], modes: { es: "spa-eng" } }, [
      "en",
      "es",
    ]);
    const asked = (lang: string) =>
      run.answers.filter((answer) => answer.lang === lang).map(({ prompt }) => prompt);
    const words = (prompts: string[]) => new Set(prompts.join(" ").toLowerCase().match(/[a-z]+/g));
    const english = words(asked("en"));
    const shared = [...words(asked("es"))].filter((word) => english.has(word));
    ok(shared.length > english.size / 3, `${shared} of ${english.size}`);
  },
});

function hasProgram(name: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((folder) => exists(`${folder}/${name}`));
}
