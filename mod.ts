/**
 * LinguaLIFT Lab: reproduce, ablate and check LinguaLIFT. The parts are imported by path (`./lib/tensor/mod.ts`, ...);
 * this module gathers what an experiment file needs.
 * @module
 */
export { didYouMean, UserError } from "./lib/errors.ts";
export { stream } from "./lib/random.ts";
