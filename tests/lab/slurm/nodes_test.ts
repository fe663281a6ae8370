/** A training that is spread over nodes is the training in as many processes of one machine. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { canStart, startCluster } from "../../../lib/cli/slurm/cluster.ts";
import { TORCH_PLACE } from "../../../lib/cli/experiment/runtime.ts";
import { readPlace } from "../../../lib/engine/torch/place.ts";
import { filesBelow } from "../../../lib/lab/code/closure.ts";
import { labPaths } from "../../../lib/lab/record/paths.ts";
import { deno, labArgs, labDigest, withFolder } from "../_lab.ts";

Deno.test({
  name: "torch: a run of two processes on two nodes has the bytes of one on one machine",
  ignore: !canStart() || readPlace(TORCH_PLACE) === null,
  async fn() {
    await withFolder(async (folder) => {
      const site = join(folder, "slurm.json");
      Deno.writeTextFileSync(site, '{"poll_s": 0.5, "restarts": 0}');
      const args = (lab: string, ...more: string[]) =>
        labArgs("experiment/task.ts", [
          ...["stage_removal", "--variant", "Mono-SFT", "--scale", "smoke", "--no-report", "--lab", lab],
          ...["--engine", "torch", "--processes", "2", ...more],
        ]);
      const [one, two] = [join(folder, "one"), join(folder, "two")];
      const alone = await deno(args(one));
      strictEqual(alone.code, 0, alone.stderr);
      const cluster = await startCluster();
      try {
        Deno.env.set("SLURM_CONF", cluster.conf);
        const spread = await deno(args(two, "--nodes", "2", "--executor", "slurm", "--site", site));
        strictEqual(spread.code, 0, spread.stderr);
      } finally {
        Deno.env.delete("SLURM_CONF");
        await cluster.stop();
      }
      deepStrictEqual(await labDigest(two), await labDigest(one));
      // How it was made is the lab's to say, and no part of a model.
      const records = filesBelow(labPaths(two).artifacts).filter((path) => path.endsWith("/llm/step.json"));
      deepStrictEqual(records, []);
      ok(Deno.readTextFileSync(filesBelow(labPaths(two).runs)[0]!).includes('"executor":"slurm"'));
    });
  },
});
