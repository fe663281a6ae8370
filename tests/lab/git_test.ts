/** What the lab learns from git, with real repositories, whatever their configuration, environment and file names. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { atLeast } from "../../lib/checked.ts";
import { sha256 } from "../../lib/hash.ts";
import { type Commit, commitOf } from "../../lib/lab/record/git.ts";
import { nameText, quoteName, splitNames } from "../../lib/lab/record/git_names.ts";
import { objectPath } from "../../lib/lab/record/objects.ts";
import { labPaths } from "../../lib/lab/record/paths.ts";
import { gitProvenance } from "../../lib/lab/record/provenance.ts";
import { elsewhere } from "../_elsewhere.ts";
import { withFolder } from "./_lab.ts";
import { skip, succeeds } from "./_machine.ts";

/** Git as a person calls it who has configured nothing. */
function git(folder: string, ...args: string[]): string {
  const { success, stdout, stderr } = new Deno.Command("git", {
    args: ["-C", folder, "-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "core.excludesFile=", ...args],
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH")!, HOME: "/nowhere", GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" },
  }).outputSync();
  const [out, errors] = atLeast([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)), 1);
  if (!success) throw new Error(`git ${args.join(" ")}: ${errors}${out}`);
  return out;
}

function write(folder: string, name: string, content: string | Uint8Array): void {
  const path = join(folder, name);
  Deno.mkdirSync(join(path, ".."), { recursive: true });
  Deno.writeFileSync(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
}

/** A repository with these files committed. */
function repository(folder: string, files: Record<string, string | Uint8Array>): string {
  Deno.mkdirSync(folder, { recursive: true });
  git(folder, "init", "-q");
  for (const [name, content] of Object.entries(files)) write(folder, name, content);
  git(folder, "add", "-A");
  git(folder, "commit", "-q", "--allow-empty", "-m", "first");
  return folder;
}

/** Configuration with which git's output is no patch, or another program's. */
const HOSTILE_CONFIG: Record<string, string> = {
  "color.ui": "always",
  "color.diff": "always",
  "color.status": "always",
  "core.quotePath": "true",
  "core.pager": "false",
  "core.fsmonitor": "/bin/false",
  "diff.external": "/bin/echo",
  "diff.noprefix": "true",
  "diff.mnemonicPrefix": "true",
  "diff.renames": "copies",
  "diff.context": "0",
  "diff.interHunkContext": "9",
  "diff.orderFile": "/nonexistent",
  "diff.autoRefreshIndex": "false",
  "diff.suppressBlankEmpty": "true",
  "diff.submodule": "log",
  "diff.ignoreSubmodules": "all",
  "diff.algorithm": "patience",
  "diff.upper.textconv": "tr a-z A-Z <",
  "status.branch": "true",
  "status.showUntrackedFiles": "no",
  "status.relativePaths": "false",
};

/** Environment as a hook of another repository has it, and worse. */
const HOSTILE_ENVIRONMENT: Record<string, string> = {
  GIT_DIR: "/nonexistent/.git",
  GIT_WORK_TREE: "/tmp",
  GIT_INDEX_FILE: "/nonexistent/index",
  GIT_OBJECT_DIRECTORY: "/nonexistent/objects",
  GIT_EXTERNAL_DIFF: "/bin/echo",
  GIT_DIFF_OPTS: "-u0",
  GIT_LITERAL_PATHSPECS: "1",
  GIT_PAGER: "false",
  GIT_TRACE: "1",
  LC_ALL: "de_DE.UTF-8",
  LANGUAGE: "de",
  LD_LIBRARY_PATH: "/usr/lib",
};

/** What is recorded of a repository with a hostile configuration, in a hostile environment. */
async function recorded(folder: string, lab: string): Promise<Record<string, string>> {
  const config = join(folder, ".git", "config");
  const lines = Object.entries(HOSTILE_CONFIG).map(([key, value]) => {
    const [section, ...rest] = key.split(".");
    const heading = rest.length === 1 ? `[${section}]` : `[${section} "${rest[0]}"]`;
    return `${heading}\n${rest.at(-1)} = ${value}\n`;
  });
  const plain = Deno.readTextFileSync(config);
  Deno.writeTextFileSync(config, plain + lines.join(""));
  try {
    const args = [labPaths(lab), folder];
    const { value } = await elsewhere<Record<string, string>>(
      "lib/lab/record/provenance.ts",
      "gitProvenance",
      args,
      HOSTILE_ENVIRONMENT,
    );
    return value;
  } finally {
    Deno.writeTextFileSync(config, plain);
  }
}

/** Makes the commit and its recorded changes again in a fresh clone. @returns the hash of the tracked files there */
function madeAgain(repo: string, provenance: Record<string, string>, lab: string): string {
  const clone = `${repo}-again`;
  git(repo, "-c", "protocol.file.allow=always", "clone", "-q", repo, clone);
  git(clone, "checkout", "-q", provenance.commit!);
  if (provenance.diff) git(clone, "apply", "--index", objectPath(labPaths(lab), provenance.diff));
  const tree = git(clone, "write-tree");
  Deno.removeSync(clone, { recursive: true });
  return tree;
}

/** The hash of the tracked files as they are, without what is untracked. */
function trackedTree(repo: string): string {
  git(repo, "add", "-u");
  return git(repo, "write-tree");
}

const text = fc.array(fc.constantFrom("a", "b", "", "ü", "\u001b[31m", "-- x", "日本"), { maxLength: 9 })
  .chain((lines) => fc.constantFrom("\n", "\r\n").map((end) => lines.join(end)));
const content = fc.oneof(
  text.map((lines) => new TextEncoder().encode(lines)),
  fc.uint8Array({ maxLength: 40 }),
);
/** Names of files that Linux takes; the first letters keep them apart from ".", ".git" and each other's folders. */
const part = fc.string({ unit: "grapheme", maxLength: 12 }).map((name) =>
  name.replace(/[/\0]/g, "_").toWellFormed()
);
const fileName = fc.tuple(fc.constantFrom("f", "-f", " f", '"f', "f\t", "f\n", "ü/f", "d/f"), part)
  .map(([first, rest]) => `${first}${rest}`)
  .filter((name) => new TextEncoder().encode(name).length < 200);
const change = fc.oneof(
  content.map((bytes) => ({ do: "write", bytes }) as const),
  fc.constantFrom(
    { do: "remove" } as const,
    { do: "rename" } as const,
    { do: "execute" } as const,
    { do: "link" } as const,
    { do: "touch" } as const,
  ),
);

Deno.test("what is recorded of a changed checkout makes it again: any names, bytes, configuration, environment", async () => {
  await withFolder(async (folder) => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fileName, content, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
        fc.array(fc.tuple(fc.nat(), change), { maxLength: 4 }),
        fc.dictionary(fileName, content, { maxKeys: 3, noNullPrototype: true }),
        fc.constantFrom("false", "true", "input"),
        async (files, changed, untracked, autocrlf) => {
          const repo = repository(join(folder, `r${number++}`), {
            ...files,
            ".gitattributes": "*a diff=upper\n",
          });
          git(repo, "config", "core.autocrlf", autocrlf);
          for (const [at, what] of changed) {
            alter(repo, Object.keys(files)[at % Object.keys(files).length]!, what);
          }
          const others = Object.entries(untracked).map(([name, bytes]) => [`u_${name}`, bytes] as const);
          for (const [name, bytes] of others) write(repo, name, bytes);
          const lab = `${repo}-lab`;
          const provenance = await recorded(repo, lab);
          strictEqual(provenance.commit, git(repo, "rev-parse", "HEAD").trim());
          const lines = others.map(([name, bytes]) =>
            `${quoteName(new TextEncoder().encode(name))} ${sha256(bytes)}`
          );
          deepStrictEqual(provenance.untracked?.split("\n").sort() ?? [], lines.sort());
          strictEqual(madeAgain(repo, provenance, lab), trackedTree(repo));
        },
      ),
      { numRuns: 25 },
    );
  });
});

