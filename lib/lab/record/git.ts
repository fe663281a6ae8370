/**
 * What git says of a folder, whatever the user's configuration and environment: its commit, and its changes as a patch
 * that `git apply` takes. Git is asked in one place, with fixed settings.
 * @module
 */
import { join } from "node:path";
import { exists } from "../../files.ts";
import { childEnvironment } from "../run/child_environment.ts";
import { splitNames } from "./git_names.ts";

/** A commit, or why there is none and what to do. */
export type Commit = { readonly id: string } | Unknown;

/** Why git does not tell. */
export interface Unknown {
  readonly why: string;
  readonly advice: string;
}

/** In what a working tree differs from its commit. */
export interface Changes {
  readonly isDirty: boolean;
  /** Made for `git apply`. Bytes, since lines of text may be in any encoding. */
  readonly diff: Uint8Array;
  /** Names of untracked files, from the folder; one that ends with a slash is a repository of its own. */
  readonly untracked: readonly Uint8Array[];
}

/** The commit of the repository whose top folder this is. */
export function commitOf(folder: string): Commit {
  const top = ask(folder, "rev-parse", "--show-toplevel");
  if (!("out" in top)) return reasonOf(folder, top.why);
  const root = text(top.out).replace(/\n$/, "");
  if (Deno.realPathSync(root) !== Deno.realPathSync(folder)) {
    return { why: `the folder lies in another repository, "${root}"`, advice: CLONE };
  }
  const head = ask(folder, "rev-parse", "--verify", "HEAD^{commit}");
  if ("out" in head) return { id: text(head.out).trim() };
  if (!head.why?.includes("Needed a single revision")) return reasonOf(folder, head.why);
  return { why: "the repository has no commit yet", advice: "Commit, so that runs name their commit" };
}

/** The changes in the working tree of a repository that has a commit; why they are unknown, where git fails. */
export function changesOf(folder: string): Changes | Unknown {
  const status = ask(folder, ...STATUS);
  if (!("out" in status)) return reasonOf(folder, status.why);
  const entries = splitNames(status.out);
  const isUntracked = (entry: Uint8Array): boolean => text(entry.subarray(0, 3)) === "?? ";
  const diff = entries.every(isUntracked) ? { out: new Uint8Array() } : ask(folder, ...DIFF);
  if (!("out" in diff)) return reasonOf(folder, diff.why);
  return {
    isDirty: entries.length > 0,
    diff: diff.out,
    untracked: entries.filter(isUntracked).map((entry) => entry.subarray(3)),
  };
}

const STATUS = ["status", "--porcelain", "-z", "--untracked-files=all", "--ignore-submodules=none"];

const DIFF = [
  "diff",
  "HEAD",
  "--patch",
  "--binary",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--unified=3",
  "--inter-hunk-context=0",
  // The commit of a submodule can be applied, changes inside it cannot.
  "--ignore-submodules=dirty",
  "--submodule=short",
];

const SETTINGS = {
  "core.quotePath": "false",
  // It may name a program, and that program may be wrong.
  "core.fsmonitor": "false",
  "core.safecrlf": "false",
  // What a hook would do is the user's, and no part of a question.
  "core.hooksPath": "/dev/null",
  "color.ui": "false",
  "diff.autoRefreshIndex": "true",
  "diff.orderFile": "/dev/null",
  // Copies could not be applied when their source changes, too.
  "diff.renames": "false",
  "status.renames": "false",
};

/** Git's output, or the words with which it failed; undefined words when there is no git. */
export type Answer = { readonly out: Uint8Array } | { readonly why: string | undefined };

/** Asks git in a folder, whatever the user has set. */
export function ask(folder: string, ...args: readonly string[]): Answer {
  const settings = Object.entries(SETTINGS).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  try {
    const { success, stdout, stderr } = new Deno.Command("git", {
      args: ["-C", folder, ...settings, ...args],
      clearEnv: true,
      env: environment(),
      stdin: "null",
    }).outputSync();
    return success ? { out: stdout } : { why: text(stderr).trim() };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return { why: undefined };
    }
    throw error;
  }
}

/** Ours without what turns git to other files or other words; where its configuration lies stays the user's matter. */
function environment(): Record<string, string> {
  const kept = Object.entries(childEnvironment()).filter(([name]) =>
    !/^(GIT_(?!CONFIG)|LC_|LANG)/i.test(name)
  );
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
  };
}

const CLONE = "Clone with git, so that runs name their commit";

/** Why git said no, told apart by its words. */
export function reasonOf(folder: string, words: string | undefined): Unknown {
  if (words === undefined) {
    return { why: "git is not installed", advice: "Install git, so that runs name their commit" };
  }
  if (/dubious ownership|owned by someone else/.test(words)) {
    return {
      why: "git refuses the repository: another user owns it (dubious ownership)",
      advice: `Trust it: git config --global --add safe.directory "${folder}"`,
    };
  }
  if (/not a git repository/i.test(words) && !exists(join(folder, ".git"))) {
    return { why: "no repository here", advice: CLONE };
  }
  return { why: `git fails: ${words.split("\n")[0]}`, advice: `Mend what "git -C ${folder} status" says` };
}

/** What git wrote, as text. */
export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
