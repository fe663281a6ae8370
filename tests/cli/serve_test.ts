/** `deno task serve`: what it gives to whom, how it follows a store, and how it ends. */
import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { copyStore } from "../../lib/cli/serve/draw.ts";
import { exists, removeTree } from "../../lib/files.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { writeReport } from "../../lib/report/write_report.ts";
import { deno, withFolder } from "../lab/_lab.ts";
import { change, writeStore } from "../report/_store.ts";
import { until, withServer } from "./_serve.ts";

const SECRET = "not for anybody";

/** A lab with a written site, a secret beside it, and links that lead out of the site. */
async function writeLab(folder: string): Promise<{ lab: string; site: string }> {
  const lab = join(folder, "lab"), site = join(lab, "site");
  Deno.mkdirSync(lab);
  await writeStore(join(lab, "lab.duckdb"), { seeds: [1], items: 12 });
  await writeReport({ store: join(lab, "lab.duckdb"), out: site });
  Deno.writeTextFileSync(join(lab, "secret.txt"), SECRET);
  Deno.symlinkSync(join(lab, "secret.txt"), join(site, "link.txt"));
  Deno.symlinkSync(lab, join(site, "out"));
  Deno.symlinkSync("loop", join(site, "loop"));
  Deno.symlinkSync(join(site, "index.html"), join(site, "own.html"));
  return { lab, site };
}

/** One request, sent as it stands: `fetch` would tidy its path and its headers up. */
async function raw(port: number, lines: readonly string[]): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(`${lines.join("\r\n")}\r\nConnection: close\r\n\r\n`));
  return await new Response(connection.readable).text();
}

