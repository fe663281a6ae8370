/**
 * Real encoders (MiniLM, LaBSE, E5, XLM-R, the encoders of NLLB and mT5, ...) through transformers.js: texts in, final
 * hidden states or one vector a text out. Tokenizer, inputs and runtime are transformers.js's own; batches are made here,
 * so that texts of like length go together and a text's states do not depend on the order it came in.
 * @module
 */
import type { Tensor } from "@huggingface/transformers";
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { type Device, withoutTelemetry } from "../../tensor/mod.ts";
import { readJsonFile } from "../checkpoint/_read_json.ts";
import { tokenPieces } from "../checkpoint/token_spans.ts";
import { followReference } from "../checkpoint/_reference_normalizer.ts";
import { followPreTokenizer } from "../checkpoint/_reference_pre_tokenizer.ts";
import type { OnnxDtype, OnnxFolder } from "./onnx_folder.ts";
import { meanState, unitVector } from "./pool_states.ts";

/** An encoder ready to run. */
export interface OnnxEncoder {
  readonly hidden_size: number;
  /** Longest input in tokens, special ones included. */
  readonly max_tokens: number;
  /**
   * float32 [tokens, hidden_size] of each text, row-major, special tokens included; of a longer text its first
   * `max_tokens` (at most what the encoder can read, which is the default), cut as transformers.js cuts.
   */
  encode(texts: readonly string[], max_tokens?: number): Promise<Float32Array[]>;
  /** float32 [hidden_size] of each text: the mean of its states, divided by its length with `normalize`. */
  embed(texts: readonly string[], options?: { readonly normalize?: boolean }): Promise<Float32Array[]>;
  /** Tokens of a text, special ones included, before anything is cut. */
  countTokens(text: string): number;
  /** What each token stands for by itself, before anything is cut; "" for special ones. */
  pieces(text: string): string[];
  dispose(): Promise<void>;
}

/** How to run it. */
export interface OnnxEncoderOptions {
  readonly device?: Device;
  readonly threads?: number;
  /**
   * Texts that go through the graph together. Default: 32, and 1 for graphs with 8-bit activations, which share one
   * scale over a batch: a text's states would depend on its neighbours (MiniLM's mean moves by up to 0.04).
   */
  readonly batch_size?: number;
  /** Whose states, 0 for the embeddings, of graphs that give them all (`hidden_states.7`); null or undefined: the last. */
  readonly layer?: number | null;
}

const BATCH = 32;
const DYNAMIC: readonly OnnxDtype[] = ["q8", "int8", "uint8"];

/** These number positions from 2 on (`create_position_ids_from_input_ids` of huggingface/transformers). */
const SHIFTED = /roberta|^(camembert|data2vec-text|esm|ibert|lilt|longformer|luke|markuplm|mpnet|xmod)$/;

