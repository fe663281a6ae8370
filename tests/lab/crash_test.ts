/**
 * Whatever ends the lab, the next start ends with the bytes of an undisturbed run.
 *
 * `LINGUALIFT_KILLS` and `LINGUALIFT_KILL_SEED` repeat the first test with other numbers.
 * @module
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../lib/files.ts";
import { filesBelow } from "../../lib/lab/code/closure.ts";
import { labPaths } from "../../lib/lab/record/paths.ts";
import { stream } from "../../lib/random.ts";
import {
  copyFixtures,
  deno,
  edit,
  type Ended,
  experimentArgs,
  labDigest,
  removeInUse,
  withFolder,
} from "./_lab.ts";
import { succeeds, withSmallDisk } from "./_machine.ts";

const KILLS = Number(Deno.env.get("LINGUALIFT_KILLS") ?? 100);
const SEED = Number(Deno.env.get("LINGUALIFT_KILL_SEED") ?? 1);

/** When to kill: this long after the given line of standard error (0: after the start). */
interface Moment {
  readonly line: number;
  readonly ms: number;
}

/** Starts the lab and kills it at the moment. @returns whether the kill came before its end */
async function startAndKill(args: readonly string[], { line, ms }: Moment): Promise<boolean> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  })
    .spawn();
  let seen = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const aim = (): void => {
    timer ??= setTimeout(() => ended || child.kill("SIGKILL"), ms);
  };
  if (line === 0) aim();
  for await (const chunk of child.stderr) {
    seen += chunk.filter((byte) => byte === 10).length;
    if (seen >= line) aim();
  }
  const status = await child.status;
  ended = true;
  clearTimeout(timer);
  return status.signal === "SIGKILL";
}

Deno.test(`a lab killed at ${KILLS} random moments (seed ${SEED}) ends with the bytes of an undisturbed run`, async () => {
  await withFolder(async (folder) => {
    const { experiments, method } = copyFixtures(folder);
    edit(method, "work: 0,", "work: 40,");
    const undisturbed = join(folder, "undisturbed");
    const killed = join(folder, "killed");
    const chosen = [
      "toy",
      "--scale",
      "smoke",
      "--jobs",
      "2",
      "--variant",
      "Toy",
      "--variant",
      "w/o transfer",
    ];
    const args = (lab: string): string[] => experimentArgs(lab, chosen, experiments);
    strictEqual((await deno(args(undisturbed))).code, 0);
    const expected = await labDigest(undisturbed);

    const moments = stream(SEED, "crash");
    let [kills, completed] = [0, 0];
    while (kills < KILLS) {
      const isLate = moments.uniform() < 0.6;
      const moment = { line: isLate ? moments.int(1, 10) : 0, ms: moments.int(0, isLate ? 100 : 600) };
      if (await startAndKill(args(killed), moment)) {
        kills += 1;
        continue;
      }
      completed += 1;
      deepStrictEqual(await labDigest(killed), expected);
      // What is rebuilt from the records alone says the same.
      if (completed % 2 === 0) await removeInUse(killed);
      else Deno.removeSync(labPaths(killed).database);
    }
    const last = await deno(args(killed));
    strictEqual(last.code, 0, last.stderr);
    deepStrictEqual(await labDigest(killed), expected);
    strictEqual(exists(labPaths(killed).quarantine), false, "a kill left something torn");
    ok(completed < KILLS);
  });
});

Deno.test("a step that is killed goes on from its checkpoint", async () => {
  await withFolder(async (folder) => {
    const { experiments, method } = copyFixtures(folder);
    edit(method, "work: 0,", "work: 600,");
    const args = experimentArgs(
      join(folder, "lab"),
      ["toy", "--scale", "smoke", "--variant", "Toy"],
      experiments,
    );
    const checkpoints = labPaths(join(folder, "lab")).checkpoints;
    const reached = (): number => {
      if (!exists(checkpoints)) return 0;
      const files = filesBelow(checkpoints).filter((file) => file.endsWith("at.txt"));
      return Math.max(0, ...files.map((file) => Number(Deno.readTextFileSync(file))));
    };
    const child = new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "null", stderr: "null" })
      .spawn();
    while (reached() < 5) await new Promise((done) => setTimeout(done, 10));
    child.kill("SIGKILL");
    await child.status;
    const at = reached();
    ok(at >= 5);
    const { code, stderr } = await deno(args);
    strictEqual(code, 0, stderr);
    strictEqual(reached(), 0);
  });
});

