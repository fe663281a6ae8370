/**
 * Steps run without a worker around them, for tests.
 * @module
 */
import { join } from "node:path";
import { openClosures } from "../../lib/lab/code/closure.ts";
import type { LabPaths } from "../../lib/lab/record/paths.ts";
import type { StepHost } from "../../lib/lab/run/step.ts";

/** @param process name of the process that makes them @param heard gets what is told to the user */
export function hostAt(paths: LabPaths, process: string, heard: string[]): StepHost {
  for (const folder of [paths.artifacts, paths.cache, paths.objects]) {
    Deno.mkdirSync(folder, { recursive: true });
  }
  return {
    paths,
    process,
    scratch: join(paths.tmp, "attempt", process),
    closures: openClosures(paths.cache),
    runtime: { engine: "onnx", device: "cpu", threads: 1 },
    runtimeKeys: undefined,
    signal: new AbortController().signal,
    progress() {},
    started() {},
    notice: (message) => heard.push(message),
  };
}
