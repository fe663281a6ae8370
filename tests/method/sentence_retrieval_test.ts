/** Retrieval by an encoder alone: rows share the vectors, an interrupted step keeps what it has, MiniLM finds German. */
import { deepStrictEqual, notDeepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { atLeast, having } from "../../lib/checked.ts";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type { Answer, Artifact, Patch } from "../../lib/lab/experiment/types.ts";
import {
  sentenceRetrieval,
  type SentenceRetrievalRecipe,
  sentenceRetrievalRecipe,
} from "../../lib/method/probes/sentence_retrieval.ts";
import { embedSentencesStep, sentenceVectors } from "../../lib/method/probes/embed_sentences.ts";
import { searchVectorsStep } from "../../lib/method/probes/search_vectors.ts";
import { worldFiles, worldInput } from "../../lib/method/source/worlds.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { writeLookupEncoder } from "../model/_lookup_encoder.ts";
import { testWithMiniLm, withFolder } from "../model/_models.ts";
import { dataFolder } from "../world/open/_data.ts";
import { type Bench, bench, declared, digests, stepContext, TINY } from "./_tiny.ts";

const ITEMS = 6;
const LANGUAGES = ["bn", "de", "es"];
const BASE = applyPatch(sentenceRetrievalRecipe, {
  encoder: TINY.encoder,
  items: ITEMS,
}) as SentenceRetrievalRecipe;

async function run(patch: Patch<SentenceRetrievalRecipe> = {}): Promise<Bench> {
  const [benchmark] = atLeast(await sentenceRetrieval.benchmarks(BASE, { world: "mini" }), 1);
  const context = bench({ benchmarks: [{ ...benchmark, languages: LANGUAGES }] });
  await sentenceRetrieval.run(applyPatch(BASE, patch) as SentenceRetrievalRecipe, context);
  return context;
}

Deno.test("sentence_retrieval: pooling and direction change the search alone, and the encoder is LinguaLIFT's", async () => {
  const [base, first, into] = [
    await run(),
    await run({ pooling: "first" }),
    await run({ direction: "xx-en" }),
  ];
  const steps = ["tokenizer", "pretrain_encoder", "embed_sentences", "search_vectors", "floor"];
  for (const each of [base, first, into]) deepStrictEqual(each.steps.map(({ id }) => id), steps);
  for (const other of [first, into]) deepStrictEqual(other.steps.slice(0, 3), base.steps.slice(0, 3));
  const { checkpoint: _checkpoint, dtype: _dtype, digits: _digits, ...trained } = TINY.encoder;
  deepStrictEqual((base.steps[1]!.input as { encoder: unknown }).encoder, trained);
  notDeepStrictEqual(
    base.answers.map(({ output }) => output),
    first.answers.map(({ output }) => output),
  );
});

Deno.test("sentence_retrieval: the queries are the English sentences, or the others", async () => {
  const asked = async (direction: "en-xx" | "xx-en") =>
    (await run({ direction, items: 5 })).answers.map((
      { lang, item, gold, prompt },
    ) => [lang, item, gold, prompt]);
  const pairs = LANGUAGES.flatMap((lang) =>
    mini.retrieval(lang, { items: 5 }).map((pair) => ({ lang, ...pair }))
  );
  deepStrictEqual(await asked("en-xx"), pairs.map(({ lang, id, source }) => [lang, id, id, source]));
  deepStrictEqual(await asked("xx-en"), pairs.map(({ lang, id, target }) => [lang, id, id, target]));
});

Deno.test("sentence_retrieval: layer 0 is the embeddings, the highest layer the default's, and no layer is above it", async () => {
  const vectors = async (layer: number | null) => {
    const step = (await run({ layer })).steps.find(({ id }) => id === "embed_sentences")!;
    return digests(step.dir);
  };
  const { num_hidden_layers } = TINY.encoder;
  deepStrictEqual(await vectors(num_hidden_layers), await vectors(null));
  notDeepStrictEqual(await vectors(0), await vectors(null));
  await rejects(
    run({ layer: num_hidden_layers + 1 }),
    /Cannot take the states of layer 2: the encoder has 1 layer/,
  );
});

Deno.test("sentence_retrieval: flores_encoder asks other sentences than Tatoeba's", async () => {
  const benchmarks = (await sentenceRetrieval.benchmarks(BASE, { world: "mini" }))
    .map((benchmark) => ({ ...benchmark, languages: ["de"] }));
  const context = bench({ benchmarks });
  await sentenceRetrieval.run(BASE, context);
  const asked = (id: string) =>
    context.answers.filter(({ benchmark }) => benchmark === id).map(({ prompt }) => prompt);
  const english = (split: "dev" | "test") =>
    mini.retrieval("de", { items: ITEMS, split }).map(({ source }) => source);
  deepStrictEqual(asked("tatoeba_encoder"), english("test"));
  deepStrictEqual(asked("flores_encoder"), english("dev"));
  notDeepStrictEqual(english("dev"), english("test"));
});

/** The lookup encoder as a step's input. */
async function withLookup(
  use: (input: Parameters<typeof embedSentencesStep.run>[0], root: string) => Promise<void>,
) {
  await withFolder(async (root) => {
    writeLookupEncoder(`${root}/model`);
    const encoder: Artifact = { kind: "artifact", key: "lookup", dir: `${root}/model`, value: null };
    const source = { kind: "checkpoint", encoder, dtype: "fp32", graph: "model" } as const;
    await use(
      { world: "mini", source, layer: null, split: "test", languages: LANGUAGES, items: ITEMS },
      root,
    );
  });
}

Deno.test("embed_sentences: each side's vectors in the pairs' order, by the mean and by the first token", async () => {
  await withLookup(async (input, root) => {
    const context = stepContext(root);
    const value = await embedSentencesStep.run(input, context);
    deepStrictEqual(value, { hidden_size: 2, sentences: 2 * LANGUAGES.length * ITEMS });
    const vectors: Artifact<typeof value> = { kind: "artifact", key: "", dir: context.dir, value };
    // Every text begins with [CLS], id 2; of no sentence is a word in the vocabulary but "one", "two" and so on.
    const { english, foreign } = sentenceVectors(vectors, "de", "first");
    deepStrictEqual([english.length, foreign.length], [ITEMS, ITEMS]);
    for (const vector of [...english, ...foreign]) deepStrictEqual([...vector], [2, 2.5]);
    const { source } = mini.retrieval("de", { items: ITEMS })[0]!;
    const ids = source.match(/\p{L}+|\p{N}+|[^\p{L}\p{N}\s]/gu)!.map((word) =>
      /^(one|two)$/.test(word) ? NaN : 1
    );
    const mean = [2, ...ids, 3].reduce((sum, id) => sum + id) / (ids.length + 2);
    ok(Math.abs(sentenceVectors(vectors, "de", "mean").english[0]![0]! - mean) < 1e-6, source);
  });
});

Deno.test("embed_sentences: what an interrupted step had finished is kept, and the result has the same bytes", async () => {
  await withLookup(async (input, root) => {
    const whole = stepContext(root);
    await embedSentencesStep.run(input, whole);
    const broken = stepContext(root, {
      progress: (done) => {
        if (done === 2) throw new Error("Interrupted");
      },
    });
    await rejects(async () => await embedSentencesStep.run(input, broken), /Interrupted/);
    const kept = [...Deno.readDirSync(broken.checkpointDir)].map(({ name }) => name).sort();
    deepStrictEqual(kept, ["bn.safetensors", "de.safetensors"]);
    const again = stepContext(root, { checkpointDir: broken.checkpointDir });
    await embedSentencesStep.run(input, again);
    deepStrictEqual(digests(again.dir), digests(whole.dir));
    // Kept means not computed again: a file put in its place stays.
    Deno.copyFileSync(`${again.dir}/de.safetensors`, `${broken.checkpointDir}/bn.safetensors`);
    const marked = stepContext(root, { checkpointDir: broken.checkpointDir });
    await embedSentencesStep.run(input, marked);
    strictEqual(digests(marked.dir)["bn.safetensors"], digests(whole.dir)["de.safetensors"]);
  });
});

/** MiniLM's accuracy on the first pairs of real Tatoeba. */
async function accuracy(model: string, languages: readonly string[]): Promise<Record<string, number>> {
  const answers: Answer[] = [];
  const environment = { world: "open", data: dataFolder };
  const context = bench({ ...environment, ...declared(worldFiles(environment, ["tatoeba"])) });
  const world = worldInput(context, ["tatoeba"]);
  const encoder: Artifact = { kind: "artifact", key: "MiniLM", dir: model, value: null };
  const common = { ...world, split: "test", languages, items: 40 } as const;
  await withFolder(async (root) => {
    const embedding = stepContext(root);
    const source = { kind: "checkpoint", encoder, dtype: "q8", graph: "model" } as const;
    const value = await embedSentencesStep.run({ ...common, source, layer: null }, embedding);
    const vectors: Artifact<typeof value> = { kind: "artifact", key: "", dir: embedding.dir, value };
    const searching = stepContext(root, { answers: (rows) => void answers.push(...rows) });
    const search = { benchmark: "tatoeba_encoder", pooling: "mean", direction: "en-xx" } as const;
    await searchVectorsStep.run({ ...common, ...search, vectors }, searching);
  });
  const groups = Map.groupBy(answers, ({ lang }) => lang);
  return Object.fromEntries(
    [...groups].map(([lang, rows]) => [lang, rows.filter(({ correct }) => correct).length / rows.length]),
  );
}

if (dataFolder !== undefined) {
  testWithMiniLm(
    "MiniLM, an English model, finds some German sentences on real Tatoeba and no more Bengali ones than chance",
    async (model) => {
      const { de, bn } = having(await accuracy(model, ["de", "bn"]), "de", "bn");
      // Among 40 sentences chance finds 2.5 %.
      ok(de > 0.08 && bn < 0.08, `${de} of German, ${bn} of Bengali`);
    },
  );
}
