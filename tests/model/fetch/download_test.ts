/** Downloads: whatever the server does, a name stands for whole and checked content, and no byte comes twice without need. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../../lib/files.ts";
import { sha256 } from "../../../lib/hash.ts";
import { download, type DownloadOptions, type Remote } from "../../../lib/model/fetch/download.ts";
import { withFolder } from "../_models.ts";
import { type Hub, startHub, type Trouble } from "./_hub.ts";

const CONTENT = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919) % 251);
const PATIENCE = 1;

/** Downloads the hub's one large file with this trouble. */
async function trial(
  trouble: Trouble,
  use: (hub: Hub, get: (options?: DownloadOptions, remote?: Partial<Remote>) => Promise<void>, at: {
    readonly path: string;
    readonly part: string;
  }) => Promise<void>,
): Promise<void> {
  await using hub = startHub({ "a.safetensors": CONTENT });
  hub.trouble = trouble;
  await withFolder(async (folder) => {
    const at = { path: join(folder, "a"), part: join(folder, "a.part") };
    const whole: Remote = {
      url: `${hub.endpoint}/store/a.safetensors`,
      size: CONTENT.length,
      hash: { kind: "sha256", hex: sha256(CONTENT) },
    };
    await use(
      hub,
      (options, remote) => download({ ...whole, ...remote }, at, { patience: PATIENCE, ...options }),
      at,
    );
  });
}

Deno.test("a connection that dies is taken up where it ended, until all is there", async () => {
  await trial({ dieAfter: 30_000, deaths: 3 }, async (hub, get, { path, part }) => {
    const seen: number[] = [];
    await get({ onBytes: (done) => seen.push(done) });
    deepStrictEqual(Deno.readFileSync(path), CONTENT);
    ok(!exists(part));
    strictEqual(hub.sent, CONTENT.length);
    strictEqual(hub.requests.length, 4);
    deepStrictEqual(seen, seen.toSorted((a, b) => a - b));
    strictEqual(seen.at(-1), CONTENT.length);
  });
});

Deno.test("what an earlier call brought is not asked for again", async () => {
  await trial({}, async (hub, get, { path, part }) => {
    Deno.writeFileSync(part, CONTENT.subarray(0, 60_000));
    await get();
    deepStrictEqual(Deno.readFileSync(path), CONTENT);
    deepStrictEqual([hub.sent, hub.requests], [40_000, ["GET /store/a.safetensors bytes=60000-"]]);
  });
});

Deno.test("a part with other bytes, as a crash may leave one, is downloaded again", async () => {
  await trial({}, async (hub, get, { path, part }) => {
    Deno.writeFileSync(part, new Uint8Array(60_000));
    await get();
    deepStrictEqual(Deno.readFileSync(path), CONTENT);
    deepStrictEqual(hub.requests.map((line) => line.includes("bytes=")), [true, false]);
  });
});

Deno.test("a part that is whole is checked and taken without a request", async () => {
  await trial({}, async (hub, get, { path, part }) => {
    Deno.writeFileSync(part, CONTENT);
    await get();
    deepStrictEqual([exists(path), hub.requests], [true, []]);
  });
});

Deno.test("a server that knows no ranges sends all, a part that is too long is none", async () => {
  await trial({ ignoreRange: true }, async (_hub, get, { path, part }) => {
    Deno.writeFileSync(part, CONTENT.subarray(0, 60_000));
    await get();
    deepStrictEqual(Deno.readFileSync(path), CONTENT);
  });
  for (const size of [CONTENT.length, undefined]) {
    await trial({}, async (_hub, get, { path, part }) => {
      Deno.writeFileSync(part, new Uint8Array(CONTENT.length + 5));
      await get({}, { size });
      deepStrictEqual(Deno.readFileSync(path), CONTENT);
    });
  }
});

Deno.test("other bytes than the hash says are one line, and nothing of them stays", async () => {
  await trial({ wrongBytes: true }, async (_hub, get, { path, part }) => {
    await rejects(get(), {
      name: "UserError",
      message: /^Cannot use http:.*sha256 hash \w{64}, expected \w{64}; nothing of it was kept[^\n]*$/,
    });
    deepStrictEqual([exists(path), exists(part)], [false, false]);
  });
});

Deno.test("a server that keeps failing ends in one line, what came stays for the next call", async () => {
  await trial({ dieAfter: 10 }, async (hub, get, { path, part }) => {
    hub.trouble.deaths = Infinity;
    Deno.writeFileSync(part, CONTENT.subarray(0, 60_000));
    hub.trouble = { dieAfter: 0 };
    await rejects(get(), { name: "UserError", message: /^Cannot get http.*run the same command again/ });
    deepStrictEqual([exists(path), Deno.statSync(part).size], [false, 60_000]);
    hub.trouble = {};
    await get();
    deepStrictEqual(Deno.readFileSync(path), CONTENT);
  });
  await trial({ status: 503 }, async (_hub, get) => {
    await rejects(get(), /the server says 503; run the same command again/);
  });
});

Deno.test("a refusal is said at once", async () => {
  await trial({ status: 403 }, async (hub, get) => {
    await rejects(get(), { name: "UserError", message: /the server says 403$/ });
    strictEqual(hub.requests.length, 1);
  });
});

Deno.test("an interrupted download leaves a part that the next call goes on with", async () => {
  await trial({ dieAfter: 50_000 }, async (hub, get, { path, part }) => {
    const abort = new AbortController();
    const reason = new Error("Ctrl-C");
    await rejects(get({ signal: abort.signal, onBytes: () => abort.abort(reason) }), reason);
    ok(!exists(path));
    const there = Deno.statSync(part).size;
    ok(there > 0 && there < CONTENT.length, `${there}`);
    hub.trouble = {};
    hub.sent = 0;
    await get();
    deepStrictEqual(Deno.readFileSync(path), CONTENT);
    strictEqual(hub.sent, CONTENT.length - there);
  });
});
