/** A lab in a folder that several machines share: what is made twice counts once, and nobody touches what another one writes. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { dirname, join } from "node:path";
import { exists, writeFileAtomic } from "../../lib/files.ts";
import type { StepDefinition } from "../../lib/lab/experiment/types.ts";
import { loadArtifact } from "../../lib/lab/record/artifact.ts";
import { labPaths } from "../../lib/lab/record/paths.ts";
import { allAttempts, newAttempt, openTry, readResult } from "../../lib/lab/run/attempt.ts";
import { takeCheckpoints } from "../../lib/lab/run/checkpoints.ts";
import { sweep } from "../../lib/lab/run/left_behind.ts";
import type { WorkerRequest, WorkerResult } from "../../lib/lab/run/messages.ts";
import { runStep } from "../../lib/lab/run/step.ts";
import { withFolder } from "./_lab.ts";
import { hostAt } from "./_steps.ts";

/** A step of ten parts that goes on from its checkpoint; `salt` makes its bytes differ. */
function slow(salt: () => string): StepDefinition<string, { parts: number }> {
  return {
    id: "slow",
    version: 1,
    module: import.meta.url,
    async run(_, { dir, checkpointDir, progress }) {
      const file = join(checkpointDir, "at.txt");
      const first = exists(file) ? Number(Deno.readTextFileSync(file)) : 0;
      for (let part = first; part < 10; part++) {
        await new Promise((done) => setTimeout(done, 10));
        writeFileAtomic(file, String(part + 1));
        progress(part + 1, 10);
      }
      Deno.writeTextFileSync(join(dir, "model.bin"), `weights${salt()}`);
      return { parts: 10 };
    },
  };
}

/** While nobody waits for anybody. */
async function withoutLocks(use: () => Promise<void>): Promise<void> {
  const { tryLockSync } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.tryLockSync = () => true;
  try {
    await use();
  } finally {
    Deno.FsFile.prototype.tryLockSync = tryLockSync;
  }
}

Deno.test("two processes that make a step at once, where locks do not hold, both have the first one's", async () => {
  await withFolder((folder) =>
    withoutLocks(async () => {
      const paths = labPaths(folder);
      const heard: string[] = [];
      const made = await Promise.all(
        ["one", "two"].map((name) => runStep(slow(() => ""), "input", hostAt(paths, name, heard))),
      );
      const [first, second] = made.map(({ artifact, entry }) => ({ ...artifact, times: entry.wall_s }));
      deepStrictEqual(first, second);
      strictEqual(Deno.readTextFileSync(join(first!.dir, "model.bin")), "weights");
      deepStrictEqual(heard, []);
      strictEqual(exists(paths.quarantine), false);
      strictEqual([...Deno.readDirSync(paths.checkpoints)].length, 0);
    })
  );
});

Deno.test("a step that two processes make with other bytes is told, and the second one's is kept for a look", async () => {
  await withFolder((folder) =>
    withoutLocks(async () => {
      const paths = labPaths(folder);
      const heard: string[] = [];
      let calls = 0;
      const step = slow(() => String(calls++));
      const [one, two] = await Promise.all(
        ["one", "two"].map((name) => runStep(step, "input", hostAt(paths, name, heard))),
      );
      strictEqual(one!.artifact.key, two!.artifact.key);
      strictEqual(heard.length, 1);
      match(
        heard[0]!,
        /^Step "slow" was made twice at once and is not the same \(model\.bin\): the first one/,
      );
      strictEqual([...Deno.readDirSync(paths.quarantine)].length, 1);
    })
  );
});

Deno.test("a young artifact that does not look whole stays where it is, and gives way to one that is", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    const heard: string[] = [];
    const { artifact: { key, dir } } = await runStep(slow(() => ""), "input", hostAt(paths, "one", heard));
    Deno.truncateSync(join(dir, "model.bin"), 2);
    strictEqual(loadArtifact(paths, key, (message) => heard.push(message)), undefined);
    deepStrictEqual([heard, exists(dir)], [[], true]);
    await runStep(slow(() => ""), "input", hostAt(paths, "two", heard));
    strictEqual(Deno.readTextFileSync(join(dir, "model.bin")), "weights");
    match(heard.join(), /^File ".*model\.bin" is damaged or gone; set aside as ".*quarantine/);
    // One that has long been there is nobody's work in progress.
    Deno.truncateSync(join(dir, "model.bin"), 2);
    Deno.utimeSync(dir, 0, 0);
    strictEqual(loadArtifact(paths, key, (message) => heard.push(message)), undefined);
    strictEqual(exists(dir), false);
  });
});

