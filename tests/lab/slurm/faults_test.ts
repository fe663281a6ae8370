/** Whatever goes wrong on a cluster, every run is done once, with the bytes of a lab on one machine. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { labPaths } from "../../../lib/lab/record/paths.ts";
import { elsewhere } from "../../_elsewhere.ts";
import { until } from "../../cli/_serve.ts";
import { labArgs } from "../_lab.ts";
import { type Bench, elements, isWhole, runLab, SITE, slurmTest, standIn } from "./_slurm.ts";

/** One run of the three. */
const ONE = ["--variant", "Toy"];

/** A line of bash that lets only the first element do what follows. */
const ONCE = "mkdir FOLDER/once 2>/dev/null &&";

slurmTest("Slurm: nothing goes wrong, in arrays no longer than the cluster takes", {
  settings: { MaxArraySize: 2 },
}, async (bench) => {
  const ended = await runLab(bench, bench.args());
  await isWhole(bench, ended);
  // Three runs, in two arrays, after a part that they share.
  match(ended.stderr, /^Slurm has 3 runs and 1 part that several runs share: jobs \d+, \d+, \d+$/m);
  strictEqual((await elements(bench)).length, 4);
});

slurmTest("Slurm: tasks that exit 7, each once", {
  site: { setup: ['mkdir "FOLDER/$SLURM_ARRAY_TASK_ID" 2>/dev/null && exit 7'] },
}, async (bench) => {
  const ended = await runLab(bench, bench.args());
  await isWhole(bench, ended);
  match(ended.stderr, /ended with exit code 7 on n\d; submitted again \(1 of 3\)/);
});

