/**
 * What an experiment's file imports: types, claims, other systems as rows, and `main` to run the file by itself.
 * @module
 */
export {
  accuracyAbove,
  accuracyBelow,
  claim,
  isAbove,
  isAboveFloor,
  isBelow,
  isWithin,
  rises,
  type Where,
} from "./experiment/claim.ts";
export { all } from "./experiment/claim_combine.ts";
export { benchmarkAbove, correlates, gainsMore, scopeAbove } from "./experiment/claim_scopes.ts";
export { scoreAbove, scoreBelow, scoreIs } from "./experiment/claim_scores.ts";
export { system } from "./plan/resolve.ts";
export type * from "./experiment/figure.ts";
export type * from "./experiment/types.ts";
export type * from "./experiment/results.ts";
