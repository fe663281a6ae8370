/**
 * What the lab promises about its own cost: a second start with 1,000 finished runs, the ingest of 2.75 million answers,
 * the report over them, and how all of it grows with the number of runs. The runs are synthetic: records and answers
 * written as the lab writes them, without having trained anything.
 * @module
 */
import { join } from "node:path";
import { cpus } from "node:os";
import { atLeast } from "../lib/checked.ts";
import { stream } from "../lib/random.ts";
import { openClosures } from "../lib/lab/code/closure.ts";
import { declare } from "../lib/lab/experiment/declare.ts";
import { tell } from "../lib/cli/terminal/print.ts";
import { findExperiments } from "../lib/lab/experiment/discover.ts";
import { putJson, putObject } from "../lib/lab/record/objects.ts";
import { type LabPaths, labPaths, ROOT } from "../lib/lab/record/paths.ts";
import { decide, type DecidedRun } from "../lib/lab/plan/decide.ts";
import { RECORD_VERSION } from "../lib/lab/record/record.ts";
import { writeRecord } from "../lib/lab/record/records.ts";
import { promptHash } from "../lib/lab/record/answers.ts";
import { recordKey } from "../lib/lab/run/record_run.ts";
import { median } from "./statistics.ts";
import { columns } from "../lib/cli/terminal/table.ts";

/** Answers a run: 4 languages x 688 items; 1,000 runs make 2.75 million. */
const ITEMS = 688;
const LANGS = ["en", "de", "sw", "th"] as const;

/** One size's measurements. Times in seconds, memory in bytes. */
export interface LabMeasurement {
  readonly runs: number;
  readonly answers: number;
  readonly ingest_s: number;
  /** Processor time of the ingesting process: what it costs when others keep the machine busy. */
  readonly ingest_cpu_s: number;
  readonly rows_per_s: number;
  readonly ingest_peak_bytes: number;
  /** Wall time of the whole second start, from the shell's point of view. */
  readonly second_start_s: number;
  readonly report_s: number | null;
  readonly report_peak_bytes: number | null;
}

