/**
 * PyTorch for the benchmark, of one version, in a virtual environment of its own: a system's package may be years old
 * (Debian 12 has 1.13), and a ratio to that would say little.
 * @module
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { exists } from "../lib/files.ts";
import { labPaths, ROOT } from "../lib/lab/record/paths.ts";

const PACKAGES = ["torch==2.13.0", "numpy"];

/**
 * The environment's Python; made on first use, which downloads about 200 MB. Where that cannot be done (no python3, no
 * network), why: the peer is then skipped.
 */
export function torchPython(report: (line: string) => void): { python: string } | { skipped: string } {
  const folder = join(labPaths(join(ROOT, ".lab")).cache, "bench", PACKAGES.join("_").replaceAll("=", ""));
  const [python, done] = [join(folder, "bin", "python"), join(folder, "complete")];
  if (exists(done)) return { python };
  report(`Making a virtual environment with ${PACKAGES.join(" and ")}`);
  const commands = [
    ["python3", "-m", "venv", "--clear", folder],
    [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...PACKAGES],
  ];
  for (const [program, ...args] of commands) {
    const { error, status, stderr } = spawnSync(program!, args, { encoding: "utf8" });
    if (error === undefined && status === 0) continue;
    return { skipped: error?.message ?? stderr.trim().split("\n").at(-1)! };
  }
  Deno.writeTextFileSync(done, "");
  return { python };
}
