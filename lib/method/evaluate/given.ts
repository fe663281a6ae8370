/**
 * The answers that a step keeps beside its record, for other steps to read.
 * @module
 */
import { join } from "node:path";
import { readNdjson, writeNdjson } from "../../ndjson.ts";
import type { Artifact, StepContext } from "../../lab/experiment/types.ts";

/** What was answered to an item in a language, for statistics over languages. */
export interface Given {
  readonly lang: string;
  readonly item: string;
  readonly extracted: string | null;
  readonly correct: boolean;
}

const GIVEN_FILE = "given.ndjson";

/** Keeps them in the step's folder. */
export function writeGiven({ dir }: Pick<StepContext, "dir">, given: readonly Given[]): void {
  writeNdjson(join(dir, GIVEN_FILE), given);
}

/** Reads what a step that asked has kept. */
export function readGiven({ dir }: Pick<Artifact, "dir">): Given[] {
  return [...readNdjson<Given>(join(dir, GIVEN_FILE))];
}
