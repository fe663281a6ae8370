/**
 * The command that starts a run's process.
 * @module
 */
import { join } from "node:path";
import { ROOT } from "../record/paths.ts";
import { childEnvironment } from "./child_environment.ts";
import { denoCommand } from "./deno_command.ts";
import type { Work } from "./executor.ts";
import { permissionFlags } from "./permissions.ts";

/** What onnxruntime-node, and sharp, which transformers.js imports, look at when they are loaded. */
export const WORKER_ENVIRONMENT = ["MALLOC_ARENA_MAX", "ORT_DISABLE_TELEMETRY", "npm_package_config_libvips"];

/** The host's name is written into locks; sharp tells musl from glibc by Node's report, which has the others. */
const SYSTEM = ["hostname", "cpus", "networkInterfaces"];

/** Arguments of Deno. Its permissions are the run's own, whatever the parent may do; native libraries are beyond them. */
export function workerArguments({ attempt, permissions }: Pick<Work, "attempt" | "permissions">): string[] {
  return [
    "run",
    "--no-prompt",
    "--quiet",
    `--config=${join(ROOT, "deno.json")}`,
    // Code comes from this machine and from locked packages.
    "--no-remote",
    ...permissionFlags(permissions),
    "--allow-ffi",
    `--allow-env=${WORKER_ENVIRONMENT}`,
    `--allow-sys=${SYSTEM}`,
    join(import.meta.dirname!, "worker.ts"),
    attempt.folder,
  ];
}

/** A child of this process. */
export function workerCommand(work: Pick<Work, "attempt" | "permissions">): Deno.Command {
  return new Deno.Command(denoCommand(), {
    args: workerArguments(work),
    clearEnv: true,
    env: childEnvironment(),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
}
