/**
 * Loader of XNLI (Conneau et al. 2018), in both published shapes: XTREME's file per language (`premise<TAB>hypothesis
 * <TAB>label`, no header) and XNLI-1.0's `xnli.test.tsv` / `xnli.dev.tsv` with a header and all 15 languages.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { type DataFolder, dataSet, readFrom, xnliPlaces } from "./catalog.ts";
import { checkLanguage, XNLI_LANGUAGES } from "./languages.ts";
import { checkCount, fail, linesOf, quoted, type Source, tabbedRows } from "./read.ts";
import { NLI_LABELS, type NliLabel } from "../world.ts";
import type { LoadOptions, NliRow } from "./types.ts";

/** Rows a language in each split. */
const XNLI_ROWS = { test: 5010, dev: 2490 } as const;
const COLUMNS = ["language", "gold_label", "sentence1", "sentence2"] as const;

/** XNLI in one language. */
export function loadXnli(
  folder: DataFolder,
  language: string,
  split: "test" | "dev" = "test",
  options: LoadOptions = {},
): NliRow[] {
  checkLanguage("XNLI", language, XNLI_LANGUAGES);
  const own = split === "test" ? [`${language}.tsv`, `test-${language}.tsv`] : [`dev-${language}.tsv`];
  const source = readFrom(folder, dataSet("xnli"), [...own, ...xnliPlaces(split)]);
  return parseXnli(source, language, split, options);
}

/** What {@link loadXnli} does with the file's content; a header line tells the shape. */
export function parseXnli(
  source: Source,
  language: string,
  split: "test" | "dev" = "test",
  options: LoadOptions = {},
): NliRow[] {
  const rows = linesOf(source)[0]!.startsWith("language\t")
    ? rowsWithHeader(source, language)
    : tabbedRows(source, 3).map(({ line, value: [premise, hypothesis, label] }) => ({
      line,
      premise,
      hypothesis,
      label,
    }));
  const items = rows.map(({ line, premise, hypothesis, label }, at): NliRow => ({
    id: `xnli-${split}/${at + 1}`,
    language,
    premise: premise.trim(),
    hypothesis: hypothesis.trim(),
    label: nliLabel(source, line, label),
  }));
  checkCount(source, items.length, XNLI_ROWS[split], options.partial);
  return items;
}

/** Rows of one language in XNLI-1.0's file of all; its quotation marks are plain text. */
function rowsWithHeader(source: Source, language: string) {
  const [header, ...lines] = atLeast(linesOf(source).map((line) => line.split("\t")), 1);
  const [ofLanguage, ofLabel, ofPremise, ofHypothesis] = atLeast(
    COLUMNS.map((name) => {
      const at = header.indexOf(name);
      return at >= 0 ? at : fail(source, 1, `has no column "${name}"`);
    }),
    4,
  );
  return lines.flatMap((fields, at) => {
    const line = at + 2;
    if (fields.length !== header.length) {
      fail(source, line, `has ${fields.length} tab-separated fields, expected ${header.length}`);
    }
    if (!XNLI_LANGUAGES.includes(fields[ofLanguage]!)) {
      fail(source, line, `has ${quoted(fields[ofLanguage]!)} where the language should be`);
    }
    if (fields[ofLanguage] !== language) return [];
    for (const field of [ofPremise, ofHypothesis]) {
      if (fields[field]!.trim() === "") fail(source, line, `has nothing in column "${header[field]}"`);
    }
    return [{
      line,
      premise: fields[ofPremise]!,
      hypothesis: fields[ofHypothesis]!,
      label: fields[ofLabel]!,
    }];
  });
}

function nliLabel(source: Source, line: number, field: string): NliLabel {
  // MultiNLI's machine-translated files write "contradictory".
  const name = field.trim() === "contradictory" ? "contradiction" : field.trim();
  const label = NLI_LABELS.find((each) => each === name);
  return label ??
    fail(source, line, `has ${quoted(field)} where the label should be (${NLI_LABELS.join(", ")})`);
}
