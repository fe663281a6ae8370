/**
 * The command that starts a run's process.
 * @module
 */
import { join } from "node:path";
import { ROOT } from "../record/paths.ts";
import { childEnvironment } from "./child_environment.ts";
import { denoCommand } from "./deno_command.ts";
import type { Work } from "./executor.ts";

/** Its permissions are the run's own, whatever the parent may do. */
export function workerCommand({ attempt, lab }: Pick<Work, "attempt" | "lab">): Deno.Command {
  return new Deno.Command(denoCommand(), {
    args: [
      "run",
      "--no-prompt",
      "--quiet",
      `--config=${join(ROOT, "deno.json")}`,
      "--allow-read",
      `--allow-write=${lab}`,
      "--allow-ffi",
      "--allow-env",
      "--allow-sys",
      join(import.meta.dirname!, "worker.ts"),
      attempt.folder,
    ],
    clearEnv: true,
    env: childEnvironment(),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
}
