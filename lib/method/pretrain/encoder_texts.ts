/**
 * The texts of one step of the mini encoder's pre-training, as ids. They are drawn for several steps at once and dealt out
 * by length, so that a step's rows are about as long as each other: otherwise two thirds of its positions are padding.
 * @module
 */
import { atLeast } from "../../checked.ts";
import type { Tokenizer } from "../../model/checkpoint/tokenizer.ts";
import { type Stream, stream } from "../../random.ts";
import type { World } from "../../world/world.ts";
import { BOS, EOS } from "../reader/prompts.ts";
import type { Recipe } from "../recipe/fields.ts";
import { languageDraw } from "./draw_language.ts";

type Pretrain = Recipe["encoder"]["pretrain"];
type Ids = readonly number[];

/** A sentence in English and in another language (at times English as well), both with bos and eos. */
interface Pair {
  readonly english: Ids;
  readonly other: Ids;
}

/** What a step reads; a kind that the objective does not need is empty. */
export interface EncoderTexts {
  /** Of masked LM: a text, or both sides of a pair in either order. */
  readonly rows: readonly Ids[];
  /** Of the contrastive loss and of translation. */
  readonly pairs: readonly Pair[];
  /** Of denoising. */
  readonly texts: readonly Ids[];
}

/** Steps whose texts are drawn at once. */
export const POOLED_STEPS = 8;

/** The texts of each step (from 0), in any order; those drawn last are kept, since steps come one after the other. */
export function encoderTexts(
  world: World,
  tokenizer: Tokenizer,
  pretrain: Pretrain,
): (step: number) => EncoderTexts {
  let [kept, steps]: [number, readonly EncoderTexts[]] = [-1, []];
  return (step) => {
    const pool = Math.floor(step / POOLED_STEPS);
    if (pool !== kept) [kept, steps] = [pool, drawPool(world, tokenizer, pretrain, pool)];
    return steps[step % POOLED_STEPS]!;
  };
}

function drawPool(world: World, tokenizer: Tokenizer, pretrain: Pretrain, pool: number): EncoderTexts[] {
  const { batch_size, seed, mlm, tlm, contrastive, translation, denoising } = pretrain;
  const s = stream(seed, "encoder", "texts", pool);
  const languages = world.languages();
  const others = languages.filter(({ code }) => code !== "en");
  const drawText = languageDraw(languages, pretrain.text_by_level, "encoder.pretrain.text_by_level");
  const drawIn = (from: typeof languages) =>
    languageDraw(from, pretrain.pairs_by_level, "encoder.pretrain.pairs_by_level");
  const ids = (text: string) => [BOS, ...tokenizer.encode(text, { addSpecialTokens: false }), EOS];
  let from = pool * POOLED_STEPS * batch_size * 3;
  const draw = () => ({ seed, count: 1, from: from++ });
  const text = () => ids(atLeast(world.monolingual(drawText(s), draw()), 1)[0]);
  const pairIn = (drawLanguage: (s: Stream) => string): Pair => {
    const [{ source, target }] = atLeast(world.parallel("en", drawLanguage(s), draw()), 1);
    return { english: ids(source), other: ids(target) };
  };
  const [drawOther, drawAny] = [drawIn(others), drawIn(languages)];
  const row = () => {
    if (s.uniform() * (mlm + tlm) < mlm) return text();
    const { english, other } = pairIn(drawOther);
    const [one, two] = atLeast(s.shuffle([english, other]), 2);
    return [...one, ...two.slice(1)];
  };
  const many = <T>(count: number, make: () => T) => Array.from({ length: POOLED_STEPS * count }, make);
  const rows = dealt(many(Math.round(batch_size * (mlm + tlm)), row), (one) => one.length, s);
  const pairs = dealt(
    many(contrastive + translation > 0 ? batch_size : 0, () => pairIn(drawAny)),
    ({ other }) => other.length,
    s,
  );
  const texts = dealt(many(denoising > 0 ? batch_size : 0, text), (one) => one.length, s);
  return Array.from(
    { length: POOLED_STEPS },
    (_, i) => ({ rows: rows[i]!, pairs: pairs[i]!, texts: texts[i]! }),
  );
}

/** As many for each step, neighbours in length together, the steps in random order. */
function dealt<T>(all: readonly T[], lengthOf: (one: T) => number, s: Stream): T[][] {
  const sorted = all.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  const count = all.length / POOLED_STEPS;
  return s.shuffle(
    Array.from({ length: POOLED_STEPS }, (_, i) => sorted.slice(i * count, (i + 1) * count)),
  );
}
