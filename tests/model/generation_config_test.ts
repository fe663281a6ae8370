/** What generation_config.json and old config.json files say, and who is told of what is not followed. @module */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { createGenerator } from "../../lib/model/llama/generate.ts";
import { GENERATION_FIELDS, readGenerationConfig } from "../../lib/model/llama/generation_config.ts";
import { eosTokenIds, llamaConfig } from "../../lib/model/llama/config.ts";
import { exportLlama, initLlama, loadLlama } from "../../lib/model/llama/model.ts";
import { stream } from "../../lib/random.ts";
import { withFolder } from "./_models.ts";
import written from "./transformers_configs.json" with { type: "json" };

function read(json: unknown, config = {}) {
  let found: ReturnType<typeof readGenerationConfig>;
  const folder = Deno.makeTempDirSync();
  try {
    if (json !== undefined) Deno.writeTextFileSync(`${folder}/generation_config.json`, JSON.stringify(json));
    found = readGenerationConfig(folder, config);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  return found;
}

Deno.test("readGenerationConfig() gives the ids of the file, one or several, and null where it says none", () => {
  deepStrictEqual(read({ eos_token_id: [2, 58], bos_token_id: 1 }).ids, {
    eos_token_id: [2, 58],
    bos_token_id: 1,
  });
  deepStrictEqual(read({ eos_token_id: null }).ids, { eos_token_id: null });
  const sampling = read({ temperature: 0.6, top_p: 0.9, do_sample: true, max_length: 4096 });
  deepStrictEqual([sampling.ids, sampling.notFollowed], [{}, []]);
});

Deno.test("readGenerationConfig() names what would change greedy decoding, known or not, and nothing neutral", () => {
  const asked = {
    repetition_penalty: 1.1,
    no_repeat_ngram_size: 3,
    top_k: 4,
    num_beams: 1,
    new_penalty: 2,
    foo: null,
  };
  deepStrictEqual(read(asked).notFollowed, [
    "repetition_penalty 1.1",
    "no_repeat_ngram_size 3",
    "new_penalty 2",
  ]);
  const neutral = {
    repetition_penalty: 1,
    min_length: 0,
    num_beams: 1,
    bad_words_ids: [],
    forced_eos_token_id: null,
  };
  deepStrictEqual(read(neutral).notFollowed, []);
  // Without the file, what an old library wrote into config.json; the file, where there is one, is alone in saying.
  deepStrictEqual(read(undefined, { repetition_penalty: 1.1, hidden_size: 4 }).notFollowed, [
    "repetition_penalty 1.1",
  ]);
  deepStrictEqual(read({}, { repetition_penalty: 1.1 }).notFollowed, []);
});

Deno.test("every field of transformers' GenerationConfig is known", () => {
  const others = [
    "bos_token_id",
    "eos_token_id",
    "pad_token_id",
    "transformers_version",
    "_from_model_config",
  ];
  const known = new Set([...GENERATION_FIELDS, ...others, "decoder_start_token_id"]);
  deepStrictEqual(written.generation_fields.filter((name) => !known.has(name)), []);
});

Deno.test("readGenerationConfig() names an id that is none, and a file that is not JSON", async () => {
  throws(() => read({ eos_token_id: "2" }), {
    name: "UserError",
    message: /generation_config.json": "eos_token_id" is "2"/,
  });
  await withFolder((folder) => {
    Deno.writeTextFileSync(`${folder}/generation_config.json`, "{");
    throws(() => readGenerationConfig(folder, {}), { message: /generation_config.json": it is not JSON/ });
  });
});

Deno.test("a model stops at every eos_token_id of generation_config.json, which wins over config.json", async () => {
  await withFolder(async (folder) => {
    const config = llamaConfig({
      hidden_size: 32,
      intermediate_size: 32,
      num_hidden_layers: 1,
      num_attention_heads: 2,
      vocab_size: 40,
      max_position_embeddings: 64,
      bos_token_id: 0,
      eos_token_id: 1,
    });
    exportLlama(folder, initLlama(config, stream(3, "generation")));
    const continued = async () => {
      const generator = createGenerator(loadLlama(folder), { threads: 1 });
      const [answer] = atLeast(await generator.generate([[5, 6, 7]], { maxNewTokens: 12 }), 1);
      await generator.dispose();
      return answer;
    };
    const say = (json: unknown) =>
      Deno.writeTextFileSync(`${folder}/generation_config.json`, JSON.stringify(json));
    say({ eos_token_id: null });
    const free = (await continued()).ids;
    strictEqual(free.length, 12);
    const stop = free.at(-1)!;
    say({ eos_token_id: [1, stop] });
    deepStrictEqual(await continued(), { ids: free.slice(0, free.indexOf(stop)), finish_reason: "stop" });
    say({ pad_token_id: 4 });
    const { config: read } = loadLlama(folder);
    deepStrictEqual([eosTokenIds(read), read.bos_token_id, read.pad_token_id], [[1], 0, 4]);
  });
});
