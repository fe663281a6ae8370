/**
 * Commands in real terminals: `script` gives one and keeps every byte, `tmux` gives one that can be looked at, typed into
 * and made narrower.
 * @module
 */
import { join } from "node:path";
import { ROOT } from "../../lib/lab/record/paths.ts";

/** Programs that these tests need and this machine lacks. */
export const MISSING = ["git", "script", "tmux"].filter((name) =>
  !(Deno.env.get("PATH") ?? "").split(":").some((folder) => {
    try {
      return Deno.statSync(join(folder, name)).isFile;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
      throw error;
    }
  })
);

/** A fresh clone of the repository's last commit in a folder of its own. */
export async function clone(): Promise<string> {
  const folder = Deno.makeTempDirSync({ prefix: "terminal" });
  await run("git", ["clone", "-q", "--depth", "1", `file://${ROOT}`, folder]);
  return folder;
}

/** A shell line that starts Deno in a terminal of a known kind, whatever the environment of these tests is. */
export function shellLine(args: string, environment = "TERM=xterm-256color"): string {
  return `env -u NO_COLOR -u CI LC_ALL=C.UTF-8 ${environment} "${Deno.execPath()}" task -q ${args}`;
}

/** Runs a line in a terminal to its end. */
export async function inTerminal(
  line: string,
  { cwd, columns }: { cwd: string; columns: number },
): Promise<{ code: number; bytes: string }> {
  const { code, stdout } = await new Deno.Command("script", {
    args: ["-qec", `stty cols ${columns} rows 24; ${line}`, "/dev/null"],
    cwd,
    stdin: "null",
  }).output();
  return { code, bytes: new TextDecoder().decode(stdout) };
}

/** A terminal that stays open: what runs in it can be watched. */
export interface Watched extends AsyncDisposable {
  /** The rows that a person sees. */
  screen(): Promise<string[]>;
  /** Waits for text; returns all rows, those that have scrolled away too. A row that the terminal has broken is one. */
  until(what: RegExp): Promise<string[]>;
  keys(...names: string[]): Promise<void>;
  resize(columns: number): Promise<void>;
}

const PATIENCE_MS = 120_000;

/** Starts a line in a terminal of tmux; at its end "rc=" and its exit code stand there. */
export async function watch(
  line: string,
  { cwd, columns }: { cwd: string; columns: number },
): Promise<Watched> {
  const server = `lab-${crypto.randomUUID()}`;
  const tmux = (...args: string[]): Promise<string> =>
    run("tmux", ["-u", "-L", server, "-f", "/dev/null", ...args]);
  // A shell that does not trap it would end with Ctrl-C, too.
  const script = `trap : INT; ${line}; echo "rc=$?"; exec sleep 1000`;
  await tmux("new-session", "-d", "-x", String(columns), "-y", "24", "-c", cwd, `sh -c '${script}'`);
  const rows = async (...options: string[]): Promise<string[]> =>
    (await tmux("capture-pane", "-p", ...options)).trimEnd().split("\n").map((row) => row.trimEnd());
  return {
    screen: () => rows(),
    async until(what) {
      for (const start = performance.now(); performance.now() - start < PATIENCE_MS;) {
        const all = await rows("-J", "-S", "-200");
        if (what.test(all.join("\n"))) return all;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`${what} did not come:\n${(await rows()).join("\n")}`);
    },
    keys: async (...names) => void await tmux("send-keys", ...names),
    resize: async (columns) => void await tmux("resize-window", "-x", String(columns)),
    [Symbol.asyncDispose]: async () => void await tmux("kill-server"),
  };
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, { args: [...args], stdin: "null" })
    .output();
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}
