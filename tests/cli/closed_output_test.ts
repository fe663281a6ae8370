/** Commands whose output no one reads any more (`| head`, `| true`): they end at once, quietly, with SIGPIPE's code. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { atLeast } from "../../lib/checked.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { deno, experimentArgs, labArgs, labDigest, withFolder } from "../lab/_lab.ts";
import { succeeds } from "../lab/_machine.ts";

const SIGPIPE = 141;

/** Runs Deno while no one reads the one of its outputs. */
async function unread(
  closed: "stdout" | "stderr",
  args: readonly string[],
): Promise<{ code: number; other: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  await child[closed].cancel();
  const [{ code }, other] = await Promise.all([
    child.status,
    new Response(child[closed === "stdout" ? "stderr" : "stdout"]).text(),
  ]);
  return { code, other };
}

const task = (...args: string[]): string[] => ["task", "-q", ...args];
const toy = ["toy", "--scale", "smoke"];

Deno.test("a command whose output is closed ends quietly", async (t) => {
  await withFolder(async (folder) => {
    const lab = join(folder, "lab");
    await deno(experimentArgs(lab, toy));
    const entry = (path: string, ...args: string[]): string[] => ["run", "-q", "-A", path, ...args];
    const store = ["--store", join(lab, "lab.duckdb")];
    const commands: Record<string, string[]> = {
      "experiment --list": task("experiment", "--list"),
      "experiment --list --json": task("experiment", "--list", "--json"),
      "experiment --help": task("experiment", "--help"),
      "experiment --plan": experimentArgs(lab, [...toy, "--plan"]),
      "experiment": experimentArgs(lab, toy),
      "verify --help": task("verify", "--help"),
      "diff": labArgs("diff.ts", ["toy/Toy", "toy/small lr", "--lab", lab]),
      "doctor": task("doctor"),
      "report": entry("lib/cli/report.ts", ...store, "--out", join(folder, "site")),
      "regress": entry("lib/cli/regress.ts", ...store, "--reports", join(folder, "reports")),
      "audit": task("audit"),
      "data": task("data", "--data", folder),
      "world samples": task("world", "samples", "en"),
      "world check": task("world", "check"),
      "bench --help": task("bench", "--help"),
      "generate --help": task("generate", "--help"),
      "pretrain --help": task("pretrain", "--help"),
    };
    for (const [name, args] of Object.entries(commands)) {
      await t.step(name, async () => {
        deepStrictEqual(await unread("stdout", args).then(({ code, other }) => [code, telling(other)]), [
          SIGPIPE,
          "",
        ]);
      });
    }
    ok(
      Deno.statSync(join(folder, "site", "index.html")).isFile,
      "the report was written before the last line",
    );
  });
});

/** Standard error without what the command has to say on the way. */
function telling(text: string): string {
  return text.replace(/^(Nothing to do|toy\.mini\.smoke): .*\n/gm, "");
}

Deno.test("an error has its own exit code when no one reads standard error", async () => {
  strictEqual((await unread("stderr", task("report", "--store", "none"))).code, 2);
  strictEqual((await unread("stderr", task("world", "chek"))).code, 2);
});

Deno.test("a run whose progress no one reads stops, and goes on from there", async () => {
  await withFolder(async (folder) => {
    const [lab, undisturbed] = [join(folder, "lab"), join(folder, "undisturbed")];
    const { code, other } = await unread("stderr", experimentArgs(lab, toy));
    deepStrictEqual([code, other], [SIGPIPE, ""]);
    await deno(experimentArgs(lab, toy));
    await deno(experimentArgs(undisturbed, toy));
    deepStrictEqual(await labDigest(lab), await labDigest(undisturbed));
  });
});

/** A program of one line that prints in the way that commands do. */
async function printing(
  code: string,
  shell = '"$@"',
): Promise<{ code: number; stdout: string; stderr: string }> {
  const [exit, print] = ["exit", "terminal/print"].map((name) =>
    pathToFileURL(join(ROOT, "lib/cli", `${name}.ts`))
  );
  const program = `import { exitWith } from "${exit}"; import { print, tell } from "${print}"; ${code}`;
  const url = `data:application/typescript,${encodeURIComponent(program)}`;
  const output = await new Deno.Command("bash", {
    args: ["-c", shell, "bash", Deno.execPath(), "run", "-q", "-A", `--config=${ROOT}/deno.json`, url],
    stdin: "null",
  }).output();
  const [stdout, stderr] = atLeast(
    [output.stdout, output.stderr].map((bytes) => new TextDecoder().decode(bytes)),
    2,
  );
  return { code: output.code, stdout, stderr };
}

Deno.test("what a timer or a promise on its own throws ends the command as what the command throws", async () => {
  const wait = "await exitWith(() => new Promise(() => setTimeout(() => {}, 1e6)))";
  const pipe = 'set -o pipefail; "$@" | true';
  strictEqual((await printing(`setInterval(() => print("x"), 50); ${wait}`, pipe)).code, SIGPIPE);
  const refused = await printing(
    `Promise.reject(new Deno.errors.PermissionDenied("Permission denied: open 'x'")); ${wait}`,
  );
  strictEqual(refused.code, 2);
  match(refused.stderr, /^Cannot open "x": its owner does not permit it; [^\n]*\n$/);
});

Deno.test("output that has no room is one line", { ignore: Deno.build.os !== "linux" }, async () => {
  const { code, stderr } = await printing(
    'await exitWith(() => { print("x"); return 0; })',
    '"$@" >/dev/full',
  );
  strictEqual(code, 2);
  strictEqual(
    stderr,
    'Cannot write "standard output": the disk is full; free some space and run again to resume\n',
  );
});

const withoutPython = !succeeds("python3", "--version");

Deno.test("output that does not wait for its reader is one line", { ignore: withoutPython }, async () => {
  const program = 'await exitWith(() => { print("x".repeat(1e6)); return 0; })';
  const unblock =
    "import fcntl, os, sys; fcntl.fcntl(1, fcntl.F_SETFL, os.O_NONBLOCK); os.execv(sys.argv[1], sys.argv[1:])";
  // The reader waits for the writer's end, however slow the machine is, and for a minute at most.
  const late = 'for i in $(seq 600); do [ -e "$end/ed" ] && break; sleep 0.1; done; wc -c';
  const slow = await printing(
    program,
    `set -o pipefail; end=$(mktemp -d); (python3 -c '${unblock}' "$@"; code=$?; touch "$end/ed"; exit $code) | (${late})`,
  );
  strictEqual(slow.code, 2);
  match(slow.stderr, /^Cannot write standard output: [^\n]*; add "\| cat"\n$/);
  const remedied = await printing(program, 'set -o pipefail; "$@" | cat | (sleep 0.5; wc -c)');
  deepStrictEqual([remedied.code, remedied.stdout.trim(), remedied.stderr], [0, "1000001", ""]);
});
