/**
 * The engines that there are on this machine, for tests that run over all of them: PyTorch's only where its Python is
 * (`deno task torch install`).
 * @module
 */
import { TORCH_PLACE } from "../../lib/cli/experiment/runtime.ts";
import { readPlace } from "../../lib/engine/torch/place.ts";
import { type Compute, type Engine, engineOf, ENGINES } from "../../lib/engine/mod.ts";

/** An engine, and where it computes in tests; null: it is not here. */
export interface Tested {
  readonly engine: Engine;
  readonly compute: Compute | null;
}

export const TESTED: readonly Tested[] = ENGINES.map((name) => ({
  engine: engineOf({ engine: name }),
  compute: computeOf(name),
}));

function computeOf(name: string): Compute | null {
  const compute = { device: "cpu", threads: 1 };
  if (name !== "torch") return compute;
  const place = readPlace(TORCH_PLACE);
  return place && { ...compute, program: place.program };
}
