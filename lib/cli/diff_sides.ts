/**
 * `deno task diff --stores A B`: two stores or sites side by side, a slice at a time.
 * @module
 */
import { percent, plain, points, pointsRange, pValue } from "../format.ts";
import { VERDICT_WORDS } from "../lab/experiment/verdict_words.ts";
import { openSide } from "../report/read_side.ts";
import { compareSlices, type NumberDifference, type SliceDifference } from "../results/side.ts";
import { columns } from "./terminal/table.ts";

/** What differs between two sides. */
interface SidesDiff {
  readonly a: string;
  readonly b: string;
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  readonly slices: Readonly<Record<string, SliceDifference>>;
}

/** Compares every slice that both have. @throws {UserError} for a path of neither a store nor a site */
export async function diffSides(a: string, b: string): Promise<SidesDiff> {
  using one = await openSide(a);
  using other = await openSide(b);
  const slices: Record<string, SliceDifference> = {};
  for (const name of one.names.filter((name) => other.names.includes(name))) {
    slices[name] = compareSlices(await one.read(name), await other.read(name));
  }
  return {
    a,
    b,
    onlyA: one.names.filter((name) => !other.names.includes(name)),
    onlyB: other.names.filter((name) => !one.names.includes(name)),
    slices,
  };
}

/** Whether anything differs. */
export function hasDifference({ onlyA, onlyB, slices }: SidesDiff): boolean {
  return onlyA.length + onlyB.length > 0 || Object.values(slices).some(isOther);
}

function isOther({ numbers, verdicts }: SliceDifference): boolean {
  return numbers.length + verdicts.length > 0;
}

/** As text: groups in full, single languages counted. */
export function formatSides(found: SidesDiff): string {
  const { a, b, onlyA, onlyB, slices } = found;
  const differing = Object.entries(slices).filter(([, slice]) => isOther(slice));
  const count = Object.values(slices).reduce((sum, { compared }) => sum + compared, 0);
  return [
    `A  ${a}`,
    `B  ${b}`,
    ...onlyA.map((name) => `Only in A: ${name}`),
    ...onlyB.map((name) => `Only in B: ${name}`),
    ...differing.flatMap(([name, slice]) => [name, ...sliceLines(slice)]),
    ...(hasDifference(found)
      ? []
      : [`Nothing differs: ${Object.keys(slices).length} slices, ${count} numbers`]),
  ].join("\n");
}

function sliceLines({ compared, numbers, verdicts }: SliceDifference): string[] {
  const groups = numbers.filter(({ isGroup }) => isGroup);
  const rest = numbers.length - groups.length;
  const table = groups.length === 0 ? [] : columns([
    ["  score", "A", "B", "B - A", "95 % interval", "p"],
    ...groups.map(cells),
  ]).split("\n");
  return [
    ...table,
    ...(rest > 0
      ? [`  and ${rest} numbers of single languages (--json has them), of ${compared} compared`]
      : []),
    ...verdicts.map(({ claim, a, b }) => `  verdict of "${claim}": ${verdictText(a)} -> ${verdictText(b)}`),
  ];
}

function cells({ variant, benchmark, scope, metric, a, b, change }: NumberDifference): string[] {
  const isShare = metric === "accuracy";
  const show = (value: number | null) => value === null ? "-" : isShare ? percent(value) : plain(value);
  const by = change?.value ?? (a === null || b === null ? null : b - a);
  return [
    `  ${[variant, benchmark, scope, isShare ? "%" : metric].filter((part) => part !== "").join(" ")}`,
    show(a),
    show(b),
    by === null ? "-" : isShare ? points(by) : plain(by),
    change === null ? "-" : pointsRange(change),
    change === null ? "-" : pValue(change.p).replace("p = ", "").replace("p ", ""),
  ];
}

/** What people read for a verdict; "none" where a side lacks the claim. */
function verdictText(verdict: string | null): string {
  return verdict === null ? "none" : (VERDICT_WORDS as Readonly<Record<string, string>>)[verdict] ?? verdict;
}
