/**
 * What experiments take from the methods: the compared systems, the probes of single parts, and changes of recipes.
 * @module
 */
export { compared, type DefinedSystem, defineSystem, type Stage, type SystemSpec } from "./system.ts";
export { COMPARED, COMPARED_ROWS, FLAVOURED, FLAVOURED_ROWS } from "./systems/compared.ts";
export { understanding } from "./systems/understanding.ts";
export { lingualift, lingualiftRecipe, withoutLanguageAlign } from "./systems/lingualift.ts";
export { monoSft } from "./systems/mono_sft.ts";
export { multiSft, multiSftRow } from "./systems/multi_sft.ts";
export { langbridge } from "./systems/langbridge.ts";
export { mindmerger, mindmergerLow, type MindMergerRecipe, mindmergerStates } from "./systems/mindmerger.ts";
export { mapo, mapoEnglishFirst } from "./systems/mapo.ts";
export { crossin, crossinOf } from "./systems/crossin.ts";
export { layalign, layalignEnglish, layalignStates } from "./systems/layalign.ts";
export { merlin, merlinAsked, merlinEnglish } from "./systems/merlin.ts";
export { translateEn } from "./systems/translate_en.ts";
export { qalign } from "./systems/qalign.ts";
export { lexiconInduction, type LexiconRecipe, lexiconRecipe } from "./probes/lexicon_induction.ts";
export {
  sentenceRetrieval,
  type SentenceRetrievalRecipe,
  sentenceRetrievalRecipe,
} from "./probes/sentence_retrieval.ts";
export {
  translationQuality,
  type TranslationRecipe,
  translationRecipe,
} from "./probes/translation_quality.ts";
export { dataStatistics, type StatisticsRecipe, statisticsRecipe } from "./probes/data_statistics.ts";
export { COUNTED, TABLE_18 } from "./evaluate/tag_questions.ts";
export type { Recipe } from "./recipe/fields.ts";
export { longTransfer, shortPretrained, shortTrained } from "./recipe/budgets.ts";
export { encoderKinds, LABSE, MBERT, MT5, NLLB, XLM } from "./recipe/encoder_kinds.ts";
export { NO_LOW_PAIRS, PAIRS_ALIKE, TEXT_BY_LEVEL } from "./recipe/encoder_pairs.ts";
export { INDUCTION, SMOKE_INDUCTION } from "./recipe/induction.ts";
export { NOISY_TRANSLATIONS } from "./recipe/noise.ts";
export { LLAMA_2_13B, MISTRAL_7B } from "./recipe/published.ts";
export { encoderSize, llmSize, OTHER_LLM } from "./recipe/sizes.ts";
