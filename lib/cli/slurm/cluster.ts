/**
 * A Slurm of two nodes on this machine, in a folder of its own: to try jobs without a cluster, and for the tests. Debian's
 * slurmctld, slurmd, slurm-client and munge are what it needs; no systemd, cgroups or database.
 * @module
 */
import { hostname } from "node:os";
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { endChild } from "../../child.ts";
import { exists, removeTree } from "../../files.ts";

/** What of Slurm's configuration a test may want otherwise. */
export type Settings = Readonly<Record<string, string | number>>;

/** A Slurm that runs. */
export interface Cluster {
  /** Where its configuration lies: `SLURM_CONF` for its commands. */
  readonly conf: string;
  /** Kills a daemon with SIGKILL: "slurmctld", "n1", "n2". */
  kill(daemon: string): Promise<void>;
  start(daemon: string): Promise<void>;
  /** Waits until both nodes can take jobs. @throws when they cannot within half a minute */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/** The nodes. */
const NODES = ["n1", "n2"] as const;

/** Where Debian has its daemons, which is not on everyone's search path. */
const PATH = [Deno.env.get("PATH") ?? "", "/usr/sbin", "/sbin"].join(":");

/** Whether Slurm's daemons are here and may be started: they want root. */
export function canStart(): boolean {
  const isHere = (name: string): boolean => PATH.split(":").some((folder) => exists(join(folder, name)));
  return Deno.uid() === 0 && ["munged", "slurmctld", "slurmd", "sbatch"].every(isHere);
}

/** Starts it. @throws {UserError} where Slurm is not installed */
export async function startCluster(settings: Settings = {}): Promise<Cluster> {
  if (!canStart()) {
    throw new UserError(
      "Cannot start a Slurm here: it needs root and Debian's packages; " +
        '"apt-get install --no-install-recommends slurmctld slurmd slurm-client munge"',
    );
  }
  const folder = Deno.makeTempDirSync({ prefix: "slurm" });
  const conf = join(folder, "slurm.conf");
  for (const name of ["state", ...NODES.map((node) => `spool.${node}`)]) Deno.mkdirSync(join(folder, name));
  Deno.writeFileSync(join(folder, "munge.key"), crypto.getRandomValues(new Uint8Array(128)), { mode: 0o400 });
  Deno.writeTextFileSync(conf, configuration(folder, settings));
  const daemons = new Map<string, Deno.ChildProcess>();
  const spawn = (name: string, program: string, args: readonly string[]): void => {
    // In a session of its own: Ctrl-C in a terminal is for the command that uses it.
    const command = new Deno.Command("setsid", {
      args: [program, ...args],
      env: { PATH },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
    daemons.set(name, command.spawn());
  };
  const end = async (name: string, signal: Deno.Signal): Promise<void> => {
    const daemon = daemons.get(name);
    if (daemon === undefined) return;
    daemons.delete(name);
    await endChild(daemon, signal);
  };
  spawn("munged", "munged", [
    "--foreground",
    "--force",
    ...["socket", "key-file", "pid-file", "log-file", "seed-file"].map((name) =>
      `--${name}=${join(folder, `munge.${name.split("-")[0]}`)}`
    ),
  ]);
  const cluster: Cluster = {
    conf,
    kill: (daemon) => end(daemon, "SIGKILL"),
    start(daemon) {
      if (daemon === "slurmctld") spawn(daemon, daemon, ["-D", "-f", conf]);
      else spawn(daemon, "slurmd", ["-D", "-N", daemon, "-f", conf]);
      return Promise.resolve();
    },
    async ready() {
      for (const start = performance.now();;) {
        const { stdout } = await new Deno.Command("sinfo", {
          args: ["--noheader", "--states=idle,mixed,allocated", "--format=%D %T"],
          env: { SLURM_CONF: conf, PATH },
          stdin: "null",
        }).output();
        const nodes = new TextDecoder().decode(stdout).split("\n").reduce((sum, line) => {
          // A star: the node does not answer.
          return sum + (line.includes("*") ? 0 : Number(line.split(" ")[0]));
        }, 0);
        if (nodes === NODES.length) return;
        if (performance.now() - start > 30_000) {
          throw new Error(`Slurm's nodes are not ready; its logs are in "${folder}"`);
        }
        await new Promise((done) => setTimeout(done, 200));
      }
    },
    async stop() {
      await new Deno.Command("scancel", {
        args: ["--user=root"],
        env: { SLURM_CONF: conf, PATH },
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).output();
      for (const name of [...daemons.keys()].reverse()) await end(name, "SIGTERM");
      removeTree(folder);
    },
  };
  for (const daemon of ["slurmctld", ...NODES]) await cluster.start(daemon);
  try {
    await cluster.ready();
  } catch (error) {
    for (const name of daemons.keys()) await end(name, "SIGKILL");
    throw error;
  }
  return cluster;
}

/** Ports that nobody listens on now. */
function freePorts(count: number): number[] {
  const listeners = Array.from({ length: count }, () => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const ports = listeners.map(({ addr }) => (addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return ports;
}

function configuration(folder: string, settings: Settings): string {
  const [control, ...nodes] = freePorts(1 + NODES.length);
  const at = (name: string): string => join(folder, name);
  const all: Settings = {
    ClusterName: "lab",
    SlurmctldHost: "localhost(127.0.0.1)",
    SlurmctldPort: control!,
    SlurmUser: "root",
    SlurmdUser: "root",
    AuthType: "auth/munge",
    // Requeued jobs wait for their credential to expire.
    AuthInfo: `socket=${at("munge.socket")},cred_expire=5`,
    CredType: "cred/munge",
    StateSaveLocation: at("state"),
    SlurmdSpoolDir: at("spool.%n"),
    SlurmctldPidFile: at("slurmctld.pid"),
    SlurmdPidFile: at("slurmd.%n.pid"),
    SlurmctldLogFile: at("slurmctld.log"),
    SlurmdLogFile: at("slurmd.%n.log"),
    ProctrackType: "proctrack/linuxproc",
    TaskPlugin: "task/none",
    SwitchType: "switch/none",
    MpiDefault: "none",
    // Without cgroups it is this that notices what takes more memory than it asked for.
    JobAcctGatherType: "jobacct_gather/linux",
    JobAcctGatherFrequency: 1,
    JobAcctGatherParams: "OverMemoryKill",
    AccountingStorageType: "accounting_storage/none",
    SelectType: "select/cons_tres",
    SelectTypeParameters: "CR_Core_Memory",
    SchedulerParameters: "batch_sched_delay=0,sched_interval=1,bf_interval=1",
    // More processors than there are: the runs of tests wait more than they compute.
    SlurmdParameters: "config_overrides",
    SlurmdTimeout: 5,
    KillWait: 5,
    MinJobAge: 300,
    ReturnToService: 2,
    JobRequeue: 1,
    ...settings,
  };
  const memory = Math.floor(Deno.systemMemoryInfo().total / 2 ** 20 / NODES.length);
  return [
    ...Object.entries(all).map(([key, value]) => `${key}=${value}`),
    ...NODES.map((node, at) =>
      `NodeName=${node} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${
        nodes[at]
      } CPUs=2 RealMemory=${memory}`
    ),
    `PartitionName=main Nodes=${NODES.join(",")} Default=YES MaxTime=INFINITE State=UP`,
    "",
  ].join("\n");
}
