/**
 * `deno task slurm COMMAND...`: a Slurm of two nodes on this machine while the command runs, to try `--executor slurm`.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { command, parse } from "../command.ts";
import { exitWith } from "../exit.ts";
import { startCluster } from "./cluster.ts";

const EXAMPLES = `
Needs root and Debian's packages slurmctld, slurmd, slurm-client and munge.

Examples:
  deno task slurm sinfo
  deno task slurm deno task verify stage_removal --executor slurm
  deno task slurm bash                     a shell, to look around
`;

/** Runs the command line. @returns the command's exit code */
async function slurmMain(line: readonly string[]): Promise<number> {
  const slurm = command("slurm", "A Slurm of two nodes on this machine while a command runs in it")
    .argument("<command...>", "what is run, with its arguments").passThroughOptions()
    .addHelpText("after", EXAMPLES);
  const parsed = parse(slurm, line);
  if (!parsed) return 0;
  const [program, ...args] = atLeast([...parsed.args], 1);
  const cluster = await startCluster();
  // The command decides what Ctrl-C means; the cluster ends after it.
  const ignore = (): void => {};
  Deno.addSignalListener("SIGINT", ignore);
  try {
    const child = new Deno.Command(program, { args, env: { SLURM_CONF: cluster.conf } }).spawn();
    return (await child.status).code;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`Cannot run "${program}": it is not there`);
  } finally {
    Deno.removeSignalListener("SIGINT", ignore);
    await cluster.stop();
  }
}

if (import.meta.main) await exitWith(() => slurmMain(Deno.args));
