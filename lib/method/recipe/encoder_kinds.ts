/**
 * How real multilingual encoders were trained, as patches on the mini encoder's pre-training. A kind has its own
 * objectives and kind of text; the number of steps and of texts that the encoder reads in each stay the default's, so
 * that a kind does not win by having read more.
 * @module
 */
import type { Patch } from "../../lab/experiment/types.ts";
import type { Recipe } from "./fields.ts";
import { MICRO } from "./scales.ts";

type Pretrain = Recipe["encoder"]["pretrain"];
type Weights = Pick<Pretrain, "mlm" | "tlm" | "contrastive" | "translation" | "denoising">;

/** Devlin et al., 2019, arXiv:1810.04805; XLM-R differs in the amount of text, arXiv:1911.02116. */
export const MBERT = "masked LM (as mBERT)";
/** Half of it on sentence pairs: Conneau and Lample, 2019, arXiv:1901.07291. */
export const XLM = "masked LM on pairs (as XLM)";
/** A text written out from its masked form: Xue et al., 2021, arXiv:2010.11934, which masks spans. */
export const MT5 = "denoising (as mT5)";
/** A translation written out: NLLB Team, 2022, arXiv:2207.04672. */
export const NLLB = "translation (as NLLB)";
/** Masked LM, on pairs too, and contrastive on pairs: Feng et al., 2022, arXiv:2007.01852. */
export const LABSE = "contrastive (as LaBSE)";

const NONE: Weights = { mlm: 0, tlm: 0, contrastive: 0, translation: 0, denoising: 0 };
const KINDS: Readonly<Record<string, Weights>> = {
  [MT5]: { ...NONE, denoising: 1 },
  [MBERT]: { ...NONE, mlm: 1 },
  [XLM]: { ...NONE, mlm: 0.5, tlm: 0.5 },
  [NLLB]: { ...NONE, translation: 1 },
  [LABSE]: { ...NONE, mlm: 0.2, tlm: 0.3, contrastive: 1 },
};

/** The kinds by name, on the text budget of the default's with that batch size. */
export function encoderKinds(
  batch_size: number = MICRO.encoder.pretrain.batch_size,
): Record<string, Patch<Recipe>> {
  const budget = batch_size * textsInExample(MICRO.encoder.pretrain);
  const kinds = Object.entries(KINDS).map(([name, weights]) => {
    const own = Math.round(budget / textsInExample(weights));
    return [name, { encoder: { pretrain: { ...weights, predict: "masked", batch_size: own } } }];
  });
  return Object.fromEntries(kinds);
}

/** Texts that the encoder reads for each unit of `batch_size`, of a pair both sides; see `encoder_batches.ts`. */
export function textsInExample({ mlm, tlm, contrastive, translation, denoising }: Weights): number {
  return mlm + 2 * tlm + (contrastive > 0 ? 2 : translation > 0 ? 1 : 0) + (denoising > 0 ? 1 : 0);
}
