/**
 * `deno task audit`: checks the arithmetic of the paper's tables and of what its text says about them. Findings are about
 * the paper, so they do not set the exit code; a bad flag or damaged data does (2).
 * @module
 */
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print } from "./terminal/print.ts";
import { loadPaper } from "../paper/paper.ts";
import { auditPaper } from "../paper/audit/audit.ts";
import { renderFindings } from "../paper/audit/render.ts";

/** Runs the command; returns the exit code. */
function main(args: readonly string[]): number {
  const program = command("audit", "Check the arithmetic of the paper's tables and text")
    .option("--json", "print the findings as JSON");
  const parsed = parse<{ json?: true }>(program, args);
  if (!parsed) return 0;
  const findings = auditPaper(loadPaper());
  print(parsed.options.json ? JSON.stringify({ findings }, null, 2) : renderFindings(findings));
  return 0;
}

if (import.meta.main) await exitWith(() => main(Deno.args));
