/**
 * The same system on the same benchmark with different values in two places. Values that differ only in their number of
 * decimals agree; tables that agree are counted together.
 * @module
 */
import { must } from "../../checked.ts";
import type { Paper, PaperCell } from "../paper.ts";
import { type Finding, listed, refOf, tableNames } from "./finding.ts";
import { meet, roundingRange, shareRange } from "./printed.ts";
import { byScope, sameSubject, type Series, seriesOf } from "./series.ts";

/** One finding a system, benchmark and pair of disagreeing sources. */
export function auditConflicts(paper: Paper): Finding[] {
  const findings: Finding[] = [];
  const left = seriesOf(paper);
  while (left.length > 0) {
    const subject = left.filter((series) => sameSubject(series, left[0]!));
    for (const series of subject) left.splice(left.indexOf(series), 1);
    const versions = versionsOf(subject);
    for (const [i, version] of versions.entries()) {
      for (const other of versions.slice(i + 1)) findings.push(...compare(version, other, paper));
    }
  }
  return findings;
}

/** Groups of tables that contradict each other nowhere. */
function versionsOf(subject: readonly Series[]): Series[][] {
  const versions: Series[][] = [];
  for (const series of subject) {
    const home = versions.find((version) =>
      version.every((other) => differing([other], [series]).length === 0) &&
      version.some((other) => shared([other], [series]).length > 0)
    );
    if (home) home.push(series);
    else versions.push([series]);
  }
  return versions;
}

type Pair = readonly [PaperCell, PaperCell];

function shared(a: readonly Series[], b: readonly Series[]): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const one of a) {
    for (const other of b) {
      const others = byScope(other);
      for (const [scope, cell] of byScope(one)) {
        const partner = others.get(scope);
        if (partner && !pairs.has(scope)) pairs.set(scope, [cell, partner]);
      }
    }
  }
  return [...pairs.values()];
}

function differing(a: readonly Series[], b: readonly Series[]): Pair[] {
  return shared(a, b).filter(([x, y]) => !agree(x, y));
}

/** Whether one value can print as both: as the same share of the items where both are possible, else as any number. */
function agree(x: PaperCell, y: PaperCell): boolean {
  const [a, b] = [x, y].map((cell) => cell.n === null ? null : shareRange(cell.printed, cell.n));
  return a && b ? meet(a, b) : meet(roundingRange(x.printed), roundingRange(y.printed));
}

function compare(a: readonly Series[], b: readonly Series[], paper: Paper): Finding[] {
  const different = differing(a, b);
  if (different.length === 0) return [];
  const all = shared(a, b);
  const names = (version: readonly Series[]) => tableNames(version.map((s) => s.table));
  const { system, base, benchmark } = must(a[0], "a series");
  const labels = [
    ...new Set(
      different.flat().map((cell) =>
        cell.kind === "mean" || cell.scope === cell.column.toLowerCase() ? cell.row : cell.column
      ),
    ),
  ];
  return [{
    rule: "conflict",
    message:
      `${system} on ${benchmark} (${base}): ${different.length} of ${all.length} shared values differ between ` +
      `${names(a)} on one side and ${names(b)} on the other: ${
        listed(different.map(([x, y]) => `${x.scope} ${x.printed} / ${y.printed}`))
      }`,
    explanations: [...naming(labels, system, paper), ...pattern(all.length, different)],
    cells: different.flat().map(refOf),
  }];
}

/** Where the identity of the two rests on our reading of their names, say so. */
function naming(labels: readonly string[], system: string, paper: Paper): string[] {
  return labels.flatMap((label) => {
    const known = paper.systems.find((s) =>
      s.label === label && s.system === system && s.basis.startsWith("assumed")
    );
    return known ? [`"${label}" is taken for ${system} (${known.basis})`] : [];
  });
}

function pattern(all: number, different: readonly Pair[]): string[] {
  const signs = new Set(different.map(([x, y]) => Math.sign((y.value ?? 0) - (x.value ?? 0))));
  const found: string[] = [];
  if (different.length === all && all > 2) found.push("no shared value agrees: probably two different runs");
  else if (different.length * 2 > all) found.push("most values differ: probably two different runs");
  else if (all > 2) {
    found.push(`the other ${all - different.length} agree: probably cells of an older run or misprints`);
  }
  if (different.length > 2 && signs.size === 1) {
    found.push(`the second is always ${[...signs][0]! > 0 ? "higher" : "lower"}`);
  }
  return found;
}
