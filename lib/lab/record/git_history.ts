/**
 * The commits of a repository, and a copy of its tree at one of them. Nothing of the repository itself is written: the
 * copy is a clone that borrows its objects.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { ask, reasonOf, text } from "./git.ts";

/** A commit as a person is told of it. */
export interface NamedCommit {
  readonly id: string;
  /** When it was committed, ISO 8601. */
  readonly date: string;
  readonly subject: string;
}

/** Fields of `NamedCommit`, a NUL between them. */
const FORMAT = "--format=%H%x00%cI%x00%s";

/** The commit of a name: a hash, a branch, a tag, "HEAD~3". @throws {UserError} when there is none */
export function findCommit(folder: string, name: string): NamedCommit {
  // A name that begins with a dash would be an option.
  const found = ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
  if (!("out" in found)) {
    const known = ask(folder, "rev-parse", "--git-dir");
    if (!("out" in known)) throw gitError(folder, known.why);
    throw new UserError(
      `Unknown commit "${name}": git finds no commit of that name here; "git log --oneline" shows those there are`,
    );
  }
  return logOf(folder, ["-1", text(found.out).trim()])[0]!;
}

/**
 * Commits after `good` up to `bad`, oldest first. A merge counts as one, with all that it brought.
 * @throws {UserError} when `good` is no ancestor of `bad`
 */
export function commitsBetween(folder: string, good: NamedCommit, bad: NamedCommit): NamedCommit[] {
  const ancestor = ask(folder, "merge-base", "--is-ancestor", good.id, bad.id);
  if (!("out" in ancestor)) {
    throw new UserError(
      `Cannot look between ${short(good)} and ${
        short(bad)
      }: the first is no ancestor of the second; name --good and ` +
        "--bad the other way round, or their common ancestor",
    );
  }
  return logOf(folder, ["--first-parent", "--reverse", `${good.id}..${bad.id}`]);
}

/** The last commit up to `from` that changed a file; undefined when none did. */
export function lastChange(folder: string, from: NamedCommit, path: string): NamedCommit | undefined {
  return logOf(folder, ["-1", from.id, "--", path])[0];
}

/** All commits up to `from` that changed a file, oldest first. */
export function changesTo(folder: string, from: NamedCommit, path: string): NamedCommit[] {
  return logOf(folder, ["--reverse", from.id, "--", path]);
}

/** A file as it was at a commit; undefined where it was not there. */
export function fileAt(folder: string, { id }: NamedCommit, path: string): string | undefined {
  const shown = ask(folder, "show", "--no-textconv", `${id}:${path}`);
  return "out" in shown ? text(shown.out) : undefined;
}

/** A clone at `to` that borrows the objects of the repository `folder`; the one that is there already is taken. */
export function borrowingClone(folder: string, to: string): void {
  if (exists(join(to, ".git"))) return;
  const cloned = ask(folder, "clone", "--quiet", "--shared", "--no-checkout", folder, to);
  if (!("out" in cloned)) throw gitError(folder, cloned.why);
}

/** Brings the clone's tree to a commit; what git ignores there stays. */
export function checkOut(clone: string, { id }: NamedCommit): void {
  const done = ask(clone, "checkout", "--quiet", "--force", "--detach", id);
  if (!("out" in done)) throw gitError(clone, done.why);
}

/** "1a2b3c4d", as a person names it. */
export function short({ id }: NamedCommit): string {
  return id.slice(0, 8);
}

function logOf(folder: string, args: readonly string[]): NamedCommit[] {
  const log = ask(folder, "log", "-z", FORMAT, ...args);
  if (!("out" in log)) throw gitError(folder, log.why);
  const fields = text(log.out).replace(/\0$/, "").split("\0");
  return Array.from({ length: Math.floor(fields.length / 3) }, (_, at) => {
    const [id, date, subject] = fields.slice(at * 3, at * 3 + 3);
    return { id: id!, date: date!, subject: subject! };
  });
}

function gitError(folder: string, words: string | undefined): UserError {
  const { why, advice } = reasonOf(folder, words);
  return new UserError(`Cannot read the commits of "${folder}": ${why}. ${advice}`);
}
