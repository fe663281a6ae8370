/**
 * What a checkpoint says about generating: `generation_config.json` if there is one, else the fields of that kind in
 * `config.json`. Token ids are honoured. Decoding here is greedy, so what is for sampling has no effect; what would
 * change greedy decoding is not computed here and is said.
 * Source: `GenerationConfig` and `GenerationMixin` of huggingface/transformers.
 * @module
 */
import * as v from "valibot";
import { exists } from "../../files.ts";
import { parseConfig } from "../checkpoint/_parse_config.ts";
import { readJsonFile } from "../checkpoint/_read_json.ts";

const GENERATION_FILE = "generation_config.json";

const tokenId = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The ids of the tokens that begin, end and pad a text, in every file that names them. */
export const tokenIds = {
  bos_token_id: v.nullish(tokenId),
  /** One id or several (Llama 3 instruct models have three). */
  eos_token_id: v.nullish(v.union([tokenId, v.array(tokenId)])),
  /** Negative in old files: none. */
  pad_token_id: v.nullish(v.pipe(v.number(), v.integer())),
};

const schema = v.looseObject(tokenIds);

/** Fields that would change greedy decoding, and the values with which they do not. */
const NEUTRAL: Readonly<Record<string, readonly unknown[]>> = {
  repetition_penalty: [1],
  encoder_repetition_penalty: [1],
  no_repeat_ngram_size: [0],
  encoder_no_repeat_ngram_size: [0],
  min_length: [0],
  min_new_tokens: [0],
  num_beams: [1],
  num_beam_groups: [1],
  diversity_penalty: [0],
  penalty_alpha: [0],
  guidance_scale: [1],
  bad_words_ids: [[]],
  suppress_tokens: [[]],
  begin_suppress_tokens: [[]],
  forced_bos_token_id: [],
  forced_eos_token_id: [],
  sequence_bias: [{}],
  exponential_decay_length_penalty: [],
  constraints: [[]],
  force_words_ids: [[]],
  stop_strings: [[]],
  dola_layers: [],
  watermarking_config: [],
  token_healing: [false],
};

/** Fields without effect on the ids of greedy decoding of one continuation, whose length the caller says. */
const WITHOUT_EFFECT = [
  // Sampling and beams.
  ...["do_sample", "temperature", "top_k", "top_p", "min_p", "top_h", "typical_p", "epsilon_cutoff"],
  ...["eta_cutoff", "early_stopping", "length_penalty", "num_return_sequences", "low_memory"],
  // Length and time, which the caller says.
  ...["max_length", "max_new_tokens", "max_time"],
  // The same ids in another way, or more besides them.
  ...["use_cache", "cache_implementation", "cache_config", "max_cache_len", "return_legacy_cache"],
  ...["prompt_lookup_num_tokens", "max_matching_ngram_size", "num_assistant_tokens"],
  ...["num_assistant_tokens_schedule", "assistant_confidence_threshold", "assistant_early_exit"],
  ...["assistant_lookbehind", "target_lookbehind", "assistant_ensemble_weight", "is_assistant", "use_mtp"],
  ...["speculation_type", "compile_config", "disable_compile", "continuous_batching_config"],
  ...["prefill_chunk_size", "renormalize_logits", "remove_invalid_values"],
  ...["output_attentions", "output_hidden_states", "output_scores", "output_logits"],
  ...["return_dict_in_generate"],
];

/** Fields that stand in `config.json` when an old library wrote it. */
export const GENERATION_FIELDS: readonly string[] = [...Object.keys(NEUTRAL), ...WITHOUT_EFFECT];

/** What is only in the file to say where it is from. */
const PROVENANCE = ["_from_model_config", "transformers_version", "_commit_hash", "decoder_start_token_id"];

const PASSED_OVER = new Set([...WITHOUT_EFFECT, ...PROVENANCE, ...Object.keys(tokenIds)]);

/** The token ids that the file gives, and the fields that greedy decoding here does not follow. */
export interface GenerationConfig {
  readonly ids: v.InferOutput<v.ObjectSchema<typeof tokenIds, undefined>>;
  /** As `repetition_penalty 1.1`. */
  readonly notFollowed: readonly string[];
  /** The file. */
  readonly source: string;
}

/**
 * Reads it. An id that `generation_config.json` does not give is that of `config.json`; `null` there means none.
 * @throws {UserError} when the file is not JSON or an id is no number
 */
export function readGenerationConfig(
  folder: string,
  config: { readonly [field: string]: unknown },
): GenerationConfig {
  const path = `${folder}/${GENERATION_FILE}`;
  if (!exists(path)) {
    const old = Object.fromEntries(Object.entries(config).filter(([name]) => Object.hasOwn(NEUTRAL, name)));
    return { ids: {}, notFollowed: notFollowed(old), source: `"${folder}/config.json"` };
  }
  const source = `"${path}"`;
  const given = parseConfig(schema, readJsonFile(path), source);
  const names = (Object.keys(tokenIds) as (keyof typeof tokenIds)[]).filter((name) => name in given);
  return {
    ids: Object.fromEntries(names.map((name) => [name, given[name]])),
    notFollowed: notFollowed(given),
    source,
  };
}

function notFollowed(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields).filter(([name, value]) => {
    if (value === null || value === undefined || PASSED_OVER.has(name)) return false;
    const neutral = Object.hasOwn(NEUTRAL, name) ? NEUTRAL[name]! : [];
    return !neutral.some((each) => JSON.stringify(each) === JSON.stringify(value));
  }).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
}
