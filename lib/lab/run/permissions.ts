/**
 * What a run's process may read and write, as Deno's permissions: the code, the inputs that the run declares, the folders
 * of its own steps, and what the lab keeps for all runs. A step that reads another file fails, so that nothing can change
 * its result that is not part of its key.
 * @module
 */
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import type { ClosureReader } from "../code/closure.ts";
import { type LabPaths, ROOT } from "../record/paths.ts";
import { type DecidedRun, type Trace, traceSteps } from "../plan/decide.ts";
import type { Attempt } from "./attempt.ts";

/** Absolute paths; a folder stands for all that is in it. */
export interface Permissions {
  readonly read: readonly string[];
  readonly write: readonly string[];
  /** Programs. */
  readonly run: readonly string[];
}

/** The lab's code, which an experiment may import as a whole, and the files that say what it imports. */
const CODE = ["lib", "mod.ts", "deno.json", "deno.lock"].map((name) => join(ROOT, name));

/** What a run's permissions follow from. */
interface Lab {
  readonly paths: LabPaths;
  readonly closures: ClosureReader;
  readonly notice: (message: string) => void;
  /** The run's steps, as far as they were known before. */
  readonly trace?: Trace | undefined;
}

/** The permissions of one try at a run. */
export async function permissionsOf(
  run: DecidedRun,
  attempt: Attempt,
  { paths, closures, notice, trace }: Lab,
): Promise<Permissions> {
  const { closure, named } = closures.of(pathToFileURL(run.file).href);
  // An experiment may lie outside the repository; committed data counts where the code names it.
  const committed = [...Object.keys(closure.code).map((name) => join(ROOT, name)), ...named];
  const declared = [...run.inputs.map(({ path }) => path), ...run.absent];
  const scratch = join(paths.tmp, attempt.id);
  const own = [...await stepFolders(run, { paths, closures, notice, trace }), scratch, attempt.folder];
  const { cache, locks, objects, quarantine } = paths;
  const kept = [cache, locks, objects, quarantine];
  return {
    read: [...new Set([...CODE, ...committed, ...declared, ...own, ...kept].map((path) => resolve(path)))],
    write: [...own, ...kept].map((path) => resolve(path)),
    // What the engine starts can do whatever this user can: Deno's permissions end there.
    run: [
      ...(run.spec.runtime.program === undefined ? [] : [run.spec.runtime.program]),
      ...((run.spec.runtime.nodes ?? 1) > 1 ? ["srun"] : []),
      ...run.resolved.method.programs?.(run.resolved.recipe) ?? [],
    ],
  };
}

/** The folders of the run's steps. All steps' where it is not known in advance which ones the run will have. */
async function stepFolders(run: DecidedRun, { paths, closures, notice, trace }: Lab): Promise<string[]> {
  const folders = [paths.artifacts, paths.checkpoints];
  // A trace that is complete stays what it is; another one may know more by now.
  const { steps, complete } = trace?.complete ? trace : await traceSteps(paths, closures, run, notice);
  return complete ? folders.flatMap((folder) => steps.map(({ key }) => join(folder, key))) : folders;
}

/**
 * Permissions as arguments of `deno run`; each path is one of its own, since there may be very many.
 * @throws {UserError} for a path with a comma
 */
export function permissionFlags({ read, write, run }: Permissions): string[] {
  const flag = (name: string) => (path: string) => {
    if (!path.includes(",")) return `--allow-${name}=${path}`;
    throw new UserError(`Cannot run with "${path}": Deno takes a comma for the end of a path; rename it`);
  };
  return [...read.map(flag("read")), ...write.map(flag("write")), ...run.map(flag("run"))];
}

/** A step reads what its run does not declare. */
class UndeclaredInput extends UserError {
  override name = "UndeclaredInput";
}

/** Deno's refusal as one line that says who asked for what; any other error unchanged. */
export function asUndeclared(error: unknown, who: string): unknown {
  const found = error instanceof UndeclaredInput ? undefined : refusalIn(error);
  if (found === undefined) return error;
  const [, kind, , what] = atLeast(found, 2);
  const problem = {
    read:
      `reads "${what}", which is not among its declared inputs; list it in Method.inputs or name it by new URL`,
    write: `writes "${what}", which is not its own; a step writes below context.dir`,
    env: `reads the environment${
      what === undefined ? "" : ` variable "${what}"`
    }, which is not among its declared inputs; put what it says into the recipe`,
  }[kind] ?? `asks for ${kind} access${what === undefined ? "" : ` to "${what}"`}, which no step has`;
  return new UndeclaredInput(`${who} ${problem}`, { cause: error });
}

/** Libraries wrap errors, and an import is refused by a TypeError. */
function refusalIn(error: unknown): RegExpMatchArray | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const found = at.message.match(/^Requires (\w+) access( to "(.*)")?, run again with the --allow-/s);
    if (found) return found;
  }
}
