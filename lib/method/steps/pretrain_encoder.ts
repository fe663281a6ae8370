/**
 * Step: the mini encoder, pre-trained on the same amount of every language: masked LM on plain text and on sentence
 * pairs (translation LM; Conneau and Lample, 2019, arXiv:1901.07291), and contrastive learning that brings the pooled
 * states of translations together (LaBSE; Feng et al., 2022, arXiv:2007.01852). What a real encoder learned from the
 * web and from parallel text, a mini one learns here; it never sees a question with its answer.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/types.ts";
import { encoderHiddenStates, maskedLmLogits, meanPool } from "../../model/encoder.ts";
import { type EncoderConfig, encoderConfig, encoderParameterShapes } from "../../model/encoder_config.ts";
import { type EncoderModel, exportEncoder, initEncoder, loadEncoder } from "../../model/encoder_model.ts";
import { parameterInputs } from "../../model/parameters.ts";
import { padIds } from "../../model/padding.ts";
import { targetFeeds, targetInputs, targetNegativeLogLikelihood } from "../../model/target_loss.ts";
import type { Tokenizer } from "../../model/tokenizer.ts";
import { type Stream, stream } from "../../random.ts";
import { add, type Feeds, infoNce, input, mean, mul, type Tensor } from "../../tensor/mod.ts";
import type { World } from "../../world/world.ts";
import { BOS, EOS, MASK, SPECIAL_TOKENS } from "../prompts.ts";
import type { Recipe } from "../recipe.ts";
import { train } from "../train.ts";
import { openWorld } from "../worlds.ts";
import { tokenizerOf } from "./tokenizers.ts";

interface Input {
  readonly world: string;
  readonly encoder: Recipe["encoder"];
  readonly tokenizer: Artifact;
}

/** Longest input; a sentence pair of the mini world has up to 350 tokens in the smallest vocabulary. */
const MAX_POSITIONS = 512;
/** Of the contrastive softmax (SimCSE, arXiv:2104.08821). */
const TEMPERATURE = 0.05;

export const pretrainEncoderStep: StepDefinition<Input, { loss: { first: number; last: number } }> = {
  id: "pretrain_encoder",
  version: 1,
  module: import.meta.url,
  async run(inputs: Input, context: StepContext) {
    const { pretrain, ...size } = inputs.encoder;
    const tokenizer = tokenizerOf(inputs.tokenizer);
    const config = encoderConfig({
      ...size,
      vocab_size: tokenizer.vocabSize,
      max_position_embeddings: MAX_POSITIONS,
    });
    const fresh = initEncoder(config, stream(pretrain.seed, "encoder", "init"), { lmHead: true });
    const world = openWorld(inputs);
    const { parameters, loss } = await train({
      spec: objective(config, pretrain),
      values: fresh.weights,
      training: pretrain,
      batch: (step) => batchOf(world, tokenizer, pretrain, step),
    }, context);
    exportEncoder(context.dir, { config, weights: parameters });
    return { loss };
  },
};

/** The encoder that the step wrote. */
export function encoderOf({ dir }: Artifact): EncoderModel {
  return loadEncoder(dir);
}

type Pretrain = Recipe["encoder"]["pretrain"];

/** Masked LM on rows (one text or a pair), and InfoNCE in both directions between two batches of translations. */
function objective(config: EncoderConfig, { contrastive }: Pretrain) {
  const parameters = parameterInputs(encoderParameterShapes(config, { lmHead: true }));
  const encode = (name: string, rows: string) => {
    const [ids, mask, positions] = ["ids", "attention_mask", "position_ids"].map((part) =>
      input(`${name}.${part}`, [rows, `S_${name}`], "int32")
    );
    return { hidden: encoderHiddenStates(config, parameters, ids, mask, positions).at(-1)!, mask };
  };
  const { hidden } = encode("rows", "B");
  const head = (states: Tensor) => maskedLmLogits(config, parameters, states);
  let loss = mean(targetNegativeLogLikelihood(hidden, targetInputs(), head));
  if (contrastive > 0) {
    const [a, b] = ["english", "other"].map((name) => {
      const { hidden, mask } = encode(name, "B_pairs");
      return meanPool(hidden, mask);
    });
    loss = add(loss, mul(add(infoNce(a, b, TEMPERATURE), infoNce(b, a, TEMPERATURE)), contrastive));
  }
  return { loss, parameters, trainable: new Set(Object.keys(parameters)) };
}

/** The feeds of one step: masked rows, and pairs of translations if they count. */
function batchOf(world: World, tokenizer: Tokenizer, pretrain: Pretrain, step: number): Feeds {
  const s = stream(pretrain.seed, "encoder", "batch", step);
  const { batch_size, seed } = pretrain;
  const codes = world.languages().map(({ code }) => code);
  const others = codes.filter((code) => code !== "en");
  const encode = (text: string) => tokenizer.encode(text, { addSpecialTokens: false });
  const from = step * batch_size * 2;
  const rows = Array.from({ length: batch_size }, (_, i) => {
    const draw = { seed, count: 1, from: from + i };
    if (s.uniform() * (pretrain.mlm + pretrain.tlm) < pretrain.mlm) {
      return [BOS, ...encode(world.monolingual(s.pick(codes), draw)[0]), EOS];
    }
    const [pair] = world.parallel("en", s.pick(others), draw);
    const [one, two] = s.shuffle([pair.source, pair.target]);
    return [BOS, ...encode(one), EOS, ...encode(two), EOS];
  });
  const feeds = maskedRows(rows, pretrain.mask_ratio, tokenizer.vocabSize, s);
  if (pretrain.contrastive === 0) return feeds;
  const pairs = Array.from({ length: batch_size }, (_, i) => {
    const [pair] = world.parallel("en", s.pick(others), { seed, count: 1, from: from + batch_size + i });
    return [pair.source, pair.target].map((text) => [BOS, ...encode(text), EOS]);
  });
  return {
    ...feeds,
    ...prefixed("english", pairs.map(([english]) => english)),
    ...prefixed("other", pairs.map(([, other]) => other)),
  };
}

/** BERT's masking: of the chosen tokens 80 % become <mask>, 10 % a random token, 10 % stay. */
function maskedRows(rows: readonly number[][], ratio: number, vocabSize: number, s: Stream): Feeds {
  const chosen = rows.map((row) => {
    const words = row.flatMap((id, at) => (id < SPECIAL_TOKENS.length ? [] : [at]));
    return s.shuffle(words).slice(0, Math.max(1, Math.round(ratio * words.length)));
  });
  const targets = rows.flatMap((ids, row) =>
    chosen[row].map((position) => ({ row, position, id: ids[position] }))
  );
  const noisy = rows.map((row, r) => {
    const copy = [...row];
    for (const at of chosen[r]) {
      const u = s.uniform();
      if (u < 0.8) copy[at] = MASK;
      else if (u < 0.9) copy[at] = s.int(SPECIAL_TOKENS.length, vocabSize - 1);
    }
    return copy;
  });
  const length = Math.max(...rows.map((row) => row.length));
  return { ...prefixed("rows", noisy), ...targetFeeds(targets, rows.length, length) };
}

function prefixed(name: string, rows: readonly (readonly number[])[]): Feeds {
  return Object.fromEntries(Object.entries(padIds(rows)).map(([part, value]) => [`${name}.${part}`, value]));
}
