/**
 * A slice that has nothing yet, for tests that fill in what they are about.
 * @module
 */
import type { Slice } from "../../lib/results/slice.ts";

export const EMPTY_SLICE: Slice = {
  experiment: "e",
  scale: "micro",
  world: "mini",
  version: 1,
  title: "T",
  abstract: "",
  method: "m",
  baseName: "Base",
  paper: {},
  paperRows: {},
  knockouts: {},
  figures: {},
  variants: [],
  benchmarks: [],
  runs: [],
  claims: [],
  counts: [],
  own: [],
  floors: [],
  points: [],
  training: [],
  steps: [],
  provenance: [],
  recipe: [],
  curves: [],
  rows: "0".repeat(64),
};
