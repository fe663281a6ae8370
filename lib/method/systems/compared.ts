/**
 * The systems that the paper compares LinguaLIFT with, as rows of an experiment, and their names in its tables. A system that
 * is added here is in every comparison.
 * @module
 */
import type { System } from "../../lab/experiment/types.ts";
import { compared } from "../system.ts";
import { langbridge } from "./langbridge.ts";
import { mapo, mapoEnglishFirst } from "./mapo.ts";
import { mindmerger } from "./mindmerger.ts";
import { monoSft } from "./mono_sft.ts";
import { monoSftAs } from "./mono_sft_flavours.ts";
import { multiSft } from "./multi_sft.ts";
import { qalign } from "./qalign.ts";
import { translateEn } from "./translate_en.ts";

/** By name, in the paper's order. */
export const COMPARED = {
  "Mono-SFT": compared(monoSft),
  "Multi-SFT": compared(multiSft),
  "MAPO-DPO": compared(mapo),
  "MAPO-DPO (English first)": mapoEnglishFirst,
  "QAlign": compared(qalign),
  "Translate-En": compared(translateEn),
  "LangBridge": compared(langbridge),
  "MindMerger-Soft": compared(mindmerger),
} as const satisfies Readonly<Record<string, System>>;

/** Mono-SFT's flavours in the paper's order: of word problems, and in the mini world alone. */
export const FLAVOURED = {
  "Mono-SFT (MAmmoTH)": monoSftAs("mammoth"),
  "Mono-SFT (WizardMath)": monoSftAs("wizardmath"),
  "Mono-SFT (MetaMath)": monoSftAs("metamath"),
  "Mono-SFT (OpenMath2)": monoSftAs("openmath2"),
} as const satisfies Readonly<Record<string, System>>;

/** Their rows in Tables 1, 2, 10 and 11. */
export const FLAVOURED_ROWS = {
  "Mono-SFT (MAmmoTH)": "MAmmoTH",
  "Mono-SFT (WizardMath)": "WizardMath",
  "Mono-SFT (MetaMath)": "MetaMath",
  "Mono-SFT (OpenMath2)": "OpenMath2",
} as const satisfies Readonly<Record<keyof typeof FLAVOURED, string>>;

/**
 * The rows of Tables 1, 2, 10 and 11 beside which ours stand: those of the task data that LinguaLIFT has too. Mono-SFT
 * learns what LinguaLIFT learns, as MetaMath's row does there; it is none of the flavours.
 */
export const COMPARED_ROWS = {
  "LinguaLIFT": "LinguaLIFT (MetaMath)",
  "Mono-SFT": "MetaMath",
  "Multi-SFT": "MathOctopus-Parallel",
  "MAPO-DPO": "MathOctopus-MAPO-DPO",
  "MAPO-DPO (English first)": "MetaMathOctopus-MAPO-DPO",
  "QAlign": "QAlign-MetaMathQA",
  "Translate-En": "Translate-En (MetaMath)",
  "LangBridge": "LangBridge (MetaMath)",
  "MindMerger-Soft": "MindMerger-Soft (MetaMath)",
} as const satisfies Readonly<Record<keyof typeof COMPARED | "LinguaLIFT", string>>;
