/** A virtual environment for the pages' Python, made once and kept below `.lab`. */
import { join } from "node:path";
import { exists } from "../../lib/files.ts";
import { sha256 } from "../../lib/hash.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";

/** Folder of the programs of an environment with these packages, or why there is none. */
export type Programs = { readonly bin: string } | { readonly lacks: string };

/** What pip says where no registry answers it; anything else, as of a version that there is not, is a fault of ours. */
const UNREACHED = /from versions: none|NewConnectionError|ReadTimeoutError/;

/**
 * Installs what a file of pinned requirements lists.
 * @throws {Error} when that fails though a registry can be reached
 */
export function programsOf(requirements: string): Programs {
  if (!runs("python3", ["--version"]).success) return { lacks: "python3" };
  const folder = join(ROOT, ".lab", "pages", sha256(Deno.readTextFileSync(requirements)).slice(0, 12));
  const bin = join(folder, "bin");
  const made = join(folder, "made");
  if (exists(made)) return { bin };
  const venv = runs("python3", ["-m", "venv", "--clear", folder]);
  if (!venv.success) return { lacks: "Python's venv" };
  const pip = runs(join(bin, "python"), [
    ...[
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--retries",
      "1",
      "--timeout",
      "20",
    ],
    ...["-r", requirements],
  ]);
  if (!pip.success) {
    const all = `${pip.stdout}${pip.stderr}`;
    if (UNREACHED.test(all)) return { lacks: "PyPI" };
    throw new Error(`Cannot install "${requirements}": ${all}`);
  }
  Deno.writeTextFileSync(made, "");
  return { bin };
}

/** How a program ended; one that is not there has failed. */
export function runs(program: string, args: readonly string[], cwd = ROOT) {
  try {
    const { success, stdout, stderr } = new Deno.Command(program, { args: [...args], cwd, stdin: "null" })
      .outputSync();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { success, stdout: text(stdout), stderr: text(stderr) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { success: false, stdout: "", stderr: "" };
  }
}
