/**
 * Findings as text for a terminal.
 * @module
 */
import { type Finding, type Rule, RULES } from "./finding.ts";

/** A heading a rule with its findings below, explanations indented. */
export function renderFindings(findings: readonly Finding[]): string {
  const sections = (Object.keys(RULES) as Rule[]).map((rule) => {
    const here = findings.filter((finding) => finding.rule === rule);
    const lines = here.flatMap(({ message, explanations }, i) => [
      `${String(i + 1).padStart(3)}. ${message}`,
      ...explanations.map((text) => `     -> ${text}`),
    ]);
    return [`${RULES[rule]}: ${here.length}`, ...lines].join("\n");
  });
  return `${sections.join("\n\n")}\n`;
}
