/**
 * Loader of MUSE's bilingual dictionaries (Lample et al. 2018) with their official split: training pairs are those of
 * the first 5000 source words in order of first appearance, test pairs those of words 5000 to 6499. Reads the published
 * `en-de.txt` (source, white space, target) and the re-ordered `en-de.dict` of hunalign-dict-muse (`target @ source`).
 * Lines are cut as MUSE's own `load_dictionary` cuts them: white space of any kind and number separates and may stand at
 * either end, a line of fewer than two words is skipped and counted, one of three stops it. Upper case is kept, where
 * MUSE stops.
 * @module
 */
import { UserError } from "../../errors.ts";
import { type DataFolder, dataSet, readFrom } from "./catalog.ts";
import { checkCount, fail, linesOf, pythonWords, quoted, type Source } from "./read.ts";
import type { LoadOptions } from "./types.ts";

/** Pairs of words, source first, in published order. */
export interface Dictionary {
  readonly source: string;
  readonly target: string;
  readonly pairs: readonly (readonly [source: string, target: string])[];
  /** Lines of the file that are no pair: blank ones, and words alone. */
  readonly skipped: number;
}

/** The parts of a dictionary: all of it, or one side of the official split. */
export type MuseSplit = "full" | "train" | "test";

/** Source words by order of first appearance that belong to each split. */
const RANGES: Readonly<Record<MuseSplit, readonly [number, number]>> = {
  full: [0, Infinity],
  train: [0, 5000],
  test: [5000, 6500],
};

/** Pairs of the full files that were checked against the published ones. */
const MUSE_ROWS: Readonly<Record<string, number>> = {
  "en-af": 37446,
  "en-de": 101931,
  "en-mk": 50749,
  "en-sk": 65887,
  "en-th": 24658,
};

/** The dictionary from `source` to `target`; MUSE files Norwegian Bokmål ("nb") as "no". */
export function loadMuse(
  folder: DataFolder,
  source: string,
  target: string,
  split: MuseSplit = "full",
  options: LoadOptions = {},
): Dictionary {
  if (!/^[a-z]{2,3}$/.test(source) || !/^[a-z]{2,3}$/.test(target)) {
    throw new UserError(
      `Cannot find a MUSE dictionary from "${source}" to "${target}": expected codes such as "en", "de"`,
    );
  }
  const pair = [source, target].map((code) => code === "nb" ? "no" : code).join("-");
  const file = readFrom(folder, dataSet("muse"), [`${pair}.txt`, `${pair}.dict`]);
  const dictionary = parseMuse(file, source, target);
  checkCount(file, dictionary.pairs.length, MUSE_ROWS[pair], options.partial);
  return officialSplit(dictionary, split);
}

/** What {@link loadMuse} does with the file's content; a name that ends in ".dict" has the target first. */
export function parseMuse(file: Source, source: string, target: string): Dictionary {
  const isReordered = file.path.endsWith(".dict");
  const lines = linesOf(file);
  const pairs = lines.flatMap((line, at): [string, string][] => {
    const words = pythonWords(line);
    if (words.length < 2) return [];
    if (isReordered) {
      if (words.length === 3 && words[1] === "@") return [[words[2]!, words[0]!]];
      fail(file, at + 1, `is ${quoted(line)}, expected "target @ source"`);
    }
    if (words.length === 2) return [[words[0]!, words[1]!]];
    fail(file, at + 1, `is ${quoted(line)}, expected a word and its translation`);
  });
  if (pairs.length === 0) {
    throw new UserError(`Cannot read "${file.path}": it has no pair of words; get it again`);
  }
  return { source, target, pairs, skipped: lines.length - pairs.length };
}

/** One side of the official split of a full dictionary. */
export function officialSplit(dictionary: Dictionary, split: MuseSplit): Dictionary {
  const [from, to] = RANGES[split];
  const rank = new Map<string, number>();
  for (const [word] of dictionary.pairs) if (!rank.has(word)) rank.set(word, rank.size);
  const pairs = dictionary.pairs.filter(([word]) => {
    const at = rank.get(word)!;
    return at >= from && at < to;
  });
  return { ...dictionary, pairs };
}
