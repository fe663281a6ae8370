/**
 * `deno task audit`: checks the arithmetic of the paper's tables and of what its text says about them. Findings are about
 * the paper, so they do not set the exit code; a bad flag or damaged data does (2).
 * @module
 */
import { Command, CommanderError } from "commander";
import { UserError } from "../../errors.ts";
import { loadPaper } from "../paper.ts";
import { auditPaper } from "./audit.ts";
import { renderFindings } from "./render.ts";

/** Runs the command; returns the exit code. */
export function main(args: readonly string[]): number {
  const command = new Command("audit")
    .description("Check the arithmetic of the paper's tables and text")
    .option("--json", "print the findings as JSON")
    .exitOverride()
    .configureOutput({
      writeErr: (text) => write(Deno.stderr, text),
      writeOut: (text) => write(Deno.stdout, text),
      // Asked of the environment otherwise, which this task may not read.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text, print) => print(`${text.trim().replaceAll("\n", " ")}\n`),
    });
  try {
    command.parse([...args], { from: "user" });
    const { json } = command.opts<{ json?: boolean }>();
    const findings = auditPaper(loadPaper());
    write(Deno.stdout, json ? `${JSON.stringify({ findings }, null, 2)}\n` : renderFindings(findings));
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UserError)) throw error;
    write(Deno.stderr, `${error.message}\n`);
    return error.exitCode;
  }
}

function write(to: { writeSync(data: Uint8Array): number }, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
}

if (import.meta.main) Deno.exit(main(Deno.args));
