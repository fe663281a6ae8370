/**
 * The bridge that a training begins with, and its size.
 * @module
 */
import { join } from "node:path";
import { exists } from "../../files.ts";
import type { Artifact } from "../../lab/experiment/types.ts";
import { BRIDGE_FILE, saveBridge } from "../../model/bridge/file.ts";
import { type BridgeConfig, bridgeParameterShapes, FROZEN_IN_BRIDGE } from "../../model/bridge/layer.ts";
import type { LlmEmbeddings } from "../../model/llm.ts";
import { countParameters } from "../../model/parameters.ts";
import { stream } from "../../random.ts";
import type { Bridge } from "../reader/reading.ts";
import { freshBridge } from "./fresh_bridge.ts";

/**
 * The file of the bridge that a training begins with: of the one that it goes on from, one that was made for it, or a fresh
 * one in `folder`.
 * @param d_enc width of the encoder's states
 */
export function firstBridge(
  { from, start, seed }: {
    readonly from: Artifact | null;
    readonly start: Artifact | null;
    readonly seed: number;
  },
  bridge: Bridge,
  d_enc: number,
  llm: LlmEmbeddings,
  folder: string,
): string {
  const earlier = from && join(from.dir, BRIDGE_FILE);
  if (earlier !== null && exists(earlier)) return earlier;
  if (start !== null) return join(start.dir, BRIDGE_FILE);
  const fresh = join(folder, BRIDGE_FILE);
  // The same for a seed, whichever stage or system comes first.
  saveBridge(fresh, freshBridge(bridge, d_enc, llm, stream(seed, "alignment", "init")));
  return fresh;
}

/** How many numbers of a bridge learn. */
export function bridgeSize(config: BridgeConfig): number {
  const shapes = Object.entries(bridgeParameterShapes(config)).filter(([name]) =>
    !FROZEN_IN_BRIDGE.includes(name)
  );
  return countParameters(Object.fromEntries(shapes));
}