slurmTest("Slurm: a task that always exits 7 has failed, and the log says why", {
  site: { setup: ["echo no such module >&2; exit 7"], restarts: 1 },
}, async (bench) => {
  const { code, stderr } = await runLab(bench, bench.args(ONE));
  strictEqual(code, 1);
  match(stderr, /^Failed: .*The run's process ended with exit code 7 on n\d: no such module$/m);
});

slurmTest("Slurm: a worker killed by -9 in the middle of a step goes on from its checkpoint", {
  work: 1500,
  site: { setup: [`${ONCE} (sleep 2; kill -9 $$) &`] },
}, async (bench) => {
  const ended = await runLab(bench, bench.args(ONE));
  await isWhole(bench, ended, ONE);
  match(ended.stderr, /was killed by signal 9 on n\d.*; submitted again \(1 of 3\)/);
});

slurmTest("Slurm: a task that takes more memory than it asked for gets more", {
  // 2 GiB are asked for.
  site: { setup: ["python3 -c \"import time; x = b'1' * 2500000000; time.sleep(2)\""] },
}, async (bench) => {
  const ended = await runLab(bench, bench.args(ONE));
  await isWhole(bench, ended, ONE);
  match(ended.stderr, /ran out of memory on n\d; submitted again with more memory \(1 of 3\)/);
});

/** Runs one run to its end, and does something once when its given step has begun. */
async function disturbed(bench: Bench, step: string, act: () => Promise<void>) {
  let acting: Promise<void> | undefined;
  const ended = await runLab(bench, bench.args(ONE), (line) => {
    if (line.trim().startsWith(`${step}: runs`)) acting ??= act();
  });
  ok(acting !== undefined, ended.stderr);
  await acting;
  await isWhole(bench, ended, ONE);
}

/** The element that is at work. */
async function running(bench: Bench) {
  return (await elements(bench)).find(({ state }) => state === "RUNNING")!;
}

slurmTest(
  "Slurm: a node whose daemon dies while its job writes on",
  { settings: {}, work: 4000 },
  async (bench) => {
    await disturbed(bench, "pretrain", async () => bench.cluster.kill((await running(bench)).node));
  },
);

slurmTest("Slurm: a job that is requeued while it runs", { work: 4000 }, async (bench) => {
  await disturbed(bench, "train", async () => {
    const { id } = await running(bench);
    const { success } = await new Deno.Command("scontrol", {
      args: ["requeue", id],
      env: { SLURM_CONF: bench.cluster.conf },
    }).output();
    ok(success);
  });
});

slurmTest(
  "Slurm: a controller that is killed as soon as it has the jobs forgets them, and gives their ids to others",
  {
    settings: {},
    work: 1500,
  },
  async (bench) => {
    let killed: Promise<void> | undefined;
    const ended = await runLab(bench, bench.args(), (line) => {
      // Its state is written down every few seconds.
      if (line.startsWith("Slurm has")) {
        killed ??= bench.cluster.kill("slurmctld").then(() => bench.cluster.start("slurmctld"));
      }
    });
    ok(killed !== undefined);
    await killed;
    await isWhole(bench, ended);
    match(ended.stderr, /was lost; submitted again/);
  },
);

slurmTest("Slurm: sbatch gets no answer although the jobs were taken: they are found, not submitted again", {
  site: { command_s: 4 },
}, async (bench) => {
  standIn(bench, "sbatch", 'real "$@"; [ $count = 1 ] && exec sleep 60');
  await isWhole(bench, await runLab(bench, bench.args()));
  strictEqual((await elements(bench)).length, 4);
});

slurmTest(
  "Slurm: sbatch gets no answer and the jobs were not taken",
  { site: { command_s: 4 } },
  async (bench) => {
    standIn(bench, "sbatch", '[ $count = 1 ] && exec sleep 60; real "$@"');
    await isWhole(bench, await runLab(bench, bench.args()));
  },
);

slurmTest("Slurm: a controller that is busy when jobs are submitted is asked again", {}, async (bench) => {
  const busy = "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation";
  standIn(bench, "sbatch", `[ $count = 1 ] && { echo "${busy}" >&2; exit 1; }; real "$@"`);
  await isWhole(bench, await runLab(bench, bench.args()));
});

slurmTest("Slurm: what is refused for good is said in one line, and nothing is left of it", {
  site: { partition: "none" },
}, async (bench) => {
  const { code, stderr } = await runLab(bench, bench.args());
  strictEqual(code, 2);
  match(stderr, /^Slurm refuses the jobs: .*[Ii]nvalid partition/m);
  strictEqual([...Deno.readDirSync(labPaths(bench.lab).jobs)].length, 0);
});

slurmTest("Slurm: squeue fails for a while, then says for a while that there is nothing", {
  work: 1500,
  site: { grace_s: 30 },
}, async (bench) => {
  standIn(
    bench,
    "squeue",
    '[ $count -le 3 ] && { echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; exit 1; }\n' +
      '[ $count -le 8 ] && exit 0\nreal "$@"',
  );
  const ended = await runLab(bench, bench.args());
  await isWhole(bench, ended);
  match(ended.stderr, /^Slurm does not answer \(slurm_load_jobs error.*\); what was submitted goes on$/m);
  match(ended.stderr, /^Slurm answers again$/m);
  strictEqual((await elements(bench)).length, 4);
});

slurmTest(
  "Slurm: a result that shows up after its job has ended",
  { work: 1500, site: { grace_s: 30 } },
  async (bench) => {
    standIn(bench, "squeue", 'real "$@" | sed "s/RUNNING  /COMPLETED/"');
    const ended = await runLab(bench, bench.args());
    await isWhole(bench, ended);
    ok(!ended.stderr.includes("submitted again"), ended.stderr);
  },
);

slurmTest(
  "Slurm: two labs started at once: one waits, and each run is submitted once",
  { work: 1500 },
  async (bench) => {
    const both = await Promise.all([runLab(bench, bench.args()), runLab(bench, bench.args())]);
    for (const ended of both) await isWhole(bench, ended);
    strictEqual((await elements(bench)).length, 4);
  },
);

/** Starts the lab and stops it by a signal when its first run has begun. */
async function stopped(bench: Bench, signal: Deno.Signal) {
  let isStopped = false;
  return await runLab(bench, bench.args(), (line, child) => {
    if (!line.includes("begins") || isStopped) return;
    isStopped = true;
    child.kill(signal);
  });
}

slurmTest(
  "Slurm: Ctrl-C leaves the runs to it, deno task runs shows them, and the same command follows them",
  {
    work: 4000,
  },
  async (bench) => {
    const left = await stopped(bench, "SIGINT");
    strictEqual(left.code, 130);
    match(
      left.stderr,
      /^Left to slurm: 0 of 3 runs done; the same command follows the others, and with --cancel ends them$/m,
    );
    const shown = async () => {
      const { stdout } = await runLab(
        bench,
        labArgs("runs.ts", ["--lab", bench.lab, "--site", join(bench.folder, "slurm.json"), "--json"]),
      );
      return JSON.parse(stdout) as { state: string; variant: string; note: string }[];
    };
    // Slurm says why something waits once it has looked at it.
    const rows = await until("a reason for waiting", async () => {
      const rows = await shown();
      return rows.some(({ state, note }) => state === "waiting" && note === "Dependency") && rows;
    });
    strictEqual(new Set(rows.map(({ variant }) => variant)).size, 3);
    // The part that is shared was at work when the lab was left, and the runs wait for it.
    ok(
      rows.some(({ state, note }) => state === "running" && /^shared steps, on n\d/.test(note)),
    );
    await isWhole(bench, await runLab(bench, bench.args()));
    strictEqual((await elements(bench)).length, 4);
  },
);

slurmTest("Slurm: a lab that is killed by -9 leaves the runs to it, and the next start follows them", {
  work: 1500,
}, async (bench) => {
  await stopped(bench, "SIGKILL");
  await isWhole(bench, await runLab(bench, bench.args()));
  strictEqual((await elements(bench)).length, 4);
});

slurmTest("Slurm: --cancel ends what is under way; elsewhere these runs are not begun before", {
  work: 20_000,
}, async (bench) => {
  await stopped(bench, "SIGINT");
  const local = bench.args().filter((arg) => arg !== "--executor" && arg !== "slurm");
  match(
    (await runLab(bench, local)).stderr,
    /^Cannot run: 3 of these runs are with slurm; follow with --executor slurm, or end with .* --cancel\n$/,
  );
  const { code, stderr } = await runLab(bench, bench.args(["--cancel"]));
  strictEqual(code, 0);
  match(stderr, /^Ended 3 runs$/m);
  ok((await elements(bench)).every(({ state }) => state === "CANCELLED"));
  strictEqual([...Deno.readDirSync(labPaths(bench.lab).jobs)].length, 0);
  match((await runLab(bench, bench.args(["--cancel"]))).stderr, /^Nothing of these runs is with slurm$/m);
});

slurmTest("deno task doctor --shared tries a folder from two nodes", {}, async (bench) => {
  const { code, stdout } = await runLab(bench, labArgs("doctor/doctor.ts", ["--shared", bench.folder]));
  strictEqual(code, 0, stdout);
  match(
    stdout,
    /^ok +Shared folder: n\d and n\d see each other's files in ".*", there and back in \d+\.\d\d s$/m,
  );
  match(stdout, /^ok +Shared renames: a folder is there whole or not at all, and the first one stays$/m);
  match(stdout, /^ok +Shared locks: a lock holds between them$/m);
  match(stdout, /^ok +Clocks: at most \d/m);
  // Nothing is left of it.
  ok([...Deno.readDirSync(bench.folder)].every(({ name }) => !name.startsWith(".doctor")));
});

slurmTest(
  "cancel() ends the elements that it names, and leaves the others of their array",
  {},
  async (bench) => {
    const site = join(bench.folder, "slurm.json");
    Deno.writeTextFileSync(site, JSON.stringify({ ...SITE, sbatch: ["--hold"] }));
    const { value } = await elsewhere<string[][]>(
      "tests/lab/slurm/_cancel.ts",
      "statesOfCancelled",
      [bench.lab, site],
      { SLURM_CONF: bench.cluster.conf },
    );
    deepStrictEqual(value, [
      ["waiting", "waiting", "waiting"],
      // Slurm forgets elements that had never begun as soon as they are cancelled.
      ["waiting", "unknown", "waiting"],
      ["unknown", "unknown", "unknown"],
    ]);
  },
);

slurmTest("Slurm: runs that are cancelled elsewhere end with that for whoever follows them", {
  work: 20_000,
}, async (bench) => {
  let cancelling: Promise<unknown> | undefined;
  const { code, stderr } = await runLab(bench, bench.args(), (line) => {
    if (line.includes("pretrain: runs")) cancelling ??= runLab(bench, bench.args(["--cancel"]));
  });
  ok(cancelling !== undefined);
  await cancelling;
  strictEqual(code, 1, stderr);
  strictEqual(stderr.match(/^Failed: .*The run's process was cancelled/gm)?.length, 3, stderr);
  ok(!stderr.includes("    at "), stderr);
});
