/**
 * A benchmark's numbers as a reader wants to see them: languages down, systems across, sorted, filtered, against a base.
 * @module
 */
import { groupName } from "../html/groups.ts";
import { languageName } from "../html/languages.ts";
import type { Grid } from "../tables/plain.ts";
import type { CellData, SliceData } from "./data.ts";
import { type MarkIndex, recompute } from "./recompute.ts";

/** What a reader has chosen. */
export interface ViewChoice {
  /** Systems that are left out. */
  readonly hidden: readonly string[];
  /** The system that others are told against; "" for none. */
  readonly base: string;
  readonly rows: "all" | "groups" | "languages";
  /** Only languages of it; "" for all. */
  readonly level: string;
  readonly family: string;
  readonly script: string;
  /** A system, or "" for the names; null for the order of the table. */
  readonly sortBy: string | null;
  readonly isFalling: boolean;
  /** Whether the paper's printed values stand beside ours. */
  readonly hasPaper: boolean;
}

/** The choice that shows everything as it is. */
export const EVERYTHING: ViewChoice = {
  hidden: [],
  base: "",
  rows: "all",
  level: "",
  family: "",
  script: "",
  sortBy: null,
  isFalling: true,
  hasPaper: false,
};

/** A number of the view: ours, and against the base where there is one. Shares in [0, 1]. */
export interface ViewCell {
  readonly cell: CellData;
  readonly key: string;
  readonly value: number;
  /** Minus the base's, without an interval: the table of changes has those. */
  readonly difference?: number | undefined;
}

export interface ViewRow {
  readonly scope: string;
  readonly name: string;
  readonly isGroup: boolean;
  /** By system. */
  readonly cells: ReadonlyMap<string, ViewCell>;
}

export interface View {
  /** The systems that are shown, the base first where there is one. */
  readonly systems: readonly string[];
  readonly rows: readonly ViewRow[];
}

/** What can be filtered by: of each facet the values that some language of the benchmark has. */
export function facetsOf(
  slice: SliceData,
  benchmark: string,
): Readonly<Record<"level" | "family" | "script", string[]>> {
  const { groups } = slice.benchmarks[benchmark]!;
  const languages = languagesIn(slice, benchmark);
  const values = (of: (lang: string) => string | undefined) =>
    [...new Set(languages.flatMap((lang) => of(lang) ?? []))].sort();
  return {
    level: groups.filter((group) => group.languages.length < languages.length).map(({ name }) => name),
    family: values((lang) => slice.languages[lang]?.family),
    script: values((lang) => slice.languages[lang]?.script),
  };
}

/** Every system that has a number of the benchmark, in the page's order. */
export function systemsIn(slice: SliceData, benchmark: string): string[] {
  const own = Object.values(slice.cells).filter((cell) => cell.benchmark === benchmark);
  return [...new Set(own.map(({ variant }) => variant))];
}

export function viewOf(slice: SliceData, benchmark: string, index: MarkIndex, choice: ViewChoice): View {
  const { groups } = slice.benchmarks[benchmark]!;
  const all = systemsIn(slice, benchmark);
  const isShown = (system: string) => system !== choice.base && !choice.hidden.includes(system);
  const systems = [...all.filter((system) => system === choice.base), ...all.filter(isShown)];
  const scopes = [
    ...(choice.rows === "languages" ? [] : groups.map(({ name }) => ({ scope: name, isGroup: true }))),
    ...(choice.rows === "groups"
      ? []
      : languagesIn(slice, benchmark).filter((lang) => isChosen(slice, benchmark, lang, choice))
        .map((scope) => ({ scope, isGroup: false }))),
  ];
  const rows = scopes.map(({ scope, isGroup }): ViewRow => {
    const found = systems.flatMap((system) => {
      const key = `${benchmark}|${system}|${scope}`;
      const cell = Object.hasOwn(slice.cells, key) ? slice.cells[key]! : undefined;
      return cell === undefined ? [] : [{ system, cell, key, value: recompute(cell, index).value }];
    });
    const base = found.find(({ system }) => system === choice.base)?.value;
    const cells = found.map(({ system, ...one }): [string, ViewCell] => [system, {
      ...one,
      difference: base === undefined || system === choice.base ? undefined : one.value - base,
    }]);
    return {
      scope,
      isGroup,
      name: isGroup ? groupName(scope) : `${languageName(scope)} (${scope})`,
      cells: new Map(cells),
    };
  });
  return { systems, rows: sorted(rows, choice) };
}

/** Groups stay before languages; what has no number comes last. */
function sorted(rows: readonly ViewRow[], { sortBy, isFalling }: ViewChoice): ViewRow[] {
  if (sortBy === null) return [...rows];
  const direction = isFalling ? -1 : 1;
  const numberOf = ({ cells }: ViewRow) => cells.get(sortBy)?.difference ?? cells.get(sortBy)?.value;
  return rows.toSorted((a, b) => {
    if (a.isGroup !== b.isGroup) return a.isGroup ? -1 : 1;
    if (sortBy === "") return -direction * a.name.localeCompare(b.name, "en");
    const [x, y] = [numberOf(a), numberOf(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return direction * (x - y);
  });
}

function isChosen(slice: SliceData, benchmark: string, lang: string, choice: ViewChoice): boolean {
  const level = slice.benchmarks[benchmark]!.groups.find(({ name }) => name === choice.level);
  const { family, script } = slice.languages[lang] ?? {};
  return (choice.level === "" || level?.languages.includes(lang) === true) &&
    (choice.family === "" || family === choice.family) &&
    (choice.script === "" || script === choice.script);
}

/** In the order of their groups. */
function languagesIn(slice: SliceData, benchmark: string): string[] {
  const { groups } = slice.benchmarks[benchmark]!;
  const all = groups.reduce<readonly string[]>(
    (most, { languages }) => languages.length > most.length ? languages : most,
    [],
  );
  const parts = groups.filter(({ languages }) => languages.length < all.length);
  return [...new Set([...parts.flatMap(({ languages }) => languages), ...all])];
}

/** The view as a plain table, for copying: accuracies in percent, or points against the base. */
export function gridOf({ systems, rows }: View, { hasPaper }: ViewChoice): Grid {
  return {
    head: ["Languages", ...systems.flatMap((name) => hasPaper ? [name, `${name}, paper`] : [name])],
    rows: rows.map(({ name, cells }) => [
      name,
      ...systems.flatMap((system) => {
        const found = cells.get(system);
        const ours = found ? textOf(found) : "";
        return hasPaper ? [ours, found?.cell.paper ?? ""] : [ours];
      }),
    ]),
  };
}

/** "38.4", or "+3.1" against a base. */
export function textOf({ cell, difference }: Pick<ViewCell, "cell" | "difference">): string {
  if (difference === undefined) return cell.printed;
  const points = (difference * 100).toFixed(1);
  return difference < 0 ? points.replace("-", "\u2212") : `+${points}`;
}
