/**
 * Where results come from: commit and diff, lock file, versions, machine. One of the two places in lib that read the
 * clock (the other times progress).
 * @module
 */
import { exists } from "../files.ts";
import { sha256 } from "../hash.ts";
import { join } from "node:path";
import { cpus, totalmem } from "node:os";
import { putObject } from "./objects.ts";
import { type LabPaths, ROOT } from "./paths.ts";

/** Text by key, the same for all runs of one start of the lab. */
export function machineProvenance(paths: LabPaths): Record<string, string> {
  const config = Deno.readTextFileSync(join(ROOT, "deno.json"));
  const imports = (JSON.parse(config) as { imports: Record<string, string> }).imports;
  const processors = cpus();
  return {
    ...gitProvenance(paths),
    lock: sha256(Deno.readFileSync(join(ROOT, "deno.lock"))),
    os: `${Deno.build.os} ${Deno.osRelease()} ${Deno.build.arch}`,
    cpu: processors[0]?.model ?? "unknown",
    cores: String(processors.length),
    "memory bytes": String(totalmem()),
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    typescript: Deno.version.typescript,
    ...Object.fromEntries(
      Object.entries(imports).map((
        [name, target],
      ) => [`package:${name}`, target.slice(target.lastIndexOf("@") + 1)]),
    ),
  };
}

/** Now, as ISO 8601 in UTC with milliseconds. */
export function timestamp(): string {
  return new Date().toISOString();
}

function gitProvenance(paths: LabPaths): Record<string, string> {
  const commit = git("rev-parse", "HEAD");
  if (commit === undefined) return { commit: "unknown", dirty: "unknown" };
  const status = git("status", "--porcelain", "--untracked-files=all") ?? "";
  if (status === "") return { commit: commit.trim(), dirty: "false" };
  const diff = git("diff", "HEAD") ?? "";
  const untracked = status.split("\n").filter((line) => line.startsWith("?? ")).map((line) => {
    const name = line.slice(3);
    const path = join(ROOT, name);
    return `${name} ${exists(path) && Deno.statSync(path).isFile ? sha256(Deno.readFileSync(path)) : "?"}`;
  });
  return {
    commit: commit.trim(),
    dirty: "true",
    diff: putObject(paths, diff),
    ...(untracked.length > 0 ? { untracked: untracked.join("\n") } : {}),
  };
}

/** Output of a git command in the repository; undefined without git or outside a repository. */
function git(...args: string[]): string | undefined {
  try {
    const { success, stdout } = new Deno.Command("git", { args: ["-C", ROOT, ...args], stderr: "null" })
      .outputSync();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
