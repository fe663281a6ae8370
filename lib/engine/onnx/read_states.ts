/**
 * What a frozen encoder makes of a training's texts: every distinct text goes through it once, and its states are kept
 * until the training is done, so that one that was interrupted does not compute them again.
 * @module
 */
import { join } from "node:path";
import { exists } from "../../files.ts";
import { sha256 } from "../../hash.ts";
import { openSafetensors, writeSafetensors } from "../../tensor/mod.ts";
import type { EncoderFolder, FitContext, TextEncoder } from "../engine.ts";
import { openEncoder } from "./encoder.ts";

/** The states of each distinct text, float32 [tokens, hidden_size], by the text's hash. */
const STATES_FILE = "encoder_states.safetensors";

/** States that are kept at most: more would take longer to write and read than what they save is worth. */
const MOST_BYTES = 2 ** 32;

/**
 * float32 [tokens, hidden_size] of each text, row-major; texts that are the same share one array. The states of a text do
 * not depend on the texts beside it, so that these are the bits that a batch of all texts gives.
 */
export async function readStates(
  texts: readonly string[],
  folder: EncoderFolder,
  { checkpointDir, runtime }: Pick<FitContext, "checkpointDir" | "runtime">,
): Promise<Float32Array[]> {
  const file = join(checkpointDir, STATES_FILE);
  const distinct = new Map([...new Set(texts)].map((text) => [text, sha256(text)]));
  const known = readKept(file, [...distinct.values()]);
  const missing = [...distinct.keys()].filter((text) => !known.has(distinct.get(text)!));
  if (missing.length > 0) {
    const encoder = await openEncoder(folder, runtime);
    try {
      const states = await encoder.encode(missing);
      missing.forEach((text, i) => known.set(distinct.get(text)!, states[i]!));
      keep(file, known, encoder);
    } finally {
      await encoder.dispose();
    }
  }
  return texts.map((text) => known.get(distinct.get(text)!)!);
}

/** Those of `names` that are kept. */
function readKept(file: string, names: readonly string[]): Map<string, Float32Array> {
  if (!exists(file)) return new Map();
  const kept = openSafetensors(file);
  return new Map(
    names.filter((name) => kept.entries.has(name)).map((name) => [name, kept.float32(name)]),
  );
}

function keep(
  file: string,
  states: ReadonlyMap<string, Float32Array>,
  { hidden_size }: Pick<TextEncoder, "hidden_size">,
): void {
  const bytes = [...states.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytes > MOST_BYTES) return;
  writeSafetensors(
    file,
    [...states].map(([name, data]) => ({
      name,
      dtype: "F32",
      shape: [data.length / hidden_size, hidden_size],
      data,
    })),
  );
}
