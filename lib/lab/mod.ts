/**
 * What an experiment's file imports: types, claims, other systems as rows, and `main` to run the file by itself.
 * @module
 */
export {
  accuracyAbove,
  accuracyBelow,
  claim,
  isAbove,
  isBelow,
  isWithin,
  rises,
  type Where,
} from "./claim.ts";
export { all } from "./claim_combine.ts";
export { benchmarkAbove, correlates, gainsMore, scopeAbove } from "./claim_scopes.ts";
export { system } from "./recipe.ts";
export { main } from "./main.ts";
export type * from "./figure.ts";
export type * from "./types.ts";
export type * from "./results.ts";