/** Loads an encoder. @throws {UserError} when the folder's graph cannot be run or gives no hidden states */
export async function loadOnnxEncoder(
  { folder, dtype, graph }: Omit<OnnxFolder, "files">,
  { device = "cpu", threads, layer = null, batch_size = DYNAMIC.includes(dtype) ? 1 : BATCH }:
    OnnxEncoderOptions = {},
): Promise<OnnxEncoder> {
  const names = layer === null ? ["last_hidden_state", "token_embeddings"] : [`hidden_states.${layer}`];
  // Only here: it takes a second, and brings libraries for images with it.
  withoutTelemetry();
  const { AutoTokenizer, env, PreTrainedModel } = await import("@huggingface/transformers");
  env.allowRemoteModels = false;
  env.useFSCache = false;
  const config = readJsonFile(`${folder}/config.json`) as Record<string, unknown>;
  const openTokenizer = async () => {
    const tokenizer = await AutoTokenizer.from_pretrained(folder);
    const { normalizer, pre_tokenizer } =
      (tokenizer as unknown as { _tokenizer: { normalizer: unknown; pre_tokenizer: unknown } })._tokenizer;
    followReference(normalizer);
    const json = readJsonFile(`${folder}/tokenizer.json`) as { pre_tokenizer?: unknown };
    followPreTokenizer(pre_tokenizer, json.pre_tokenizer);
    return tokenizer;
  };
  const load = async () => ({
    tokenizer: await openTokenizer(),
    model: await PreTrainedModel.from_pretrained(folder, {
      // A "custom" model is fed what its graph asks for, whatever the architecture.
      config: { ...config, model_type: "custom" } as never,
      model_file_name: graph,
      dtype,
      device,
      session_options: threads === undefined ? {} : { intraOpNumThreads: threads, interOpNumThreads: 1 },
    }),
  });
  const { tokenizer, model } = await load().catch((error: Error) => {
    throw new UserError(`Cannot load the encoder in "${folder}": ${error.message}`, { cause: error });
  });
  const longest = longestInput(config, tokenizer.model_max_length);

  /** The states of a batch, [batch, length, hidden_size], and which of its tokens are no padding. */
  async function run(texts: readonly string[], max_length: number) {
    const inputs = tokenizer([...texts], { padding: true, truncation: true, max_length });
    const outputs = await model(inputs) as Record<string, Tensor>;
    const states = names.map((name) => outputs[name]).find((output) => output !== undefined);
    if (states?.dims.length === 3) return { states, mask: inputs.attention_mask.data as BigInt64Array };
    throw new UserError(
      `Cannot use "${folder}" as an encoder: its graph gives ${Object.keys(outputs).join(", ")}, ` +
        `not ${names[0]}; take an export for feature extraction${
          layer === null ? "" : " that gives all layers"
        }`,
    );
  }

  function countTokens(text: string): number {
    return tokenizer(text, { return_tensor: false }).input_ids.length;
  }

  function pieces(text: string): string[] {
    const { input_ids } = tokenizer(text, { return_tensor: false }) as { input_ids: number[] };
    const decode = (ids: readonly number[]) => tokenizer.decode([...ids], { skip_special_tokens: true });
    return tokenPieces({ decode }, input_ids);
  }

  async function encode(texts: readonly string[], max_tokens: number = longest): Promise<Float32Array[]> {
    const lengths = texts.map(countTokens);
    const order = [...texts.keys()].sort((a, b) => lengths[a]! - lengths[b]!);
    const results: Float32Array[] = Array(texts.length);
    for (let at = 0; at < order.length; at += batch_size) {
      const batch = order.slice(at, at + batch_size);
      const { states, mask } = await run(batch.map((i) => texts[i]!), Math.min(max_tokens, longest));
      const [, length, width] = atLeast(states.dims, 3);
      const data = states.to("float32").data as Float32Array;
      batch.forEach((i, row) => {
        // Padding is on the right, or on the left where the tokenizer says so.
        const first = row * length + mask.subarray(row * length, (row + 1) * length).indexOf(1n);
        const tokens = Math.min(lengths[i]!, length);
        results[i] = data.slice(first * width, (first + tokens) * width);
      });
    }
    return results;
  }

  const probe = await run([""], longest).catch(async (error) => {
    await model.dispose();
    throw error;
  });
  const hidden_size = probe.states.dims[2]!;

  async function embed(texts: readonly string[], { normalize = false } = {}): Promise<Float32Array[]> {
    return (await encode(texts)).map((states) => {
      const mean = meanState(states, hidden_size);
      return normalize ? unitVector(mean) : mean;
    });
  }

  async function dispose(): Promise<void> {
    await model.dispose();
  }
  return { hidden_size, max_tokens: longest, encode, embed, countTokens, pieces, dispose };
}

/** What the tokenizer says, or how many positions the model has; some have no limit. */
export function longestInput(config: Record<string, unknown>, model_max_length: number): number {
  const { max_position_embeddings: positions, model_type } = config;
  if (typeof positions !== "number") return model_max_length;
  return Math.min(model_max_length, positions - (SHIFTED.test(String(model_type)) ? 2 : 0));
}
