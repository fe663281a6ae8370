/**
 * Learning curves of a slice: one for every training that its runs went through, and what its end looks like.
 * @module
 */
import * as v from "valibot";
import type { Store } from "../store/open.ts";
import { CURRENT, keyValues } from "./current.ts";
import type { Curve, SliceKey } from "./slice.ts";

/** How a training ended; differences are of the mean loss of tenths of the updates. */
export interface Ending {
  readonly kind: "level" | "still falling" | "diverged";
  /** Mean loss of the last tenth, of the tenth before, and of the lowest tenth. */
  readonly last: number;
  readonly before: number;
  readonly lowest: number;
}

const text = v.string();
const number = v.number();

/** In the order of the steps; those without a curve are left out. */
export async function readCurves(db: Store, slice: SliceKey): Promise<Curve[]> {
  const users = await db.rows(
    v.object({ stage: text, key: text, variant: text, seed: number, place: number }),
    `SELECT concat_ws(' ', step, label) AS stage, key, variant, seed, max(position) AS place
     FROM step JOIN run USING (run)
     WHERE ${CURRENT} AND EXISTS (FROM curve WHERE curve.run = step.run AND curve.position = step.position)
     GROUP BY ALL ORDER BY stage, variant, seed, key`,
    keyValues(slice),
  );
  const points = await db.rows(
    v.object({ key: text, updates: number, loss: number, lr: v.nullable(number) }),
    `SELECT key, updates, loss, lr FROM curve JOIN step USING (run, position) JOIN run USING (run) WHERE ${CURRENT}
     QUALIFY row_number() OVER (PARTITION BY key, updates ORDER BY run.run) = 1 ORDER BY key, updates`,
    keyValues(slice),
  );
  const byKey = Map.groupBy(points, ({ key }) => key);
  // A system may leave stages out: whoever goes through most says which comes before which.
  const stages = [...Map.groupBy(users, ({ stage }) => stage).values()]
    .sort((a, b) => lastPlace(a) - lastPlace(b));
  return stages.flatMap((own) => [...Map.groupBy(own, ({ key }) => key)]).map(([key, own]) => ({
    stage: own[0]!.stage,
    key,
    runs: own.map(({ variant, seed }) => ({ variant, seed })),
    points: byKey.get(key)!.map(({ updates, loss, lr }) => ({ updates, loss, lr })),
  }));
}

function lastPlace(users: readonly { readonly place: number }[]): number {
  return Math.max(...users.map(({ place }) => place));
}

/** Of what a training gained, a last tenth that still gains this share of it has not levelled off. */
const SHARE = 0.02;
/** A last loss above the lowest by this share of what was gained has diverged. */
const LOST = 0.2;
/** In standard errors: what is less may be the noise of batches. */
const CLEAR = 3;

/**
 * Judges a training's end. A difference counts when it is three standard errors of the two tenths' means (from the windows'
 * own scatter) and, for "still falling", 2 % of all that the training gained; "diverged" wants a fifth of that.
 * Undefined for fewer than 20 windows, of which a tenth would be one.
 */
export function endingOf({ points }: Pick<Curve, "points">): Ending | undefined {
  if (points.length < 20) return undefined;
  const tenths = Array.from({ length: 10 }, (_, i) =>
    summary(
      points.slice(Math.floor(i * points.length / 10), Math.floor((i + 1) * points.length / 10)).map((p) =>
        p.loss
      ),
    ));
  const [first, before, last] = [tenths[0]!, tenths[8]!, tenths[9]!];
  const lowest = tenths.reduce((least, one) => one.mean < least.mean ? one : least);
  const gained = Math.max(first.mean - lowest.mean, Number.MIN_VALUE);
  const isClear = (one: Summary, other: Summary) =>
    Math.abs(one.mean - other.mean) > CLEAR * Math.hypot(one.error, other.error);
  const numbers = { last: last.mean, before: before.mean, lowest: lowest.mean };
  if (last.mean - lowest.mean > LOST * gained && isClear(last, lowest)) {
    return { kind: "diverged", ...numbers };
  }
  const isFalling = before.mean - last.mean > SHARE * gained && isClear(before, last);
  return { kind: isFalling ? "still falling" : "level", ...numbers };
}

interface Summary {
  readonly mean: number;
  /** Standard error. */
  readonly error: number;
}

function summary(values: readonly number[]): Summary {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}
