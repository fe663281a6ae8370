/**
 * Numbers as text, in one place, so that a value is rounded once and the same way everywhere.
 * @module
 */

const MINUS = "\u2212";

/** The text with a capital at its start. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A proportion in [0, 1] as percent with one decimal, no sign: 0.584 -> "58.4". */
export function percent(value: number): string {
  return (value * 100).toFixed(1);
}

/** A difference in percentage points with its sign and a real minus: -0.132 -> "−13.2"; zero has none. */
export function points(value: number): string {
  const text = Math.abs(value * 100).toFixed(1);
  if (Number(text) === 0) return "0.0";
  return (value < 0 ? MINUS : "+") + text;
}

/** The ends of an interval of differences: "−20.5 to −5.6". */
export function pointsRange({ low, high }: Range): string {
  return `${points(low)} to ${points(high)}`;
}

/** The ends of an interval of proportions: "22.1–36.4". */
export function percentRange({ low, high }: Range): string {
  return `${percent(low)}–${percent(high)}`;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** The least p that is told apart: what a test of 9,999 random draws can give. */
const LEAST_P = 1e-4;

/** "0.032", "0.41", "≤ 0.0001": two digits that count, below 0.1. */
export function pNumber(p: number): string {
  if (p <= LEAST_P) return `≤ ${LEAST_P}`;
  return p < 0.1 ? p.toPrecision(2) : p.toFixed(2);
}

/** "p = 0.032", "p ≤ 0.0001". */
export function pValue(p: number): string {
  return p <= LEAST_P ? `p ${pNumber(p)}` : `p = ${pNumber(p)}`;
}

/** A difference's p by itself and among those of its table: "p = 0.032 uncorrected, 0.084 corrected for 9 (Holm)". */
export function pValues(p: number, corrected: { readonly p: number; readonly of: number } | null): string {
  const itself = `${pValue(p)} uncorrected`;
  return corrected === null
    ? itself
    : `${itself}, ${pNumber(corrected.p)} corrected for ${corrected.of} (Holm)`;
}

/** What an estimate is of: "200 problems × 4 languages × 3 seeds"; with the answers where some are missing. */
export function sampleSize(
  { n, problems, languages, seeds, unit }: {
    readonly n: number;
    readonly problems: number;
    readonly languages: number;
    readonly seeds: number;
    readonly unit: string;
  },
): string {
  const product = [plural(problems, unit), plural(languages, "language"), plural(seeds, "seed")]
    .filter((_, i) => i === 0 || [problems, languages, seeds][i]! > 1).join(" × ");
  return n === problems * languages * seeds ? product : `${plural(n, "answer")} of ${product}`;
}

/** 12345 -> "12,345". */
export function integer(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Seconds as a person says them: "0.4 s", "3 min 05 s", "2 h 10 min". */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor(whole % 3600 / 60)).padStart(2, "0")} min`;
}

/** Bytes in binary units: "512 MiB", "1.4 GiB". */
export function bytes(count: number): string {
  if (count < 2 ** 20) return `${Math.ceil(count / 1024)} KiB`;
  if (count < 2 ** 30) return `${Math.round(count / 2 ** 20)} MiB`;
  return `${(count / 2 ** 30).toFixed(1)} GiB`;
}

/** "1 run", "3 runs". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : many}`;
}

/** What intervals speak of, by how many seeds they include: "95 % intervals over 3 seeds and the problems". */
export function intervalsOf(rows: readonly { readonly covered: number }[], unit: string): string {
  const fewest = Math.min(...rows.map(({ covered }) => covered));
  return fewest > 1
    ? `95 % intervals over ${fewest} seeds and the ${unit}s`
    : `95 % intervals over the ${unit}s (how much another seed would change is not in them)`;
}

/** A number of unknown kind, as short as it stays exact enough to read. */
export function plain(value: number): string {
  if (Number.isInteger(value)) return integer(Math.abs(value)).replace(/^/, value < 0 ? MINUS : "");
  const text = Math.abs(value) >= 100 ? value.toFixed(1) : value.toPrecision(3);
  return text.replace("-", MINUS);
}
