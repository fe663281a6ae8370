/**
 * Metrics: estimates with intervals, paired tests, corrections and design sizes. See README.md in this folder.
 * @module
 */
export { wilson } from "./wilson.ts";
export {
  type BootstrapOptions,
  clusteredAccuracy,
  type ClusteredEstimate,
  type PairedDifference,
  pairedDifference,
} from "./bootstrap.ts";
export {
  type ClusteredScores,
  clusterScores,
  macroMean,
  type ScoredAnswer,
  subtractScores,
} from "./clusters.ts";
export { minimumDetectable, type PowerOptions } from "./detectable.ts";
export { holm } from "./holm.ts";
export type { Estimate, Interval } from "./interval.ts";
export { pOfZero, type SeedSummary, summariseSeeds } from "./seeds.ts";
export { signFlipTest } from "./sign_flip.ts";
export { midranks, type Spearman, spearman } from "./spearman.ts";
export { type Agreement, consistency, type LanguageAnswer } from "./consistency.ts";
export { asciiDigits } from "./digits.ts";
export { type Extraction, type ExtractionRule, scoreChoice, scoreLabel, scoreNumber } from "./extract.ts";
export { type Mistake, MISTAKE_NAMES, mistakeOf, MISTAKES } from "./mistake.ts";
export { PARTS, type Parts, scoreParts } from "./parts.ts";
export { numbersIn, wholeNumber } from "./number.ts";
export { type Retrieval, retrievalTop1 } from "./retrieval.ts";
export { type Bleu, corpusBleu } from "./bleu.ts";
export { type Chrf, corpusChrf } from "./chrf.ts";
export { corpusTer, type Ter } from "./ter.ts";
