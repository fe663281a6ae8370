/** A training that is spread over nodes of a Slurm job is the training in as many processes of one machine. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { canStart, startCluster } from "../../lib/cli/slurm/cluster.ts";
import { torch } from "../../lib/engine/torch/engine.ts";
import { digests, stepContext } from "../method/_tiny.ts";
import { withFolder } from "../model/_models.ts";
import { TESTED } from "./_engines.ts";
import { examplesOf, jobOf, writeSystem } from "./_system.ts";

const { compute } = TESTED.find(({ engine }) => engine.name === "torch")!;

/** Has srun work in two nodes of a Slurm that ends afterwards, as it does within a job. */
async function inJob(use: () => Promise<void>): Promise<void> {
  const cluster = await startCluster();
  Deno.env.set("SLURM_CONF", cluster.conf);
  try {
    const args = ["--nodes=2", "--ntasks-per-node=1", "--no-shell"];
    const { stderr } = await new Deno.Command("salloc", { args, stdin: "null" }).output();
    const [, job] = new TextDecoder().decode(stderr).match(/Granted job allocation (\d+)/) ?? [];
    ok(job !== undefined, new TextDecoder().decode(stderr));
    Deno.env.set("SLURM_JOB_ID", job);
    await use();
  } finally {
    for (const name of ["SLURM_CONF", "SLURM_JOB_ID"]) Deno.env.delete(name);
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
      const [one, two] = [{}, { nodes: 2 }].map((more) =>
        stepContext(folder, { runtime: { engine: "torch", ...compute!, processes: 2, ...more } })
      );
      await torch.fit(job, one!);
      await inJob(() => torch.fit(job, two!).then(() => {}));
      deepStrictEqual(digests(two!.dir), digests(one!.dir));
    });
  },
});
