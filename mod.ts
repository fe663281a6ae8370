/**
 * LinguaLIFT Lab: reproduce, ablate and check LinguaLIFT. An experiment's file imports from here alone: the systems, their
 * recipes and what changes them, the claims, and `main`; the parts are imported by path (`./lib/tensor/mod.ts`, ...).
 * @module
 */
export { main } from "./lib/cli/main.ts";
export * from "./lib/lab/mod.ts";
export * from "./lib/method/mod.ts";
export { didYouMean, UserError } from "./lib/errors.ts";
export { stream } from "./lib/random.ts";
