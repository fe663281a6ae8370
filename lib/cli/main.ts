/**
 * Runs one experiment's file by itself: `deno run -P=lab experiments/x.ts --scale smoke`.
 * @module
 */
import { fileURLToPath } from "node:url";
import { checkExperiment } from "../lab/experiment/discover.ts";
import type { AnyExperiment } from "../lab/plan/resolve.ts";

/** The command line of one experiment; ends the process. Call it only where `import.meta.main` is true. */
export async function main(experiment: AnyExperiment): Promise<void> {
  // Loaded only here, so that a run's process does not pay for it.
  const [{ experimentMain }, { exitWith }] = await Promise.all([
    import("./experiment/experiment.ts"),
    import("./exit.ts"),
  ]);
  const file = fileURLToPath(Deno.mainModule);
  await exitWith(() => {
    checkExperiment(experiment, file);
    return experimentMain(Deno.args, { only: { experiment, file } });
  });
}
