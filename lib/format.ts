/**
 * Numbers as text, in one place, so that a value is rounded once and the same way everywhere.
 * @module
 */

const MINUS = "\u2212";

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

/** "p < 0.001", "p = 0.03". */
export function pValue(p: number): string {
  if (p < 0.001) return "p < 0.001";
  return `p = ${p < 0.1 ? p.toFixed(3) : p.toFixed(2)}`;
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
