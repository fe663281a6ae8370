/**
 * Parts of speech that can be switched: those of the paper's Table 18, and determiners.
 * @module
 */
import { PAPER_POS } from "../../text/code_switch.ts";

export const POS_TAGS = [...PAPER_POS, "DET"] as const;
