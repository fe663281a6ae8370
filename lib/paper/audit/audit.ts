/**
 * The audit of the paper's arithmetic: every rule over every table. The rules know nothing of this paper; they find what
 * there is from the cells, and explain it from other cells.
 * @module
 */
import type { Paper } from "../paper.ts";
import { auditConflicts } from "./conflicts.ts";
import { auditDuplicates } from "./duplicates.ts";
import { type Finding, inOrder } from "./finding.ts";
import { auditGrim } from "./grim.ts";
import { auditMeans } from "./means.ts";
import { auditProse } from "./prose.ts";

/** All findings, by rule and table. */
export function auditPaper(paper: Paper): Finding[] {
  return inOrder([
    ...auditMeans(paper),
    ...auditGrim(paper),
    ...auditConflicts(paper),
    ...auditDuplicates(paper),
    ...auditProse(paper),
  ]);
}
