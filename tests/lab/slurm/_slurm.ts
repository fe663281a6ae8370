/**
 * A real Slurm of two nodes for tests, and stand-ins for its commands that do what a real one cannot be made to do.
 * @module
 */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { canStart, type Cluster, type Settings, startCluster } from "../../../lib/cli/slurm/cluster.ts";
import { exists } from "../../../lib/files.ts";
import { allAttempts } from "../../../lib/lab/run/attempt.ts";
import { labPaths } from "../../../lib/lab/record/paths.ts";
import { readRecords } from "../../../lib/lab/record/records.ts";
import { copyFixtures, deno, edit, type Ended, experimentArgs, labDigest, withFolder } from "../_lab.ts";
import { skip } from "../_machine.ts";

/** What a test of faults has. */
export interface Bench {
  readonly cluster: Cluster;
  /** Elements that the cluster had before. */
  readonly earlier: ReadonlySet<string>;
  readonly folder: string;
  /** Arguments of the toy experiment through Slurm, and where it is kept. */
  readonly args: (more?: readonly string[]) => string[];
  readonly lab: string;
  /** A folder of commands that are found before Slurm's own. */
  readonly commands: string;
  /** How a lab that was never disturbed ends. */
  readonly expected: Undisturbed["expected"];
}

/** What the site file says: quick looks, and little patience. */
export const SITE = { poll_s: 0.2, grace_s: 2, command_s: 5 };

/** Experiments whose steps take so long, and how a lab on one machine ends that nothing disturbs. */
interface Undisturbed {
  readonly experiments: string;
  /** @param more arguments, which name fewer runs */
  expected(more: readonly string[]): Promise<Readonly<Record<string, string>>>;
}

const undisturbed = new Map<number, Undisturbed>();
const kept: string[] = [];
addEventListener("unload", () => kept.forEach((folder) => Deno.removeSync(folder, { recursive: true })));

function undisturbedBy(work: number): Undisturbed {
  const known = undisturbed.get(work);
  if (known) return known;
  const folder = Deno.makeTempDirSync({ prefix: "slurmlab" });
  kept.push(folder);
  const { experiments, method } = copyFixtures(folder);
  edit(method, "work: 0,", `work: ${work},`);
  const digests = new Map<string, Readonly<Record<string, string>>>();
  const found: Undisturbed = {
    experiments,
    async expected(more) {
      const name = more.join("");
      const digest = digests.get(name);
      if (digest) return digest;
      const lab = join(folder, `lab${digests.size}`);
      const { code, stderr } = await deno(experimentArgs(lab, [...TOY, ...more], experiments));
      strictEqual(code, 0, stderr);
      const taken = await labDigest(lab);
      digests.set(name, taken);
      return taken;
    },
  };
  undisturbed.set(work, found);
  return found;
}

const TOY = ["toy", "--scale", "smoke", "--jobs", "3"];

let shared: Cluster | undefined;

/**
 * A test in a cluster, skipped where Slurm cannot be started.
 * @param settings of a cluster of its own, for a test that does something to it; absent: one that others use, too
 * @param work ms that a step takes
 */
export function slurmTest(
  name: string,
  { site = {}, settings, work = 0 }: {
    site?: Record<string, unknown>;
    settings?: Settings;
    work?: number;
  },
  use: (bench: Bench) => Promise<void>,
): void {
  Deno.test(name, async (t) => {
    if (!canStart()) return await skip(t, "Slurm's daemons are not here, or this is not root");
    const cluster = settings === undefined ? shared ??= await startCluster() : await startCluster(settings);
    const earlier = new Set((await elements({ cluster, earlier: new Set() })).map(({ id }) => id));
    try {
      await withFolder(async (folder) => {
        const { experiments, expected } = undisturbedBy(work);
        const commands = join(folder, "bin");
        Deno.mkdirSync(commands);
        Deno.writeTextFileSync(
          join(folder, "slurm.json"),
          JSON.stringify({ ...SITE, ...site }).replaceAll("FOLDER", folder),
        );
        const lab = join(folder, "lab");
        const slurm = ["--executor", "slurm", "--site", join(folder, "slurm.json")];
        await use({
          cluster,
          earlier,
          folder,
          lab,
          commands,
          args: (more = []) => experimentArgs(lab, [...TOY, ...slurm, ...more], experiments),
          expected,
        });
      });
    } finally {
      if (settings !== undefined) await cluster.stop();
    }
  });
}

/** Ends the cluster that tests share. */
Deno.test.afterAll(async () => {
  await shared?.stop();
});

/** Runs the lab to its end. @param watch is told each line of what it says */
export async function runLab(
  { cluster, commands }: Bench,
  args: readonly string[],
  watch: (line: string, child: Deno.ChildProcess) => void = () => {},
): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { SLURM_CONF: cluster.conf, PATH: `${commands}:${Deno.env.get("PATH")}` },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdout = new Response(child.stdout).text();
  let stderr = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    stderr += text;
    for (const line of text.split("\n")) watch(line, child);
  }
  return { code: (await child.status).code, stdout: await stdout, stderr };
}

/**
 * Every run is done once, with the bytes of a lab on one machine, and nothing is left behind.
 * @param more arguments, which name fewer runs
 */
export async function isWhole(
  { lab, expected }: Bench,
  { code, stderr }: Ended,
  more: readonly string[] = [],
): Promise<void> {
  strictEqual(code, 0, stderr);
  deepStrictEqual(await labDigest(lab), await expected(more), stderr);
  const paths = labPaths(lab);
  strictEqual(readRecords(paths, () => {}).size, more.length > 0 ? 1 : 3);
  deepStrictEqual(allAttempts(paths), []);
  for (const folder of [paths.failed, paths.quarantine]) {
    strictEqual(exists(folder) && [...Deno.readDirSync(folder)].length > 0, false, `${folder}: ${stderr}`);
  }
}

/** Puts a command before Slurm's own; in its text, `real` is that one, and `$count` counts its calls from 1. */
export function standIn({ commands }: Bench, name: string, text: string): void {
  const counter = join(commands, `.${name}.count`);
  Deno.writeTextFileSync(
    join(commands, name),
    `#!/bin/bash\nexec 9>>"${counter}.lock"; flock 9\ncount=$(( $(cat "${counter}" 2>/dev/null || echo 0) + 1 ))\n` +
      `echo $count >"${counter}"; exec 9>&-\nreal() { /usr/bin/${name} "$@"; }\n${text}\n`,
    { mode: 0o755 },
  );
}

/** The elements that Slurm got in this test, with their states. */
export async function elements(
  { cluster, earlier }: Pick<Bench, "cluster" | "earlier">,
): Promise<{ id: string; state: string; node: string }[]> {
  const { stdout } = await new Deno.Command("squeue", {
    args: ["--noheader", "--array", "--states=all", "--format=%i %T %N"],
    env: { SLURM_CONF: cluster.conf },
    stdin: "null",
  }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "").map((line) => {
    const [id = "", state = "", node = ""] = line.split(" ");
    return { id, state, node };
  }).filter(({ id }) => !earlier.has(id));
}
