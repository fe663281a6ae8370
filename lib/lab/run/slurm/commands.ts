/**
 * Slurm's commands. Each has a limit of time; what it says on its failing is kept.
 * @module
 */
import { UserError } from "../../../errors.ts";
import { childEnvironment } from "../child_environment.ts";

/** How a command ended; `timed out`: it may have done its work all the same. */
export interface Answer {
  readonly state: "ok" | "failed" | "timed out";
  readonly stdout: string;
  /** What it said on its failing, in one line. */
  readonly complaint: string;
}

/** Runs one of Slurm's commands. @throws {UserError} where Slurm is not installed */
export async function ask(
  name: "sbatch" | "squeue" | "scancel" | "scontrol",
  args: readonly string[],
  limit: { seconds: number },
): Promise<Answer> {
  const answer = await answerOf(name, args, limit);
  if (answer !== undefined) return answer;
  throw new UserError(
    `Cannot use --executor slurm: there is no "${name}" here; run it where jobs are submitted from, ` +
      `or without --executor`,
  );
}

/** Runs a command; undefined where it is not installed. */
export async function answerOf(
  name: string,
  args: readonly string[],
  { seconds }: { seconds: number },
): Promise<Answer | undefined> {
  const timeout = AbortSignal.timeout(seconds * 1000);
  try {
    const child = new Deno.Command(name, {
      args: [...args],
      clearEnv: true,
      env: childEnvironment(),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      signal: timeout,
    }).spawn();
    const { success, stdout, stderr } = await child.output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    const complaint = err!.trim().split("\n").find((line) => line.trim() !== "") ?? "it does not say why";
    if (timeout.aborted) {
      return { state: "timed out", stdout: out!, complaint: `no answer within ${seconds} s` };
    }
    return { state: success ? "ok" : "failed", stdout: out!, complaint };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}
