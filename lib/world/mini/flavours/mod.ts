/**
 * Four flavours of English instruction data for word problems, in which the systems differ that the paper calls Mono-SFT
 * (Section 5.2, baseline 1): in where problems come from, in how many distinct ones a set has, and in the form of an
 * answer. Each file says what follows the published set, what is ours, and what could not be carried over.
 *
 * | flavour | problems of 100 rows | kinds | an answer ends in |
 * | -- | --: | -- | -- |
 * | MetaMath | 4 | several answers, rephrased, two kinds backwards | "The answer is: 8" |
 * | WizardMath | 17, each evolved five times | itself, easier, harder | numbered steps, "The answer is: 8" |
 * | MAmmoTH | 75 | open, with options, bare; chains and programs | "The answer is 8.", or a program |
 * | OpenMath2 | 60 | new ones | \boxed{8} |
 * @module
 */
import type { Draw } from "../../world.ts";
import { mammothRow } from "./mammoth.ts";
import { metamathRow } from "./metamath.ts";
import { openmath2Row } from "./openmath2.ts";
import type { FlavourRow } from "./row.ts";
import { wizardmathRow } from "./wizardmath.ts";

/** A row as a flavour has it. */
export type { FlavourRow };

/** What writes a row of each, in the paper's order. */
const ROW_OF = {
  mammoth: mammothRow,
  wizardmath: wizardmathRow,
  metamath: metamathRow,
  openmath2: openmath2Row,
} as const satisfies Readonly<Record<string, (seed: number, i: number) => FlavourRow>>;

/** A flavour of instruction data. */
export type Flavour = keyof typeof ROW_OF;

/** The names of all. */
export const FLAVOURS = Object.keys(ROW_OF) as Flavour[];

/** Rows `from` to `from + count` of a flavour's endless sequence; row `i` of a seed depends on nothing else. */
export function flavourRows(flavour: Flavour, { seed, count, from = 0 }: Draw): FlavourRow[] {
  return Array.from({ length: count }, (_, at) => ROW_OF[flavour](seed, from + at));
}
