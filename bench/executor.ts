/**
 * How the lab's work with a queue grows with the number of runs: planning, submission, looks at the queue, collecting,
 * DuckDB and the report, for runs that take next to nothing. The queue is a stand-in that answers sbatch and squeue as Slurm
 * does; its one process does every run as the lab's worker does, without starting a process for each.
 * @module
 */
import { join } from "node:path";
import { cpus } from "node:os";
import { columns } from "../lib/cli/terminal/table.ts";
import { ROOT } from "../lib/lab/record/paths.ts";

/** One size's measurements, in seconds and bytes. */
interface ExecutorMeasurement {
  readonly runs: number;
  /** Until the last job array was submitted, from the start of the command. */
  readonly submitted_s: number;
  /** Until the last run's record was written; the queue works meanwhile. */
  readonly collected_s: number;
  /** The report over them. */
  readonly report_s: number;
  /** The lab's own processor time and memory at its highest. */
  readonly cpu_s: number;
  readonly peak_bytes: number;
  readonly sbatch_calls: number;
  readonly squeue_calls: number;
}

/** Measures every size and returns a table or JSON. */
export async function benchExecutor(
  { json, sizes, report }: { json: boolean; sizes: readonly number[]; report: (line: string) => void },
): Promise<string> {
  const measured: ExecutorMeasurement[] = [];
  for (const runs of sizes) {
    report(`${runs} runs through a queue`);
    measured.push(await measure(runs));
  }
  const machine = `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, Deno ${Deno.version.deno}`;
  return json ? JSON.stringify({ machine, measured }, null, 2) : `${machine}\n\n${format(measured)}`;
}

function format(measured: readonly ExecutorMeasurement[]): string {
  const head = [
    "runs",
    "submitted s",
    "collected s",
    "report s",
    "CPU s",
    "CPU ms/run",
    "MB",
    "sbatch",
    "squeue",
  ];
  const rows = measured.map((m) => [
    String(m.runs),
    ...[m.submitted_s, m.collected_s, m.report_s, m.cpu_s].map((value) => value.toFixed(1)),
    (1000 * m.cpu_s / m.runs).toFixed(1),
    String(Math.round(m.peak_bytes / 1e6)),
    String(m.sbatch_calls),
    String(m.squeue_calls),
  ]);
  return columns([head, ...rows]);
}

async function measure(runs: number): Promise<ExecutorMeasurement> {
  const folder = Deno.makeTempDirSync({ prefix: "bench_queue" });
  const [bin, site, part] = [
    join(folder, "bin"),
    join(folder, "slurm.json"),
    join(ROOT, "bench/executor_part.ts"),
  ];
  Deno.mkdirSync(bin);
  Deno.mkdirSync(join(folder, "spool"));
  Deno.writeTextFileSync(site, JSON.stringify({ poll_s: 1, grace_s: 60 }));
  Deno.writeTextFileSync(join(folder, "queue.txt"), "");
  // What the queue takes is a file each; what it is at is a file that its process keeps up to date.
  const commands = {
    sbatch:
      `for word; do case $word in --job-name=*) name=\${word#*=};; --array=*) array=\${word#*=};; esac; done\n` +
      `id=$(ls "${folder}/spool" | wc -l); echo "$name $array $word" >"${folder}/spool/$id"; echo $((id + 1))`,
    squeue: `echo >>"${folder}/looks"; cat "${folder}/queue.txt"`,
    scontrol: "echo 'MaxArraySize = 1001'",
    scancel: "exit 0",
  };
  for (const [name, text] of Object.entries(commands)) {
    Deno.writeTextFileSync(join(bin, name), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
  }
  const start = (args: readonly string[]): Deno.ChildProcess =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-A", `--config=${join(ROOT, "deno.json")}`, part, ...args],
      env: { PATH: `${bin}:${Deno.env.get("PATH")}` },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  const queue = start(["queue", folder]);
  try {
    const clock = performance.now();
    const since = (): number => (performance.now() - clock) / 1000;
    const lab = start(["lab", folder, site, String(runs)]);
    const out = new Response(lab.stdout).text();
    let [submitted_s, collected_s, said] = [0, 0, ""];
    for await (const text of lab.stderr.pipeThrough(new TextDecoderStream())) {
      said = (said + text).slice(-4000);
      if (text.includes("Slurm has")) submitted_s = since();
      if (text.includes(" ended (")) collected_s = since();
    }
    const { success } = await lab.status;
    if (!success) throw new Error(`The lab failed: ${said}`);
    const { cpu_s, peak_bytes, report_s } = JSON.parse((await out).trim().split("\n").at(-1)!);
    const looks = Deno.readTextFileSync(join(folder, "looks")).length;
    const sbatch_calls = [...Deno.readDirSync(join(folder, "spool"))].length;
    const times = { submitted_s, collected_s, report_s };
    return { runs, ...times, cpu_s, peak_bytes, sbatch_calls, squeue_calls: looks };
  } finally {
    queue.kill("SIGKILL");
    await queue.status;
    await Promise.all([queue.stdout.cancel(), queue.stderr.cancel()]);
    Deno.removeSync(folder, { recursive: true });
  }
}
