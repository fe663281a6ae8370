/**
 * Which Python this engine runs in, as `deno task torch install` wrote it down: nothing is started to find out.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { exists, writeFileAtomic } from "../../files.ts";

const schema = v.object({
  /** Absolute path of the interpreter. */
  program: v.string(),
  /** The versions that decide what it computes, by package. */
  packages: v.record(v.string(), v.string()),
  /** CUDA devices that it found, and the memory of each in bytes. */
  devices: v.optional(v.array(v.object({ name: v.string(), bytes: v.number() })), []),
});

/** A Python with the packages of this engine. */
export type TorchPlace = v.InferOutput<typeof schema>;

/** The packages whose versions are part of a result's identity. */
export const PACKAGES = ["torch", "transformers", "peft"] as const;

/** What was installed, null where nothing was. @throws {UserError} for a file that is damaged */
export function readPlace(file: string): TorchPlace | null {
  if (!exists(file)) return null;
  try {
    return v.parse(schema, JSON.parse(Deno.readTextFileSync(file)));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error;
    throw new UserError(`Cannot read "${file}": it is damaged; run "deno task torch install" again`);
  }
}

export function writePlace(file: string, place: TorchPlace): void {
  writeFileAtomic(file, `${JSON.stringify(place, null, 2)}\n`);
}

/** The versions as a run's identity has them: "torch 2.13.0, transformers 5.24.0". */
export function versionsOf({ packages }: TorchPlace): string {
  return Object.entries(packages).map(([name, version]) => `${name} ${version}`).join(", ");
}