Deno.test("two labs started at once on one store: one waits for the other and says for whom", async () => {
  await withFolder(async (folder) => {
    const { experiments, method } = copyFixtures(folder);
    edit(method, "work: 0,", "work: 200,");
    const [one, both] = [join(folder, "one"), join(folder, "both")];
    const args = (lab: string, more: string[] = []): string[] =>
      experimentArgs(lab, ["toy", "--scale", "smoke", "--json", ...more], experiments);
    const alone = await deno(args(one));
    const [first, second] = await Promise.all([deno(args(both)), deno(args(both))]);
    deepStrictEqual([first.code, second.code], [0, 0], first.stderr + second.stderr);
    deepStrictEqual([first.stdout, second.stdout], [alone.stdout, alone.stdout]);
    match(
      first.stderr + second.stderr,
      /Waiting for process \d+ on .* \(deno task experiment .*\), which holds ".*both"/,
    );
    deepStrictEqual(await labDigest(both), await labDigest(one));
    const runs = (ended: Ended): number => ended.stderr.match(/: runs/g)?.length ?? 0;
    strictEqual(runs(first) + runs(second), runs(alone));
  });
});

Deno.test("a lab that may not wait ends and says who holds the store", async () => {
  await withFolder(async (folder) => {
    const { experiments, method } = copyFixtures(folder);
    edit(method, "work: 0,", "work: 3000,");
    const lab = join(folder, "lab");
    const args = experimentArgs(lab, ["toy", "--scale", "smoke"], experiments);
    const child = new Deno.Command(Deno.execPath(), { args, stdin: "null", stdout: "null", stderr: "null" })
      .spawn();
    while (!exists(labPaths(lab).checkpoints)) await new Promise((done) => setTimeout(done, 10));
    const { code, stderr } = await deno([...args, "--no-wait"]);
    strictEqual(code, 1);
    match(stderr, new RegExp(`^Cannot run: process ${child.pid} on .* holds ".*"\n$`));
    child.kill("SIGKILL");
    await child.status;
  });
});

Deno.test("Ctrl-C leaves a state to go on from, with exit code 130", async () => {
  await withFolder(async (folder) => {
    const { experiments, method } = copyFixtures(folder);
    edit(method, "work: 0,", "work: 400,");
    const [lab, undisturbed] = [join(folder, "lab"), join(folder, "undisturbed")];
    const args = (at: string): string[] => experimentArgs(at, ["toy", "--scale", "smoke"], experiments);
    const child = new Deno.Command(Deno.execPath(), {
      args: args(lab),
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    })
      .spawn();
    while (!exists(labPaths(lab).artifacts)) await new Promise((done) => setTimeout(done, 10));
    child.kill("SIGINT");
    // From a shell it comes twice: from the terminal, and passed on by deno task.
    await new Promise((done) => setTimeout(done, 50));
    child.kill("SIGINT");
    const { code, stderr } = await child.output();
    strictEqual(code, 130);
    match(
      new TextDecoder().decode(stderr),
      /interrupted \(0 of 3\)\nInterrupted: 0 of 3 runs done; the same command goes on from here\n$/,
    );
    strictEqual(exists(labPaths(lab).failed), false);
    const resumed = await deno(args(lab));
    strictEqual(resumed.code, 0);
    match(resumed.stderr, /pretrain: cached/);
    await deno(args(undisturbed));
    deepStrictEqual(await labDigest(lab), await labDigest(undisturbed));
  });
});

Deno.test("a full disk stops the lab with one clear line, wherever it fills up; with space it goes on", async (t) => {
  await withFolder(async (folder) => {
    const { experiments, method } = copyFixtures(folder);
    const [lab, undisturbed] = [join(folder, "lab"), join(folder, "undisturbed")];
    edit(method, "pretrain: { size: 1000 }", "pretrain: { size: 20000 }");
    const args = (at: string): string[] => experimentArgs(at, ["toy", "--scale", "smoke"], experiments);
    await deno(args(undisturbed));
    const expected = await labDigest(undisturbed);
    for (const size of ["4k", "64k", "400k", "1200k"]) {
      Deno.mkdirSync(lab);
      await withSmallDisk(t, { at: lab, size }, async () => {
        // Not a byte is left where nothing but folders fits.
        if (size === "4k") Deno.writeFileSync(join(lab, "other"), new Uint8Array(4096));
        const { code, stderr } = await deno(args(lab));
        strictEqual(code, 2, `${size}: exit code ${code}: ${stderr}`);
        match(stderr, /the disk is full; free some space and run again to resume\n$/, size);
        ok(!/ {4}at /.test(stderr), `a stack at ${size}: ${stderr}`);
        ok(succeeds("mount", "-o", "remount,size=64m", lab));
        const resumed = await deno(args(lab));
        strictEqual(resumed.code, 0, `${size}: ${resumed.stderr}`);
        deepStrictEqual(await labDigest(lab), expected, size);
      });
      Deno.removeSync(lab, { recursive: true });
    }
  });
});
