/** Locks between processes: one holder at a time, whatever happens to it. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../lib/files.ts";
import { holderOf, isHeld, lock, tryLock } from "../../lib/lab/run/lock.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { withFolder } from "./_lab.ts";

Deno.test("tryLock() lets one in at a time and says who it is", async () => {
  await withFolder((folder) => {
    const path = join(folder, "lock");
    const first = tryLock(path, "first");
    ok(first);
    strictEqual(tryLock(path, "second"), undefined);
    deepStrictEqual({ ...holderOf(path), host: "" }, { pid: Deno.pid, host: "", what: "first" });
    first.release();
    strictEqual(exists(path), false);
    const again = tryLock(path, "second");
    ok(again);
    again.release();
    return Promise.resolve();
  });
});

Deno.test("lock() waits in turn: increments by many waiters are never lost", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "lock");
    let [inside, most, count] = [0, 0, 0];
    await Promise.all(Array.from({ length: 8 }, async () => {
      const held = await lock(path, "counting");
      most = Math.max(most, ++inside);
      const before = count;
      await new Promise((done) => setTimeout(done, 2));
      count = before + 1;
      inside -= 1;
      held.release();
    }));
    deepStrictEqual([most, count], [1, 8]);
  });
});

Deno.test("lock() says who holds it, however long that one takes to write its name", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "lock");
    // A process is stopped between taking the lock and writing its name.
    const unnamed = Deno.openSync(path, { read: true, write: true, create: true });
    ok(unnamed.tryLockSync(true));
    const told: unknown[] = [];
    const waiting = lock(path, "mine", { onWait: (holder) => told.push(holder?.what) });
    await new Promise((done) => setTimeout(done, 120));
    deepStrictEqual(told, []);
    unnamed.writeSync(new TextEncoder().encode(JSON.stringify({ pid: 1, host: "here", what: "slow" })));
    await new Promise((done) => setTimeout(done, 120));
    deepStrictEqual(told, ["slow"]);
    unnamed.close();
    (await waiting).release();
    deepStrictEqual(told, ["slow"]);
  });
});

Deno.test("lock() says that it does not know the holder when that one never writes a name", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "lock");
    using unnamed = Deno.openSync(path, { read: true, write: true, create: true });
    ok(unnamed.tryLockSync(true));
    const told: unknown[] = [];
    await rejects(
      lock(path, "mine", {
        onWait(holder) {
          told.push(holder);
          throw new Error("enough");
        },
      }),
      /enough/,
    );
    deepStrictEqual(told, [undefined]);
  });
});

Deno.test("lock() is free again when its holder is killed, and can be given up while waiting", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "lock");
    const script = `import { tryLock } from "${join(ROOT, "lib/lab/run/lock.ts")}";
      tryLock(${JSON.stringify(path)}, "child"); console.log("held"); setInterval(() => {}, 1000);`;
    const file = join(folder, "child.ts");
    Deno.writeTextFileSync(file, script);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-A", `--config=${join(ROOT, "deno.json")}`, file],
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    await reader.read();
    strictEqual(tryLock(path, "mine"), undefined);
    const holders: (number | undefined)[] = [];
    const giveUp = new AbortController();
    const waiting = lock(path, "mine", {
      signal: giveUp.signal,
      onWait: (holder) => {
        holders.push(holder?.pid);
        giveUp.abort(new Error("enough"));
      },
    });
    await rejects(waiting, /enough/);
    deepStrictEqual(holders, [child.pid]);
    strictEqual(isHeld(path), true);
    child.kill("SIGKILL");
    await child.status;
    reader.releaseLock();
    await child.stdout.cancel();
    deepStrictEqual([exists(path), isHeld(path), isHeld(`${path}2`)], [true, false, false]);
    const held = await lock(path, "mine");
    held.release();
  });
});

Deno.test("where a file system has no locks, a lock is given: it saves work, and nothing hangs on it", async () => {
  const { tryLockSync } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.tryLockSync = () => {
    throw Object.assign(new Error("No locks available (os error 37)"), { code: "ENOLCK" });
  };
  try {
    await withFolder((folder) => {
      const path = join(folder, "lock");
      const [one, two] = [tryLock(path, "one"), tryLock(path, "two")];
      ok(one && two);
      one.release();
      two.release();
      return Promise.resolve();
    });
  } finally {
    Deno.FsFile.prototype.tryLockSync = tryLockSync;
  }
});

Deno.test("release() leaves a lock file alone that is another one's by now", async () => {
  await withFolder((folder) => {
    const path = join(folder, "lock");
    const first = tryLock(path, "first");
    Deno.removeSync(path);
    const second = tryLock(path, "second");
    ok(first && second);
    first.release();
    strictEqual(holderOf(path)?.what, "second");
    second.release();
    strictEqual(exists(path), false);
    return Promise.resolve();
  });
});
