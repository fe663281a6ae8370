/**
 * Multilingual encoder: how large it is, and how it was trained (Figure 9, Appendix E.5), scored on XNLI.
 *
 * Five sizes, of which XL is the default's. Five kinds of that size, whose objectives and text differ as the real ones'
 * do: masked LM (mBERT; XLM-R is the same on more text), with sentence pairs (XLM), denoising (mT5), translation (NLLB),
 * contrastive on pairs (LaBSE). Each row pre-trains an encoder, all in the same steps and on as many texts: a tenth of the
 * default's steps, and half of stage 1's. In the paper larger encoders are better with diminishing returns, and LaBSE is
 * best for low-resource languages.
 *
 * `deno task experiment encoder_size --seeds 3`
 * @module
 */
import {
  claim,
  encoderKinds,
  encoderSize,
  type Experiment,
  gainsMore,
  isAbove,
  isBelow,
  LABSE,
  lingualift,
  lingualiftRecipe,
  main,
  MBERT,
  MT5,
  type Recipe,
  rises,
  shortTrained,
  XLM,
} from "../mod.ts";

const XNLI = { benchmark: "xnli", scope: "avg" };
const BARS = { draw: "bars", benchmarks: ["xnli"] } as const;
const experiment: Experiment<Recipe> = {
  id: "encoder_size",
  version: 5,
  order: 7,
  title: "Multilingual encoder",
  method: lingualift,
  base: { ...shortTrained(lingualiftRecipe), task: "nli" },
  baseName: "XL",
  variants: {
    "Small": encoderSize(0.25, 1),
    "Base": encoderSize(0.5, 2),
    "Large": encoderSize(0.75, 3),
    "XXL": encoderSize(1.5, 4),
    ...encoderKinds(),
  },
  variantsAt: { smoke: encoderKinds(4) },
  scales: { smoke: encoderSize(1, 3) },
  benchmarks: ["xnli"],
  figures: {
    sizes: { ...BARS, title: "Figure 9: sizes", variants: ["Small", "Base", "Large", "XL", "XXL"] },
    kinds: { ...BARS, title: "Figure 9: kinds", variants: Object.keys(encoderKinds()) },
  },
  claims: [
    claim(
      "larger_is_better",
      "Performance improves significantly as the encoder size increases from 270M to 2.2B",
      "Appendix E.5, Figure 9",
      rises(["Small", "Large", "XL"], XNLI),
    ),
    claim(
      "returns_diminish",
      "Returns diminish as the model scales beyond 2.2B to 6.7B",
      "Appendix E.5, Figure 9",
      isBelow("XXL", "XL", { ...XNLI, by: -0.03 }),
    ),
    claim(
      "aligned_encoders_are_better",
      "Encoders with stronger language alignment capabilities yield better performance",
      "Appendix E.5, Figure 9",
      isAbove(LABSE, [MBERT, XLM, MT5], XNLI),
    ),
    claim(
      "labse_helps_low",
      "LaBSE is more effective at enhancing the capabilities of low-resource languages",
      "Appendix E.5",
      gainsMore(LABSE, MBERT, { benchmark: "xnli", scope: "LR", than: "HR" }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