Deno.test("takeCheckpoints() begins with what was written last, and leaves it to whoever wrote it", async () => {
  await withFolder((folder) => {
    const step = join(folder, "key");
    const write = (process: string, name: string, text: string, at: number): void => {
      const path = join(step, process, name);
      writeFileAtomic(path, text);
      Deno.utimeSync(path, at, at);
    };
    write("old", "state", "1", 100);
    write("new", "state", "2", 200);
    write("new", "parts/a", "3", 150);
    write("new", "state.0123.tmp", "half", 300);
    const own = takeCheckpoints(step, "mine");
    strictEqual(Deno.readTextFileSync(join(own, "state")), "2");
    strictEqual(Deno.readTextFileSync(join(own, "parts/a")), "3");
    strictEqual(exists(join(own, "state.0123.tmp")), false);
    // Each goes on by itself.
    writeFileAtomic(join(own, "state"), "mine");
    strictEqual(Deno.readTextFileSync(join(step, "new", "state")), "2");
    write("new", "state", "theirs", 400);
    strictEqual(Deno.readTextFileSync(join(own, "state")), "mine");
    return Promise.resolve();
  });
});

Deno.test("writeFileAtomic() in many processes at once leaves one whole file and nothing beside it", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "file");
    const module = new URL("../../lib/files.ts", import.meta.url).href;
    // Each in a process namespace of its own would have process id 1, as on two machines.
    const code = `import { writeFileAtomic } from "${module}";
      Object.defineProperty(Deno, "pid", { value: 1 });
      for (let i = 0; i < 200; i++) writeFileAtomic(${JSON.stringify(path)}, "x".repeat(50_000));`;
    const ended = await Promise.all(
      [1, 2].map(() => {
        const args = ["eval", `--config=${join(import.meta.dirname!, "../../deno.json")}`, code];
        return new Deno.Command(Deno.execPath(), { args, stdin: "null" }).output();
      }),
    );
    for (const { success, stderr } of ended) ok(success, new TextDecoder().decode(stderr));
    strictEqual(Deno.readTextFileSync(path).length, 50_000);
    deepStrictEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["file"]);
  });
});

Deno.test("of an attempt's processes one that is done counts before one that failed, whichever writes last", async () => {
  await withFolder((folder) => {
    const attempt = newAttempt(labPaths(folder), "run", {} as WorkerRequest);
    const failed: WorkerResult = { type: "failed", message: "no folder", stack: "", isForAll: false };
    strictEqual(readResult(attempt), undefined);
    openTry(attempt, "b").end(failed);
    strictEqual(readResult(attempt)?.type, "failed");
    openTry(attempt, "a").end({ type: "prepared" });
    openTry(attempt, "c").end(failed);
    strictEqual(readResult(attempt)?.type, "prepared");
    return Promise.resolve();
  });
});

Deno.test("sweep() clears away what is silent, and spares what is at work or in a queue's hands", async () => {
  await withFolder((folder) => {
    const paths = labPaths(folder);
    const [dead, alive, queued] = ["dead", "alive", "queued"].map((run) =>
      newAttempt(paths, run, {} as WorkerRequest)
    );
    writeFileAtomic(queued!.handle, JSON.stringify({ executor: "slurm", id: "lift.x.1_0" }));
    for (const { folder, request } of [dead!, queued!]) {
      Deno.utimeSync(request, 0, 0);
      Deno.utimeSync(folder, 0, 0);
    }
    // What a process wrote whose attempt had been cleared away.
    const late = join(paths.jobs, "late", "attempt", "process", "result.json");
    writeFileAtomic(late, "");
    for (let path = late; path !== paths.jobs; path = dirname(path)) Deno.utimeSync(path, 0, 0);
    sweep(paths);
    strictEqual(exists(join(paths.jobs, "late")), false);
    deepStrictEqual(allAttempts(paths).map(({ run }) => run), ["alive", "queued"]);
    ok(exists(dirname(alive!.request)));
    return Promise.resolve();
  });
});
