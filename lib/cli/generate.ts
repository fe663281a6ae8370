/**
 * `deno task generate`: prints how a checkpoint continues a text, by greedy decoding or, with `--temperature`, by sampling.
 *
 *     deno task generate --model ../shared/models/stories15M --tokenizer llama2 --prompt "Once upon a time" --max-tokens 40
 *
 * The tokenizer.json in that folder is not the one the model was trained with, hence `--tokenizer llama2`; of most
 * checkpoints the folder's own is right. Where generation_config.json asks for more than greedy decoding (a repetition
 * penalty), one line on stderr says that it is not followed.
 *
 * The prompt may be given several times; the prompts are decoded as one batch and their continuations printed one a
 * line (or, with --json, as an array that also has the ids).
 * @module
 */
import { dirname } from "node:path";
import type { Command } from "commander";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print, tell } from "./terminal/print.ts";
import { aboveZero, collect, positive, wholeNumber } from "./values.ts";
import { UserError } from "../errors.ts";
import { stream } from "../random.ts";
import type { Device } from "../tensor/mod.ts";
import { createGenerator, type Generated, type GenerateOptions } from "../model/llama/generate.ts";
import { generateUncached } from "../model/llama/generate_uncached.ts";
import { type LlamaModel, openLlama, readLlama } from "../model/llama/model.ts";
import { findGguf, isGguf } from "../model/checkpoint/gguf_place.ts";
import { llama2TokenizerJson } from "../model/checkpoint/llama2_tokenizer.ts";
import { loadTokenizer, type Tokenizer, tokenizerFromJson } from "../model/checkpoint/tokenizer.ts";

interface Options {
  readonly model: string;
  readonly prompt: readonly string[];
  readonly maxTokens: number;
  readonly tokenizer?: string;
  readonly device: Device;
  readonly threads?: number;
  readonly cache: boolean;
  readonly temperature?: number;
  readonly seed: number;
  readonly json?: boolean;
}

function program(): Command {
  return command("generate", "Print how a causal LM continues a text, by the likeliest tokens or by sampling")
    .requiredOption("--model <folder>", "checkpoint folder in Hugging Face layout, or a GGUF file")
    .requiredOption("--prompt <text>", "text to continue; several make a batch", collect)
    .option("--max-tokens <n>", "new tokens at most", positive("--max-tokens"), 64)
    .option("--tokenizer <folder>", "take tokenizer.json from another folder, or Llama 2's (llama2)")
    .option("--device <name>", "cpu, webgpu or cuda", "cpu")
    .option("--threads <n>", "threads inside one operator; default: every core", positive("--threads"))
    .option(
      "--temperature <t>",
      "sample from softmax(logits / t), without top_k or top_p; default: greedy decoding",
      aboveZero("--temperature"),
    )
    .option("--seed <n>", "what is sampled: the same again for the same number", wholeNumber("--seed", 0), 1)
    .option("--no-cache", "read the whole text again for every token: slow, for checking")
    .option("--json", "print an array with prompt, text, ids and finish_reason");
}

/** Runs the command; returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const parsed = parse<Options>(program(), args);
  if (!parsed) return 0;
  const { options } = parsed;
  const { model: folder, prompt: texts, maxTokens: maxNewTokens, threads, temperature, seed } = options;
  if (temperature !== undefined && !options.cache) {
    throw new UserError("Cannot sample with --no-cache: it is for checking greedy decoding");
  }
  const opened = openLlama(findGguf(folder) ?? folder);
  const { notFollowed, source } = opened.generation;
  if (notFollowed.length > 0) {
    tell(
      `${temperature === undefined ? "Decoding greedily" : "Sampling"}, without what ${source} asks for: ${
        notFollowed.join(", ")
      }`,
    );
  }
  const model = readLlama(opened);
  const tokenizer = options.tokenizer === "llama2"
    ? tokenizerFromJson(llama2TokenizerJson(), {}, "Llama 2's vocabulary")
    : loadTokenizer(options.tokenizer ?? (isGguf(folder) ? dirname(folder) : folder));
  const prompts = texts.map((text) => promptIds(text, tokenizer, model));
  const sampling = temperature === undefined
    ? {}
    : { sampling: { temperature, streams: prompts.map((_, i) => stream(seed, "generate", i)) } };
  const request = { maxNewTokens, ...sampling };
  const continued = await run(model, prompts, request, options.cache, { device: options.device, threads });
  const answers = continued.map(({ ids, finish_reason }, i) => ({
    prompt: texts[i],
    text: continuation(tokenizer, prompts[i]!, ids),
    prompt_ids: prompts[i],
    ids,
    finish_reason,
  }));
  print(options.json ? JSON.stringify(answers) : answers.map(({ text }) => `${text}\n`).join(""));
  return 0;
}

async function run(
  model: LlamaModel,
  prompts: readonly (readonly number[])[],
  request: GenerateOptions,
  cache: boolean,
  on: { readonly device: Device; readonly threads?: number | undefined },
): Promise<Generated[]> {
  if (!cache) return await generateUncached(model, prompts, request, on);
  const generator = createGenerator(model, on);
  try {
    return await generator.generate(prompts, request);
  } finally {
    await generator.dispose();
  }
}

/** An empty prompt is the beginning of a text, if the model has a token for that. */
function promptIds(text: string, tokenizer: Tokenizer, { config }: LlamaModel): readonly number[] {
  const ids = text === "" ? [] : tokenizer.encode(text);
  if (ids.length > 0) return ids;
  if (typeof config.bos_token_id === "number") return [config.bos_token_id];
  throw new UserError("Cannot continue an empty prompt: the model has no bos_token_id");
}

/** What the new ids add to the text: tokens are not decoded alone, because a first space depends on what is before it. */
function continuation(tokenizer: Tokenizer, prompt: readonly number[], ids: readonly number[]): string {
  return tokenizer.decode([...prompt, ...ids]).slice(tokenizer.decode(prompt).length);
}

if (import.meta.main) await exitWith(() => main(Deno.args));
