/**
 * Loader of Bibles aligned by verse (the eBible corpus, Akerman et al. 2023): line n of every file is the verse that
 * line n of `vref.txt` names; a blank line is a verse that the translation lacks, `<range>` one that is merged into the
 * verse above. Real parallel text for languages that have little else (Hausa, Swahili).
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { type DataFolder, dataSet, readFrom } from "./catalog.ts";
import { fail, linesOf, quoted, type Source } from "./read.ts";
import type { Bitext } from "./types.ts";

/** Lines of vref.txt: the verses of the original versification. */
const VERSES = 41899;
const RANGE = "<range>";

/** A Bible, line by line as in its file. */
export interface Bible {
  readonly language: string;
  /** Names of the verses ("GEN 1:1"). */
  readonly references: readonly string[];
  /** Text of each verse; empty where the translation has none, `<range>` where it stands in the verse above. */
  readonly verses: readonly string[];
}

/** The Bible of a language that the catalogue names, or of any file below `bible/` by its name without ".txt". */
export function loadBible(folder: DataFolder, language: string): Bible {
  const set = dataSet("bible");
  const places = set.parts[language]?.[0] ?? [`${language}.txt`];
  return parseBible(readFrom(folder, set, ["vref.txt"]), readFrom(folder, set, places), language);
}

/** What {@link loadBible} does with the two files' content. */
export function parseBible(vref: Source, text: Source, language: string, verses = VERSES): Bible {
  const references = linesOf(vref);
  if (references.length !== verses) {
    throw new UserError(`Cannot read "${vref.path}": it has ${references.length} lines, expected ${verses}`);
  }
  references.forEach((reference, at) => {
    if (!/^[A-Z0-9]{3} \d+:\d+$/.test(reference)) {
      fail(vref, at + 1, `is ${quoted(reference)}, expected a verse such as "GEN 1:1"`);
    }
  });
  const lines = linesOf(text);
  if (lines.length !== references.length) {
    throw new UserError(
      `Cannot read "${text.path}": it has ${lines.length} lines, "${vref.path}" ${references.length}; get both again`,
    );
  }
  lines.forEach((line, at) => {
    const before = lines[at - 1]?.trim() ?? "";
    if (line.trim() === RANGE && before === "") fail(text, at + 1, "is <range> with no verse above it");
  });
  return { language, references, verses: lines.map((line) => line.trim()) };
}

/** The text of a Bible as it reads: verses that it has, merged ones once. */
export function bibleText(bible: Bible): string[] {
  return bible.verses.filter((verse) => verse !== "" && verse !== RANGE);
}

/**
 * Verses that both Bibles have, as pairs. Verses merged in either are joined in both; a group of which either lacks a
 * verse is left out whole.
 */
export function alignBibles(english: Bible, foreign: Bible): Bitext {
  const pairs: Bitext["pairs"][number][] = [];
  const { references } = english;
  for (let start = 0; start < references.length;) {
    let end = start + 1;
    while (end < references.length && (english.verses[end] === RANGE || foreign.verses[end] === RANGE)) end++;
    const group = [english, foreign].map(({ verses }) => verses.slice(start, end));
    if (group.every((verses) => verses.every((verse) => verse !== ""))) {
      const [ours, theirs] = atLeast(
        group.map((verses) => verses.filter((verse) => verse !== RANGE).join(" ")),
        2,
      );
      const last = end - start > 1 ? `-${references[end - 1]!.split(" ")[1]}` : "";
      pairs.push({ id: `bible/${references[start]}${last}`, english: ours, foreign: theirs });
    }
    start = end;
  }
  return { language: foreign.language, pairs };
}
