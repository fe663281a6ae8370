/**
 * The systems of Table 3 as rows of an experiment on inference or choice. MAPO-DPO is not among them.
 * @module
 */
import type { Patch, System } from "../../lab/experiment/types.ts";
import type { Recipe } from "../recipe/fields.ts";
import { compared } from "../system.ts";
import { COMPARED } from "./compared.ts";
import { monoSft } from "./mono_sft.ts";

const { "MAPO-DPO": _on, "MAPO-DPO (English first)": _first, ...compare } = COMPARED;

/** LinguaLIFT's row in which nothing is explained before it is named. */
export const LABEL_ALONE = "LinguaLIFT, label alone";

/** By name; the last two learn and write the label alone, as the release has it. */
export const UNDERSTANDING: Readonly<Record<string, System | Patch<Recipe>>> = {
  ...compare,
  "Mono-SFT, label alone": compared(monoSft, { task_answers: "label" }),
  [LABEL_ALONE]: { task_answers: "label" },
};

/** The rows of Tables 3, 12 and 13 beside which ours stand. */
export const UNDERSTANDING_ROWS: Readonly<Record<string, string>> = Object.fromEntries(
  ["LinguaLIFT", ...Object.keys(compare)].map((name) => [name, `${name} (task data)`]),
);
