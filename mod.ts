/**
 * LinguaLIFT Lab: reproduce, ablate and check LinguaLIFT. This module gathers what an experiment's file needs; the parts
 * are imported by path (`./lib/tensor/mod.ts`, `./lib/metric/mod.ts`, ...).
 * @module
 */
export * from "./lib/lab/mod.ts";
export { lingualift, lingualiftRecipe } from "./lib/method/lingualift.ts";
export { monoSft, monoSftOf } from "./lib/method/mono_sft.ts";
export type { Recipe } from "./lib/method/recipe.ts";
export { didYouMean, UserError } from "./lib/errors.ts";
export { stream } from "./lib/random.ts";
