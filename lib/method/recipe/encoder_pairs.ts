/**
 * How much text and how many sentence pairs of each resource level the mini encoder reads, as patches beside the default's
 * (`scales.ts`), which reads text of every level alike and pairs by level, hardly a low-resource one.
 * @module
 */
import type { Patch } from "../../lab/experiment/types.ts";
import type { Recipe } from "./fields.ts";
import { MICRO } from "./scales.ts";

type Pretrain = Recipe["encoder"]["pretrain"];

const encoder = (pretrain: Partial<Pretrain>): Patch<Recipe> => ({ encoder: { pretrain } });

/** Pairs of every language alike: no published encoder had them. */
export const PAIRS_ALIKE = encoder({ pairs_by_level: { high: 1, medium: 1, low: 1 } });
/** Not one pair of a low-resource language. */
export const NO_LOW_PAIRS = encoder({
  pairs_by_level: { ...MICRO.encoder.pretrain.pairs_by_level, low: 0 },
});
/** Text by level too: low-resource languages are badly known as well. */
export const TEXT_BY_LEVEL = encoder({ text_by_level: { high: 4, medium: 2, low: 1 } });
