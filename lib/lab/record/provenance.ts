/**
 * Where results come from: commit and diff, lock file, versions, machine. One of the two places in lib that read the
 * clock (the other times progress).
 * @module
 */
import { sha256, sha256File } from "../../hash.ts";
import { join } from "node:path";
import { cpus, totalmem } from "node:os";
import { changesOf, commitOf } from "./git.ts";
import { nameText, quoteName } from "./git_names.ts";
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

/** Commit, diff and untracked files of the repository whose top folder `root` is; why not, where there is none. */
export function gitProvenance(paths: LabPaths, root = ROOT): Record<string, string> {
  const commit = commitOf(root);
  if (!("id" in commit)) return { commit: "unknown", dirty: "unknown", "no commit because": commit.why };
  const changes = changesOf(root);
  if (!("diff" in changes)) return { commit: commit.id, dirty: "unknown", "no diff because": changes.why };
  const { isDirty, diff, untracked } = changes;
  return {
    commit: commit.id,
    dirty: String(isDirty),
    ...(diff.length > 0 ? { diff: putObject(paths, diff) } : {}),
    ...(untracked.length > 0
      ? { untracked: untracked.map((name) => `${quoteName(name)} ${contentOf(root, name)}`).join("\n") }
      : {}),
  };
}

/** The SHA-256 of an untracked file, of its target for a link; else what it is. */
function contentOf(root: string, bytes: Uint8Array): string {
  const name = nameText(bytes);
  if (name === undefined) return "(name is not UTF-8)";
  if (name.endsWith("/")) return "(a repository of its own)";
  const path = join(root, name);
  try {
    return Deno.lstatSync(path).isSymlink ? sha256(Deno.readLinkSync(path)) : sha256File(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "(gone)";
    if (error instanceof Deno.errors.PermissionDenied) return "(unreadable)";
    throw error;
  }
}
