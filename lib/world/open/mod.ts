/**
 * Real data, read from a folder that the user names: word problems, inference, commonsense, retrieval, dictionaries and
 * Bibles. See README.md for the files each loader reads.
 * @module
 */
export * from "./asdiv.ts";
export * from "./back_translation.ts";
export * from "./bible.ts";
export * from "./bitext.ts";
export * from "./catalog.ts";
export * from "./choice.ts";
export * from "./languages.ts";
export * from "./math.ts";
export * from "./mawps.ts";
export * from "./mmwp.ts";
export * from "./mmwp_selection.ts";
export * from "./multimwp.ts";
export * from "./multimwp_balanced.ts";
export * from "./muse.ts";
export * from "./nli.ts";
export * from "./training_math.ts";
export * from "./types.ts";
export { openData } from "./world.ts";