Deno.test("the server gives the site and nothing else, to its own pages alone", async (t) => {
  await withFolder(async (folder) => {
    const { lab, site } = await writeLab(folder);
    await withServer(lab, async ({ port, get }) => {
      const host = `Host: 127.0.0.1:${port}`;
      await t.step("files of the site, with their types and rules", async () => {
        for (
          const [path, type] of [
            ["/", "text/html"],
            ["/experiments/stage_removal.mini.micro.html", "text/html"],
            ["/own.html", "text/html"],
            ["/assets/site.css", "text/css"],
            ["/assets/site.js", "text/javascript"],
            ["/live.js", "text/javascript"],
            ["/live.json", "application/json"],
            ["/report.json", "application/json"],
            ["/tables/stage_removal.mini.micro.mgsm.md", ""],
          ] as const
        ) {
          const { status, headers } = await get(path);
          strictEqual(status, 200, path);
          ok(headers.get("content-type")!.startsWith(type), `${path}: ${headers.get("content-type")}`);
          strictEqual(headers.get("x-content-type-options"), "nosniff");
          match(headers.get("content-security-policy")!, /connect-src 'self'.*frame-ancestors 'none'/);
          strictEqual(headers.get("access-control-allow-origin"), null);
        }
      });
      await t.step("pages may ask the server; the written ones stay as they are", async () => {
        const { text } = await get("/");
        ok(!text.includes("connect-src") && text.includes('src="/live.js"') && text.includes("/live.html"));
        const written = Deno.readTextFileSync(join(site, "index.html"));
        ok(written.includes("connect-src 'none'") && !written.includes("live.js"));
      });
      await t.step("no path leads out of the site, and none lists a folder", async () => {
        const paths = [
          ..."/../secret.txt /%2e%2e/secret.txt /..%2fsecret.txt /%2e%2e%2fsecret.txt /.%2e/secret.txt".split(
            " ",
          ),
          ..."/assets/../../secret.txt /assets/..%5c..%5csecret.txt /..\\secret.txt /%252e%252e/secret.txt"
            .split(" "),
          ..."/link.txt /out/secret.txt /out /out/ /loop /loop/x /index.html/x".split(" "),
          ...`/%00 /index.html%00 /%00/../secret.txt //etc/passwd /%2fetc%2fpasswd /etc/passwd ${lab}/secret.txt`
            .split(" "),
          ..."/assets /assets/ /evidence/ /experiments/. /./ /%c0%ae%c0%ae/secret.txt /%ff /% /nothing.html"
            .split(" "),
          `/${"x".repeat(4000)}`,
          "http://127.0.0.1/../secret.txt",
        ];
        for (const path of paths) {
          const answer = await raw(port, [`GET ${path} HTTP/1.1`, host]);
          ok(!answer.includes(SECRET) && !answer.includes("root:") && !answer.includes("lab.duckdb"), path);
          match(answer, /^HTTP\/1.1 (400|403|404)/, `${path}: ${answer}`);
        }
      });
      await t.step("nobody comes by another name, from another site, or to change something", async () => {
        const asked = async (...lines: string[]): Promise<string> => {
          const [first = "GET / HTTP/1.1", ...headers] = lines;
          return (await raw(port, [first, ...headers])).split("\r\n")[0]!;
        };
        const get = "GET /live.json HTTP/1.1";
        const own = `http://127.0.0.1:${port}`;
        for (
          const refused of [
            [get, `Host: rebound.example:${port}`],
            [get, `Host: 127.0.0.1.rebound.example:${port}`],
            [get, "Host: 127.0.0.1"],
            [get, `Host: 127.0.0.1:${port + 1}`],
            [get, host, "Origin: https://elsewhere.example"],
            [get, host, "Origin: null"],
            [get, host, `Origin: http://127.0.0.1:${port + 1}`],
            [get, host, "Sec-Fetch-Site: cross-site"],
            [get, host, "Sec-Fetch-Site: same-site"],
            [get, host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"],
          ]
        ) match(await asked(...refused), /^HTTP\/1.1 403/, refused.join());
        for (
          const welcome of [
            [get, host, `Origin: ${own}`, "Sec-Fetch-Site: same-origin"],
            [get, `Host: localhost:${port}`],
            [get, host, "Sec-Fetch-Site: none"],
            // A link from another page.
            [get, host, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
            ["HEAD / HTTP/1.1", host],
          ]
        ) match(await asked(...welcome), /^HTTP\/1.1 200/, welcome.join());
        for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]) {
          const answer = await raw(port, [`${method} / HTTP/1.1`, host, "Content-Length: 0"]);
          match(answer, /^HTTP\/1.1 405/, method);
          match(answer, /allow: GET, HEAD/i);
        }
        // No other machine: the address alone that is this machine's own.
        const [other] = Deno.networkInterfaces().filter(({ address, family }) =>
          family === "IPv4" && !address.startsWith("127.")
        );
        if (other) {
          const reached = await Deno.connect({ hostname: other.address, port }).then(
            (it) => it.close(),
            () => "no",
          );
          strictEqual(reached, "no");
        }
      });
    });
  });
});

Deno.test("the report follows the store; what cannot be drawn leaves the one before and says why", async () => {
  await withFolder(async (lab) => {
    const store = join(lab, "lab.duckdb");
    await withServer(lab, async ({ port, lines, state, get, stop }) => {
      // Nothing yet.
      deepStrictEqual(await state(), { version: "", drawing: { kind: "current" }, runs: [], ended: [] });
      strictEqual((await get("/")).headers.get("location"), "/live.html");
      strictEqual((await get("/assets/site.css")).status, 200);
      await writeStore(store, { seeds: [1], items: 12 });
      const { version } = await until("a site", async () => (await state()).version !== "" && await state());
      match((await get("/")).text, /stage_removal/);
      await writeStore(store, { seeds: [1], items: 12, experiment: "cross_in", title: "Crossing" });
      const next = await until(
        "the next one",
        async () => (await state()).version !== version && await state(),
      );
      match((await get("/experiments/cross_in.mini.micro.html")).text, /Crossing/);
      // A number that does not follow from its answers.
      await change(store, "UPDATE score SET k = k + 1 WHERE metric = 'accuracy'");
      const { drawing } = await until("a refusal", async () => {
        const now = await state();
        return now.drawing.kind === "failed" && now;
      });
      ok(
        drawing.kind === "failed" && drawing.why.includes(store) && !drawing.why.includes("live-"),
        drawing.kind,
      );
      strictEqual((await state()).version, next.version);
      strictEqual((await get("/experiments/cross_in.mini.micro.html")).status, 200);
      ok(lines.some((line) => line.startsWith("The report could not be drawn: ")), lines.join("\n"));
      await change(store, "UPDATE score SET k = k - 1 WHERE metric = 'accuracy'");
      await until("the one after it", async () => (await state()).drawing.kind === "current");
      ok(!exists(join(lab, "site")), "the lab's own site is not its to write");
      strictEqual(await stop("SIGTERM"), 0);
      ok(!exists(join(ROOT, "reports", `live-${port}`)), "what it drew is gone");
    });
  });
});

