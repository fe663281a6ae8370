/**
 * Runs by name: a run's id, the start of it, or "experiment/variant", with seed, scale and world after it as far as
 * they are needed to tell it from others.
 * @module
 */
import { didYouMean, nearest, UserError } from "../errors.ts";
import type { LabPaths } from "../lab/record/paths.ts";
import { slotOf } from "../lab/plan/prepare.ts";
import type { RunRecord } from "../lab/record/record.ts";
import { currentRuns } from "../lab/record/records.ts";

/** At most this many names stand in an error. */
const SHOWN = 12;

type Named = Pick<RunRecord, "experiment" | "variant" | "seed" | "scale" | "world">;

/** The name that tells a run from all others that count: "stage_removal/LinguaLIFT/1/micro/mini". */
export function fullName({ experiment, variant, seed, scale, world }: Named): string {
  return [experiment, variant, seed, scale, world].join("/");
}

/** Every way to name it: each of seed, scale and world may be left out. */
function namesOf({ experiment, variant, seed, scale, world }: Named): Set<string> {
  const tails = [String(seed), scale, world].reduce<string[][]>(
    (all, part) => [...all, ...all.map((parts) => [...parts, part])],
    [[]],
  );
  return new Set(tails.map((parts) => [experiment, variant, ...parts].join("/")));
}

/** @throws {UserError} for a name of no run, or of several; it shows names that would do */
export function findRun(paths: LabPaths, records: ReadonlyMap<string, RunRecord>, name: string): RunRecord {
  const exact = records.get(name);
  if (exact) return exact;
  const all = [...records.values()];
  const current = currentRuns(paths, records);
  const counting = all.filter((record) => current.get(slotOf(record)) === record.id);
  // A full name may read as a shorter one of a variant whose own name ends in "/1".
  const whole = counting.filter((record) => fullName(record) === name);
  const named = whole.length > 0 ? whole : counting.filter((record) => namesOf(record).has(name));
  const found = named.length > 0 ? named : all.filter(({ id }) => id.startsWith(name));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const names = found.map((record) => named.length > 0 ? fullName(record) : record.id);
    throw new UserError(`Ambiguous run "${name}": it could be ${some(names.map((each) => `"${each}"`))}`);
  }
  throw new UserError(`Unknown run "${name}": ${choiceOf(name, counting)}`);
}

function choiceOf(name: string, runs: readonly RunRecord[]): string {
  const names = runs.map(fullName).sort();
  if (names.length <= SHOWN) return didYouMean(name, names);
  const near = nearest(name, names);
  return near === undefined ? `choose from ${some(names)}` : `did you mean "${near}"? Valid: ${some(names)}`;
}

function some(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return names.slice(0, SHOWN).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
