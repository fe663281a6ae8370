/**
 * The feeds of one step of the mini encoder's pre-training: masked rows, and pairs of translations. Batch `step`
 * depends on nothing but the seed and its number.
 * @module
 */
import { assemblyFeeds } from "../../model/bridge/assembly.ts";
import { padIds } from "../../model/padding.ts";
import { assembledTargets, targetFeeds } from "../../model/llama/target_loss.ts";
import type { Tokenizer } from "../../model/checkpoint/tokenizer.ts";
import { type Stream, stream } from "../../random.ts";
import type { Feeds } from "../../tensor/mod.ts";
import type { World } from "../../world/world.ts";
import { isNarrowed, narrowed } from "./candidates.ts";
import { ENGLISH, NOISY, OTHER, ROWS, written } from "./encoder_objective.ts";
import { type EncoderTexts, encoderTexts } from "./encoder_texts.ts";
import { MASK, SPECIAL_TOKENS } from "../reader/prompts.ts";
import type { Recipe } from "../recipe/fields.ts";

type Pretrain = Recipe["encoder"]["pretrain"];

/** The feeds of each step (from 0) for `encoderObjective`. */
export function encoderBatches(
  world: World,
  tokenizer: Tokenizer,
  pretrain: Pretrain,
): (step: number) => Feeds {
  const textsOf = encoderTexts(world, tokenizer, pretrain);
  return (step) =>
    feedsOf(textsOf(step), tokenizer, pretrain, stream(pretrain.seed, "encoder", "batch", step));
}

function feedsOf(
  { rows, pairs, texts }: EncoderTexts,
  tokenizer: Tokenizer,
  pretrain: Pretrain,
  s: Stream,
): Feeds {
  const narrow = (targets: Feeds) =>
    isNarrowed(tokenizer.vocabSize, pretrain.candidates)
      ? narrowed(targets, tokenizer.vocabSize, pretrain.candidates, s)
      : targets;
  const feeds: Feeds[] = [];
  if (rows.length > 0) feeds.push(maskedRows(rows, pretrain, tokenizer.vocabSize, { s, narrow }));
  if (pairs.length > 0) {
    const other = pairs.map((pair) => pair.other);
    feeds.push(prefixed(OTHER, padIds(other)));
    if (pretrain.contrastive > 0) feeds.push(prefixed(ENGLISH, padIds(pairs.map(({ english }) => english))));
    if (pretrain.translation > 0) {
      feeds.push(writtenFeeds(OTHER, other, pairs.map(({ english }) => english.slice(1)), narrow));
    }
  }
  if (texts.length > 0) {
    const { noisy } = mask(texts, pretrain.mask_ratio, tokenizer.vocabSize, s);
    feeds.push(prefixed(NOISY, padIds(noisy)));
    feeds.push(writtenFeeds(NOISY, noisy, texts.map((text) => text.slice(1)), narrow));
  }
  return Object.assign({}, ...feeds);
}

/** BERT's masking: of the chosen tokens 80 % become <mask>, 10 % a random token, 10 % stay. */
function mask(rows: readonly (readonly number[])[], ratio: number, vocabSize: number, s: Stream) {
  const chosen = rows.map((row) => {
    const places = words(row);
    return s.shuffle(places).slice(0, Math.max(1, Math.round(ratio * places.length)));
  });
  const noisy = rows.map((row, r) => {
    const copy = [...row];
    for (const at of chosen[r]!) {
      const u = s.uniform();
      if (u < 0.8) copy[at] = MASK;
      else if (u < 0.9) copy[at] = s.int(SPECIAL_TOKENS.length, vocabSize - 1);
    }
    return copy;
  });
  return { chosen, noisy };
}

/** Where a row has other than special tokens. */
function words(row: readonly number[]): number[] {
  return row.flatMap((id, at) => (id < SPECIAL_TOKENS.length ? [] : [at]));
}

/** Masked rows, and what was there. */
function maskedRows(
  rows: readonly (readonly number[])[],
  { mask_ratio, predict }: Pretrain,
  vocabSize: number,
  { s, narrow }: { readonly s: Stream; readonly narrow: (targets: Feeds) => Feeds },
): Feeds {
  const { chosen, noisy } = mask(rows, mask_ratio, vocabSize, s);
  const targets = rows.flatMap((ids, row) =>
    (predict === "all" ? words(ids) : chosen[row]!).map((position) => ({ row, position, id: ids[position]! }))
  );
  const length = Math.max(...rows.map((row) => row.length));
  return prefixed(ROWS, { ...padIds(noisy), ...narrow(targetFeeds(targets, rows.length, length)) });
}

/** What the decoder reads after the states of `sources`, and learns to write. */
function writtenFeeds(
  name: string,
  sources: readonly (readonly number[])[],
  targets: readonly (readonly number[])[],
  narrow: (targets: Feeds) => Feeds,
): Feeds {
  const rows = targets.map((ids, i) => ({
    hidden_states: new Float32Array(sources[i]!.length), // only their number counts: the graph computes them
    ids: ids.slice(0, -1),
  }));
  const { feeds, encEnd, length } = assemblyFeeds(rows, { d_enc: 1, boundaries: "both" });
  const { ids, attention_mask, position_ids } = feeds;
  const places = assembledTargets(targets, targets.map(() => 0), encEnd);
  return prefixed(written(name), {
    ids,
    attention_mask,
    position_ids,
    ...narrow(targetFeeds(places, rows.length, length)),
  });
}

function prefixed(name: string, feeds: object): Feeds {
  return Object.fromEntries(Object.entries(feeds).map(([part, value]) => [`${name}.${part}`, value]));
}
