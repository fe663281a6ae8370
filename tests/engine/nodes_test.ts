/** A training that is spread over nodes of a Slurm job is the training in as many processes of one machine. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { canStart, startCluster } from "../../lib/cli/slurm/cluster.ts";
import { elsewhere } from "../_elsewhere.ts";
import { withFolder } from "../model/_models.ts";
import { TESTED } from "./_engines.ts";
import { examplesOf, fittedBytes, jobOf, writeSystem } from "./_system.ts";

const { compute } = TESTED.find(({ engine }) => engine.name === "torch")!;

/** Calls `use` with the environment that a process in a job of two nodes has, of a Slurm that ends afterwards. */
async function inJob<T>(use: (env: Record<string, string>) => Promise<T>): Promise<T> {
  const cluster = await startCluster();
  try {
    const { stderr } = await new Deno.Command("salloc", {
      args: ["--nodes=2", "--ntasks-per-node=1", "--no-shell"],
      env: { SLURM_CONF: cluster.conf },
      stdin: "null",
    }).output();
    const [, job] = new TextDecoder().decode(stderr).match(/Granted job allocation (\d+)/) ?? [];
    ok(job !== undefined, new TextDecoder().decode(stderr));
    return await use({ SLURM_CONF: cluster.conf, SLURM_JOB_ID: job });
  } finally {
    await cluster.stop();
  }
}

Deno.test({
  name: "torch: two processes on two nodes train as two on one machine, to the last byte",
  ignore: compute === null || !canStart(),
  async fn() {
    await withFolder(async (folder) => {
      const model = writeSystem(folder);
      const job = jobOf(folder, model, examplesOf(model), { trains: ["bridge", "llm"], steps: 8 });
      const runtime = { engine: "torch", ...compute!, processes: 2 } as const;
      const one = await fittedBytes(folder, job, runtime);
      const two = await inJob(async (env) => {
        const args = [folder, job, { ...runtime, nodes: 2 }];
        const module = "tests/engine/_system.ts";
        return (await elsewhere<Record<string, string>>(module, "fittedBytes", args, env)).value;
      });
      deepStrictEqual(two, one);
    });
  },
});