function alter(repo: string, name: string, what: { do: string; bytes?: Uint8Array }): void {
  const path = join(repo, name);
  // What was removed or renamed is not tracked any more, what is a link now leads elsewhere.
  const isThere = succeeds("test", "-f", path);
  if (!isThere) return;
  if (what.do === "write") Deno.writeFileSync(path, what.bytes!);
  if (what.do === "execute") Deno.chmodSync(path, 0o755);
  if (what.do === "touch") Deno.utimeSync(path, 1, 1);
  if (what.do === "remove" || what.do === "link") Deno.removeSync(path);
  if (what.do === "link") Deno.symlinkSync("elsewhere ü", path);
  if (what.do === "rename") git(repo, "mv", "--", name, `${name}.moved`);
}

Deno.test("a submodule's new commit is in the recorded diff, and changes inside it make the checkout dirty", async () => {
  await withFolder(async (folder) => {
    const inner = repository(join(folder, "inner"), { a: "1" });
    const repo = repository(join(folder, "outer"), { b: "1" });
    git(repo, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub");
    git(repo, "commit", "-qm", "second");
    write(repo, "sub/a", "2");
    const lab = join(folder, "lab");
    const edited = await recorded(repo, lab);
    deepStrictEqual([edited.dirty, edited.diff], ["true", undefined]);
    git(join(repo, "sub"), "commit", "-qam", "second");
    const moved = await recorded(repo, lab);
    strictEqual(madeAgain(repo, moved, lab), trackedTree(repo));
  });
});

Deno.test("a merge with conflicts, a linked working tree, a repository inside and names that are no UTF-8 are recorded", async () => {
  await withFolder((folder) => {
    const main = repository(join(folder, "main"), { a: "1\n" });
    git(main, "checkout", "-qb", "other");
    write(main, "a", "2\n");
    git(main, "commit", "-qam", "other");
    const tree = join(folder, "tree");
    git(main, "worktree", "add", "-q", "-b", "third", tree, "HEAD~1");
    write(tree, "a", "3\n");
    git(tree, "commit", "-qam", "third");
    ok(!succeeds("git", "-C", tree, "-c", "user.name=A", "-c", "user.email=a", "merge", "-q", "other"));
    repository(join(tree, "inside"), {});
    ok(succeeds("bash", "-c", `printf x > '${tree}'/$'\\xff'`));
    const lab = join(folder, "lab");
    const { commit, dirty, diff, untracked } = gitProvenance(labPaths(lab), tree);
    deepStrictEqual([commit, dirty], [git(tree, "rev-parse", "third").trim(), "true"]);
    match(Deno.readTextFileSync(objectPath(labPaths(lab), diff!)), /^\+<<<<<<< HEAD$/m);
    strictEqual(untracked, 'inside/ (a repository of its own)\n"\\377" (name is not UTF-8)');
    return Promise.resolve();
  });
});

/** Why there is no commit, and the start of the advice. */
function unknown(folder: string): string[] {
  return reasonOf(commitOf(folder));
}

/** The same in another environment. */
async function unknownWith(env: Readonly<Record<string, string>>, folder: string): Promise<string[]> {
  return reasonOf((await elsewhere<Commit>("lib/lab/record/git.ts", "commitOf", [folder], env)).value);
}

function reasonOf(commit: Commit): string[] {
  return "id" in commit ? ["commit", commit.id] : [commit.why, commit.advice.split(",")[0]!.split(":")[0]!];
}

Deno.test("reasons for an unknown commit are told apart", async (t) => {
  await withFolder(async (folder) => {
    const outer = repository(join(folder, "outer"), { "lab/a": "1" });
    const inside = join(outer, "lab");

    await t.step("a folder in another repository does not get its commit", () => {
      deepStrictEqual(unknown(inside), [
        `the folder lies in another repository, "${outer}"`,
        "Clone with git",
      ]);
      const provenance = gitProvenance(labPaths(join(folder, "lab")), inside);
      deepStrictEqual([provenance.commit, provenance.dirty], ["unknown", "unknown"]);
      match(provenance["no commit because"]!, /another repository/);
    });

    await t.step(
      "no repository",
      () => deepStrictEqual(unknown(folder), ["no repository here", "Clone with git"]),
    );

    await t.step("a repository without a commit", () => {
      const empty = join(folder, "empty");
      Deno.mkdirSync(empty);
      git(empty, "init", "-q");
      deepStrictEqual(unknown(empty), ["the repository has no commit yet", "Commit"]);
    });

    await t.step("a repository seen through a link is the same", () => {
      Deno.symlinkSync(outer, join(folder, "link"));
      deepStrictEqual(unknown(join(folder, "link")), ["commit", git(outer, "rev-parse", "HEAD").trim()]);
    });

    await t.step("a damaged repository", () => {
      const damaged = repository(join(folder, "damaged"), { a: "1" });
      write(damaged, ".git/index", "no index");
      const provenance = gitProvenance(labPaths(join(folder, "lab")), damaged);
      deepStrictEqual([provenance.commit!.length, provenance.dirty], [40, "unknown"]);
      match(provenance["no diff because"]!, /^git fails: .*index/);
      Deno.removeSync(join(damaged, ".git", "HEAD"));
      match(unknown(damaged)[0]!, /^git fails: fatal: not a git repository/);
    });

    await t.step("no git", async () => {
      deepStrictEqual(await unknownWith({ PATH: folder }, outer), ["git is not installed", "Install git"]);
    });

    await t.step("a repository of another user", async (t) => {
      if (Deno.uid() !== 0 || !succeeds("chown", "-R", "12345", outer)) {
        return await skip(t, "only root can give a repository away");
      }
      deepStrictEqual(unknown(outer), [
        "git refuses the repository: another user owns it (dubious ownership)",
        "Trust it",
      ]);
      const config = join(folder, "gitconfig");
      Deno.writeTextFileSync(config, `[safe]\ndirectory = ${outer}\n`);
      strictEqual((await unknownWith({ GIT_CONFIG_GLOBAL: config }, outer))[0], "commit");
    });
  });
});

Deno.test("quoteName() writes any bytes in one line, from which they can be read back", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
    const name = bytes.map((byte) => byte || 1);
    const quoted = quoteName(name);
    match(quoted, /^[^\n\r\u2028\u2029]+$/);
    const read = quoted.startsWith('"')
      ? Array.from(
        quoted.slice(1, -1).matchAll(/\\(\d{3})|\\?(.)/gs),
        ([, octal, char]) => octal ? parseInt(octal, 8) : char!.charCodeAt(0),
      )
      : [...new TextEncoder().encode(quoted)];
    deepStrictEqual(read, [...name]);
    deepStrictEqual(splitNames(new Uint8Array([...name, 0, ...name, 0])), [name, name]);
    ok(
      nameText(name) === undefined ||
        nameText(name) === new TextDecoder("utf-8", { ignoreBOM: true }).decode(name),
    );
  }));
});