Deno.test("a site that is newer than its store is served as it was written", async () => {
  await withFolder(async (folder) => {
    const { lab } = await writeLab(folder);
    await withServer(lab, async ({ lines, get, stop }) => {
      strictEqual((await get("/index.html")).status, 200);
      await new Promise((done) => setTimeout(done, 3000));
      deepStrictEqual(lines.length, 1);
      strictEqual(await stop(), 0);
    });
  });
});

Deno.test("a store is copied whole or not at all, and held no longer than that", async () => {
  await withFolder(async (folder) => {
    const [store, copy] = [join(folder, "lab.duckdb"), join(folder, "copy.duckdb")];
    await writeStore(store, { seeds: [1], items: 5 });
    const writer = new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        `const { DuckDBInstance } = await import("@duckdb/node-api");
        await DuckDBInstance.create(${JSON.stringify(store)});
        await Deno.stdout.write(new TextEncoder().encode("held"));
        await new Promise((done) => setTimeout(done, 60000));`,
      ],
      cwd: ROOT,
      stdout: "piped",
    }).spawn();
    const reader = writer.stdout.getReader();
    await reader.read();
    strictEqual(await copyStore(store, copy), false);
    ok(!exists(copy));
    writer.kill("SIGKILL");
    await writer.status;
    await reader.cancel();
    strictEqual(await copyStore(store, copy), true);
    deepStrictEqual(Deno.readFileSync(copy), Deno.readFileSync(store));
    // Held no longer: another process may write.
    await writeStore(store, { seeds: [1], items: 5, experiment: "cross_in" });
    notStrictEqual(Deno.statSync(copy).size, 0);
    removeTree(copy);
  });
});

Deno.test("a port that cannot be had is one line that says what to do", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr as Deno.NetAddr;
  const serve = (at: string) =>
    deno([
      "run",
      "-q",
      "--no-prompt",
      "--config=deno.json",
      "-P=serve",
      "lib/cli/serve/task.ts",
      "--port",
      at,
    ]);
  const busy = await serve(String(port));
  strictEqual(busy.code, 2);
  strictEqual(
    busy.stderr,
    `Cannot serve at port ${port}: another program has it; name another, or --port 0 for any that is free\n`,
  );
  for (const at of ["70000", "-1", "x"]) {
    const { code, stderr } = await serve(at);
    strictEqual(code, 2, stderr);
    match(stderr, /^[^\n]*--port[^\n]*\n$/);
  }
});

Deno.test("a server whose output nobody reads any more ends as other commands do, with its next line", async () => {
  await withFolder(async (lab) => {
    const process = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "--no-prompt", "-P=serve", "lib/cli/serve/task.ts", "--port", "0", "--lab", lab],
      cwd: ROOT,
      stdin: "null",
      stdout: "piped",
    }).spawn();
    const reader = process.stdout.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    await writeStore(join(lab, "lab.duckdb"), { seeds: [1], items: 12 });
    strictEqual((await process.status).code, 141);
    const port = new TextDecoder().decode(value).match(/:(\d+)/)![1];
    ok(!exists(join(ROOT, "reports", `live-${port}`)), "what it drew is gone");
  });
});