/** Measures every size and returns a table or JSON. */
export async function benchLab(
  { json, sizes, withReport, report }: {
    json: boolean;
    sizes: readonly number[];
    /** Whether to draw the report too. */
    withReport: boolean;
    report: (line: string) => void;
  },
): Promise<string> {
  const measured: LabMeasurement[] = [];
  for (const runs of sizes) {
    report(`${runs} runs: writing records`);
    const folder = Deno.makeTempDirSync({ prefix: "bench_lab" });
    try {
      await writeRuns(labPaths(folder), runs);
      report(`${runs} runs: measuring`);
      measured.push(await measure(folder, runs, withReport));
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }
  const machine = `${cpus()[0]?.model ?? "?"}, ${cpus().length} cores, Deno ${Deno.version.deno}`;
  return json ? JSON.stringify({ machine, measured }, null, 2) : `${machine}\n\n${format(measured)}`;
}

function format(measured: readonly LabMeasurement[]): string {
  const megabytes = (
    bytes: number | null,
  ): string => (bytes === null ? "-" : String(Math.round(bytes / 1e6)));
  const seconds = (value: number | null): string => (value === null ? "-" : value.toFixed(2));
  const head = [
    "runs",
    "answers",
    "ingest s",
    "CPU s",
    "rows/s",
    "ingest MB",
    "second start s",
    "report s",
    "report MB",
  ];
  const rows = measured.map((m) => [
    String(m.runs),
    String(m.answers),
    seconds(m.ingest_s),
    seconds(m.ingest_cpu_s),
    String(Math.round(m.rows_per_s)),
    megabytes(m.ingest_peak_bytes),
    seconds(m.second_start_s),
    seconds(m.report_s),
    megabytes(m.report_peak_bytes),
  ]);
  const targets = "Targets at 1,000 runs: 300,000 rows/s, second start 1 s, report 10 s in 2,147 MB";
  return `${columns([head, ...rows])}\n\n${targets}`;
}

const EXPERIMENTS = join(ROOT, "tests", "lab", "fixtures", "experiments");

/** Records of `count` seeds of the toy experiment's base, each with answers of its own. */
async function writeRuns(paths: LabPaths, count: number): Promise<void> {
  const closures = openClosures(paths.cache);
  const { runs } = await decide(paths, closures, {
    found: await findExperiments(EXPERIMENTS, ["toy_failing"], tell),
    variants: ["Toy"],
    seeds: Array.from({ length: count }, (_, at) => at + 1),
    scale: "micro",
    runtime: { device: "cpu", engine: "onnx", threads: 1 },
  }, (problem) => {
    throw new Error(problem);
  });
  const texts = LANGS.flatMap((lang) =>
    Array.from({ length: ITEMS }, (_, item) => `${lang}: what is ${item} + ${item}?`)
  );
  const prompts = putObject(
    paths,
    texts.map((text) => `${JSON.stringify({ prompt: promptHash(text), text })}\n`).join(""),
  );
  const hashes = texts.map(promptHash);
  for (const run of runs) writeSynthetic(paths, run, { hashes, prompts });
}

function writeSynthetic(
  paths: LabPaths,
  run: DecidedRun,
  { hashes, prompts }: { hashes: readonly string[]; prompts: string },
): void {
  const { experiment, spec, resolved } = run;
  const source = stream(spec.seed, "bench", "answers");
  const lines = hashes.map((prompt, at) => {
    const [lang, item] = [LANGS[Math.floor(at / ITEMS)], at % ITEMS];
    const correct = source.uniform() < 0.4;
    const extracted = correct ? String(2 * item) : String(source.int(0, 2000));
    const output = `First there are ${item}, then ${item} more come, ${source.int(0, 9)} at a time. ` +
      `${item} + ${item} = ${extracted}. The answer is ${extracted}`;
    const gold = String(2 * item);
    return JSON.stringify({
      benchmark: "sums",
      lang,
      item: `p${item}`,
      prompt,
      output,
      extracted,
      gold,
      correct,
    });
  });
  const answers = putObject(paths, `${lines.join("\n")}\n`);
  putJson(paths, run.code.closure);
  const time = new Date(Date.UTC(2026, 0, 1) + spec.seed * 1000).toISOString();
  writeRecord(paths, {
    format: "lingualift-run",
    version: RECORD_VERSION,
    ...recordKey(run),
    ingredients: run.ingredients,
    recipe: [...resolved.fields],
    inputs: [],
    steps: [{
      step: "evaluate",
      version: 1,
      key: run.identity,
      reused: false,
      wall_s: 1,
      cpu_s: 1,
      answers: [{ object: answers, rows: lines.length }],
      prompts: [{ object: prompts, rows: hashes.length }],
      scores: [],
    }],
    declaration: putJson(
      paths,
      declare(experiment, { file: run.file, scale: spec.scale, benchmarks: run.benchmarks }),
    ),
    provenance: { commit: "synthetic" },
    started: time,
    finished: time,
    wall_s: 1,
    cpu_s: 1,
    peak_bytes: 1,
  });
}

/** What `lab_part.ts` prints. */
interface Part {
  readonly seconds: number;
  readonly cpu: number;
  readonly peak: number;
}

async function measure(folder: string, runs: number, withReport: boolean): Promise<LabMeasurement> {
  const answers = runs * LANGS.length * ITEMS;
  const ingest = await child(join(ROOT, "bench", "lab_part.ts"), ["ingest", folder]);
  const again = [
    "toy_failing",
    "--variant",
    "Toy",
    "--seeds",
    `1-${runs}`,
    "--threads",
    "1",
    "--no-report",
    "--lab",
    folder,
    "--experiments",
    EXPERIMENTS,
  ];
  const starts: number[] = [];
  // The first start judges claims and warms the caches.
  for (let round = 0; round < 6; round++) {
    const clock = performance.now();
    const { stderr } = await child(join(ROOT, "lib/cli/experiment/task.ts"), again);
    if (!stderr.startsWith("Nothing to do")) throw new Error(`The second start did something: ${stderr}`);
    if (round > 0) starts.push((performance.now() - clock) / 1000);
  }
  const first = JSON.parse(ingest.stdout) as Part;
  const site = withReport ? await drawReport(folder, runs) : undefined;
  return {
    runs,
    answers,
    ingest_s: first.seconds,
    ingest_cpu_s: first.cpu,
    rows_per_s: answers / first.seconds,
    ingest_peak_bytes: first.peak,
    second_start_s: median(starts),
    report_s: site?.seconds ?? null,
    report_peak_bytes: site?.peak ?? null,
  };
}

async function drawReport(folder: string, runs: number): Promise<Part> {
  const { stdout } = await child(join(ROOT, "bench", "lab_part.ts"), ["report", folder, String(runs)]);
  return JSON.parse(stdout) as Part;
}

async function child(module: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", `--config=${join(ROOT, "deno.json")}`, module, ...args],
  }).output();
  const [out, err] = atLeast([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)), 2);
  if (!success) throw new Error(`"${module}" failed: ${err}`);
  return { stdout: out, stderr: err };
}
