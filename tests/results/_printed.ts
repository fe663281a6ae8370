/**
 * Numbers as a page's Markdown prints them: what findings say, and what stands in the tables' rows.
 * @module
 */
import { atLeast } from "../../lib/checked.ts";

/** An estimate in a finding, as printed. */
export type Said =
  & { readonly variant: string; readonly benchmark: string; readonly scope: string; readonly value: string }
  & (
    | { readonly kind: "accuracy"; readonly range?: string | undefined }
    | {
      readonly kind: "difference" | "change";
      /** The variant or benchmark that it is against. */
      readonly reference: string;
      readonly range?: string | undefined;
      readonly p?: string | undefined;
      readonly corrected?: string | undefined;
      readonly of?: string | undefined;
      readonly detectable?: string | undefined;
    }
  );

const POINTS = "([+\u2212]?\\d+\\.\\d) pp", SHARE = "(\\d+\\.\\d) %";
const BOTH = "([+\u2212]?\\d+\\.\\d to [+\u2212]?\\d+\\.\\d)";
const PS =
  "p (?:= )?(\u2264 [\\d.]+|[\\d.]+) uncorrected(?:, (\u2264 [\\d.]+|[\\d.]+) corrected for (\\d+) \\(Holm\\))?";

const DIFFERENCE = new RegExp(
  `^(.+) minus (.+) on (\\S+) (\\S+): ${POINTS} \\[${BOTH}\\](?:, asked [^;]+)?; ${PS}; detectable ${
    SHARE.replace("%", "pp")
  }; `,
);
const ACCURACY = new RegExp(`^(.+) on (\\S+) (\\S+): ${SHARE} \\[(\\d+\\.\\d\u2013\\d+\\.\\d)\\], asked `);
const CHANGE = new RegExp(
  `^(.+) on (\\S+): (\\S+) ${SHARE}, (\\S+) ${SHARE}; paired difference ${POINTS} \\[${BOTH}\\]; ${PS}; `,
);
const GROUPS = new RegExp(
  `^(.+) on (\\S+): (\\S+) ${SHARE}, (\\S+) ${SHARE}; difference .*, unpaired(?:; .*)?$`,
);
const GAINS = new RegExp(
  `^(.+) minus (.+) on (\\S+): (\\S+) ${POINTS}, (\\S+) ${POINTS}; difference .*, unpaired(?:; .*)?$`,
);

/** What a finding says of what is no accuracy: rank correlations, and scores that a step computed itself. */
export const NO_ACCURACY =
  /^(?:Spearman of |No answers |No \S+ on |Nothing of .+ was counted$|.+; counted, so there is no interval$|.+, \S+ on \S+ \S+: .+; \d+ languages? × )/;

/** The estimates that one sentence of a finding quotes; undefined for a sentence of another form. */
export function saidIn(sentence: string): Said[] | undefined {
  let found = DIFFERENCE.exec(sentence);
  if (found) {
    const [, variant, reference, benchmark, scope, value, range, p, corrected, of, detectable] = atLeast(
      found,
      7,
    );
    return [{
      kind: "difference",
      variant,
      reference,
      benchmark,
      scope,
      value,
      range,
      p,
      corrected,
      of,
      detectable,
    }];
  }
  found = ACCURACY.exec(sentence);
  if (found) {
    const [, variant, benchmark, scope, value, range] = atLeast(found, 6);
    return [{ kind: "accuracy", variant, benchmark, scope, value, range }];
  }
  found = CHANGE.exec(sentence);
  if (found) {
    const [, variant, scope, benchmark, one, reference, other, value, range, p, corrected, of] = atLeast(
      found,
      8,
    );
    return [
      { kind: "accuracy", variant, benchmark, scope, value: one },
      { kind: "accuracy", variant, benchmark: reference, scope, value: other },
      { kind: "change", variant, reference, benchmark, scope, value, range, p, corrected, of },
    ];
  }
  found = GROUPS.exec(sentence);
  if (found) {
    const [, variant, benchmark, scope, one, than, other] = atLeast(found, 7);
    return [
      { kind: "accuracy", variant, benchmark, scope, value: one },
      { kind: "accuracy", variant, benchmark, scope: than, value: other },
    ];
  }
  found = GAINS.exec(sentence);
  if (found) {
    const [, variant, reference, benchmark, scope, one, than, other] = atLeast(found, 8);
    return [
      { kind: "difference", variant, reference, benchmark, scope, value: one },
      { kind: "difference", variant, reference, benchmark, scope: than, value: other },
    ];
  }
}

/** The sentences of all findings in a Markdown text. */
export function sentencesOf(markdown: string): string[] {
  return [...markdown.matchAll(/^(?:\d+\.| +-) (.+)$/gm)].map(([, sentence]) => plain(sentence!))
    .filter((sentence) => sentence !== "In parts:");
}

function plain(text: string): string {
  return text.replace(/\\(.)/g, "$1").trim();
}

/** A score and its interval as a table of scores prints them, by language and by system; "" where there is none. */
export function scoresIn(grids: readonly { readonly rows: string[][] }[], variant: string, scope: string) {
  return grids.flatMap(({ rows: [head, ...rows] }) => {
    const column = head?.[0] === "Languages" ? head.indexOf(variant) : -1;
    return column < 0 ? [] : rows.filter(([name]) => name === scope).map((row) => {
      const [, value, range] = /^(\S+) \((\S+)\)$/.exec(row[column]!) ?? ["", "", ""];
      return { value, range };
    });
  });
}

/** Tables of a Markdown text by the line before them, each a list of rows. */
export function gridsOf(markdown: string): { readonly before: string; readonly rows: string[][] }[] {
  const grids: { before: string; rows: string[][] }[] = [];
  let before = "", rows: string[][] | undefined;
  for (const line of markdown.split("\n")) {
    if (!line.startsWith("|")) {
      if (line.trim() !== "") before = line;
      rows = undefined;
      continue;
    }
    if (!rows) {
      rows = [];
      grids.push({ before, rows });
    }
    if (/^\|[-:|]+\|$/.test(line)) continue;
    rows.push(line.slice(2, -2).split(/ \| /).map(plain));
  }
  return grids;
}

/** A row of a variant minus the base as one of the base minus the variant. */
export function turned(row: readonly string[]): string[] {
  const sign = (text: string) => text.replace(/[+\u2212]/, (mark) => mark === "+" ? "\u2212" : "+");
  const [variant, scope, value = "", range = "", ...rest] = atLeast(row, 2);
  return [variant, scope, sign(value), range.split(" to ").map(sign).toReversed().join(" to "), ...rest];
}
