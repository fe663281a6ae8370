/** `deno task bisect` in a repository of its own, whose commits change the toy experiment; and its parts. */
import { deepStrictEqual, match, ok, rejects, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { parseScore } from "../../../lib/cli/bisect/score.ts";
import { searchMove } from "../../../lib/cli/bisect/search.ts";
import { filesBelow } from "../../../lib/lab/code/closure.ts";
import { ROOT } from "../../../lib/lab/record/paths.ts";
import { SCHEMA_VERSION } from "../../../lib/store/schema.ts";
import { edit, withFolder } from "../_lab.ts";

/** What `deno task experiment` needs of the repository, and the toy. */
const PARTS = ["lib", "data/paper", "tests/lab/fixtures", "mod.ts", "deno.json", "deno.lock", ".gitignore"];
const METHOD = "tests/lab/fixtures/toy_method.ts";

const git = (folder: string, ...args: string[]) => {
  const { code, stdout, stderr } = new Deno.Command("git", {
    args: ["-C", folder, "-c", "user.name=T", "-c", "user.email=t@t", "-c", "commit.gpgSign=false", ...args],
  }).outputSync();
  strictEqual(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
};

/** A repository with one commit. @returns a function that commits what a change left, with the commit's name */
function repository(folder: string): (subject: string, change?: () => void) => string {
  for (const part of PARTS) {
    for (const file of filesBelow(join(ROOT, part))) {
      const to = join(folder, file.slice(ROOT.length));
      Deno.mkdirSync(join(to, ".."), { recursive: true });
      Deno.copyFileSync(file, to);
    }
  }
  git(folder, "init", "--quiet", "--initial-branch=main");
  return (subject, change) => {
    change?.();
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message", subject);
    return git(folder, "rev-parse", "HEAD");
  };
}

function bisect(folder: string, ...args: string[]) {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "task",
      "-q",
      "bisect",
      ...args,
      "--scale",
      "smoke",
      "--",
      "--experiments",
      "tests/lab/fixtures/experiments",
    ],
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function endOf(child: Deno.ChildProcess) {
  const { code, stdout, stderr } = await child.output();
  const [out, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, errors: errors! };
}

Deno.test("bisect names the commit that moved a score, runs what differs alone, and leaves the tree as it is", async () => {
  await withFolder(async (folder) => {
    const commit = repository(folder);
    const method = join(folder, METHOD);
    const good = commit("the toy");
    commit("a comment", () => edit(method, "/** Not in order", "/** These are not in order"));
    // Its store is one that earlier commits refuse.
    const schema = (version: number) => `SCHEMA_VERSION = ${version};`;
    commit("another learning rate", () => {
      edit(method, "lr: 0.001", "lr: 0.002");
      edit(join(folder, "lib/store/schema.ts"), schema(SCHEMA_VERSION), schema(SCHEMA_VERSION + 1));
    });
    const moved = commit("less skill", () => edit(method, "LR: 0.5 }", "LR: 0.1 }"));
    commit("does not parse", () => edit(method, "export const toyMethod", "export const const toyMethod"));
    commit("parses again", () => edit(method, "export const const", "export const"));
    Deno.writeTextFileSync(join(folder, "mine.txt"), "not committed");
    edit(method, "LR: 0.1 }", "LR: 0.3 }");
    const before = [
      git(folder, "status", "--porcelain"),
      git(folder, "worktree", "list"),
      git(folder, "diff"),
    ];

    const { code, out, errors } = await endOf(bisect(folder, "toy", "sums/Toy/LR", "--good", good, "--json"));
    strictEqual(code, 0, errors);
    const found = JSON.parse(out);
    deepStrictEqual(found.commits.map(({ id, subject }: { id: string; subject: string }) => [id, subject]), [
      [moved, "less skill"],
    ]);
    ok(found.before > found.after, `${found.before} -> ${found.after}`);
    deepStrictEqual(found.changed, ["recipe: skill.LR 0.5 -> 0.1", `code: ${METHOD} changed`]);
    match(errors, /^Changes that are not committed are not looked at$/m);
    match(errors, /^5 commits after [0-9a-f]{8} up to [0-9a-f]{8}$/m);
    deepStrictEqual(
      [git(folder, "status", "--porcelain"), git(folder, "worktree", "list"), git(folder, "diff")],
      before,
    );
    ok(!exists(join(folder, ".lab", "bisect")), "what it needed is cleared away");

    const same = await endOf(bisect(folder, "toy", "sums/Toy/HR", "--good", good));
    deepStrictEqual([same.code, same.out], [1, ""]);
    match(same.errors, /^Nothing to find: the score is \d+\.\d\d % at both ends$/m);
    const none = await endOf(bisect(folder, "toy", "sums/Toy/LR"));
    strictEqual(none.code, 2);
    match(
      none.errors,
      /there is no baseline "reports\/baselines\/toy\.mini\.smoke\.json"; name it with --good$/m,
    );
    const unknown = await endOf(bisect(folder, "toy", "sum/Toy/LR", "--good", good));
    strictEqual(unknown.code, 2);
    match(unknown.errors, /Unknown score "sum\/Toy\/LR" \(accuracy\): did you mean "sums\/Toy\/LR"\?/);
    const turned = await endOf(bisect(folder, "toy", "sums/Toy/LR", "--good", "HEAD", "--bad", good));
    match(turned.errors, /the first is no ancestor of the second/);
  });
});

function exists(path: string): boolean {
  try {
    return Deno.statSync(path) !== undefined;
  } catch {
    return false;
  }
}

Deno.test("Ctrl-C ends a bisect with 130, and the same command goes on with the runs that are there", async () => {
  await withFolder(async (folder) => {
    const commit = repository(folder);
    const method = join(folder, METHOD);
    const good = commit("the toy", () => edit(method, "work: 0,", "work: 600,"));
    commit("less skill", () => edit(method, "LR: 0.5 }", "LR: 0.1 }"));
    const child = bisect(folder, "toy", "sums/Toy/LR", "--good", good);
    const records = join(folder, ".lab/bisect/records");
    for (const start = performance.now(); !exists(records) || [...Deno.readDirSync(records)].length === 0;) {
      ok(performance.now() - start < 120_000, "no run was done");
      await new Promise((done) => setTimeout(done, 50));
    }
    child.kill("SIGINT");
    const stopped = await endOf(child);
    strictEqual(stopped.code, 130, stopped.errors);
    match(stopped.errors, /Interrupted: the same command goes on from here\n$/);
    const { code, out, errors } = await endOf(bisect(folder, "toy", "sums/Toy/LR", "--good", good));
    strictEqual(code, 0, errors);
    match(
      out,
      /^toy sums\/Toy\/LR, smoke, seed 1: \d+\.\d\d % -> \d+\.\d\d %\nmoved by\n {2}[0-9a-f]{8} .* less skill\n/,
    );
    match(errors, /, the run of another commit {2}less skill$/m);
  });
});

Deno.test("searchMove() finds the one place where values change, around places without a value, in few steps", async () => {
  const rows = fc.record({
    length: fc.integer({ min: 2, max: 60 }),
    at: fc.nat(),
    missing: fc.array(fc.nat()),
  });
  await fc.assert(
    fc.asyncProperty(rows, async ({ length, at, missing }) => {
      const first = 1 + at % (length - 1), last = length - 1;
      const gone = new Set(missing.map((one) => one % length).filter((one) => one !== 0 && one !== last));
      let asked = 0;
      const found = await searchMove({ before: 0, after: last }, { before: 0.5, after: 0.4 }, (place) => {
        asked++;
        return Promise.resolve(gone.has(place) ? undefined : place < first ? 0.5 : 0.4);
      });
      ok(found.before < first && first <= found.after && !found.isSeveral);
      for (let place = found.before + 1; place < found.after; place++) ok(gone.has(place));
      // ceil(log2(last)) is what a binary search over the last - 1 places between the ends takes.
      ok(asked <= Math.ceil(Math.log2(last)) + gone.size, `${asked} of ${length}`);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("searchMove() takes a value of neither end for the nearer one's, and says that there are several", async () => {
  const values = [0.5, 0.48, 0.41, 0.4];
  const found = await searchMove(
    { before: 0, after: 3 },
    { before: 0.5, after: 0.4 },
    (place) => Promise.resolve(values[place]),
  );
  deepStrictEqual(found, { before: 1, after: 2, isSeveral: true });
  await rejects(
    searchMove({ before: 0, after: 2 }, { before: 1, after: 0 }, () => Promise.reject(new Error("no"))),
    /^Error: no$/,
  );
});

Deno.test("parseScore() takes slashes in a variant's name, and says what it expects", () => {
  deepStrictEqual(parseScore("mgsm/w/o Language-Align/avg", "accuracy"), {
    benchmark: "mgsm",
    variant: "w/o Language-Align",
    scope: "avg",
    metric: "accuracy",
  });
  const { benchmark, variant, scope } = parseScore("/LinguaLIFT/", "training (updates)");
  deepStrictEqual([benchmark, variant, scope], ["", "LinguaLIFT", ""]);
  for (const wrong of ["", "mgsm", "mgsm/avg", "/a/b", "a//b"]) {
    throws(
      () => parseScore(wrong, "accuracy"),
      /^UserError: Cannot use .* expected BENCHMARK\/VARIANT\/SCOPE/,
    );
  }
});
