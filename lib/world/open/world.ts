/**
 * Real data as a {@link World}, so that a recipe runs on it unchanged. Training data: GSM8K's training problems, XNLI's
 * development pairs, CommonsenseQA's training questions (English; there is no other), on request MultiMWP's training
 * templates, Bibles as plain and parallel text, and for code-switching MUSE's training words and CLDR's names of
 * pictures. Nothing that a benchmark was made from is ever handed out for training: GSM8K's test set is MGSM's source.
 * @module
 */
import { atLeast, must } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { stream } from "../../random.ts";
import { cldrLexicon } from "../../text/cldr.ts";
import { LANGUAGES } from "../../text/languages.ts";
import { type Lexicon, lexiconFrom, mergeLexicons, type WordPair } from "../../text/lexicon.ts";
import { ALL_BENCHMARKS, type BenchmarkId, languageTable } from "../table.ts";
import type {
  AskedSplit,
  ChoiceItem,
  Draw,
  Item,
  MathItem,
  NliItem,
  Split,
  Task,
  TaskData,
  TextPair,
  World,
} from "../world.ts";
import { alignBibles, type Bible, bibleText, loadBible } from "./bible.ts";
import { loadFlores, loadTatoeba } from "./bitext.ts";
import { DATA_SETS, type DataFolder, dataSet, inventory, whereToGet } from "./catalog.ts";
import { loadCommonsenseQa, loadXcsqa } from "./choice.ts";
import { MULTIMWP_NAMES, OTHER_LANGUAGES, TATOEBA_NAMES } from "./languages.ts";
import { loadGsm8k, loadMgsm, loadMsvamp } from "./math.ts";
import { loadMmwp } from "./mmwp.ts";
import { loadMultiMwp } from "./multimwp.ts";
import { hasOwn, loadOwnDictionary, loadOwnProblems, ownItems, withOwnLanguages } from "./own.ts";
import { isMultiMwp, type MultiMwpBenchmark, multiMwpItems, multiMwpTraining } from "./multimwp_items.ts";
import { loadMuse } from "./muse.ts";
import { loadXnli } from "./nli.ts";
import {
  loadMetaMathQa,
  loadMgsm8kInstruct,
  loadOpenMathInstruct2,
  type SolvedRow,
} from "./training_math.ts";
import type { ChoiceRow, MathRow, NliRow } from "./types.ts";

/** GSM8K's training problems from here on are the development split; the set has none of its own. */
const GSM8K_DEV_FROM = 7000;

/** Verses longer than this (in UTF-16 units) are no training text: models read a bounded number of tokens. */
const MAX_VERSE = 300;

/**
 * The data below `folder` as a world; files are read when first asked for.
 * @param sets the data sets that may be used: all, unless said. A step names those that are part of its key.
 */
export function openData(folder: DataFolder, sets: readonly string[] = DATA_SETS.map(({ id }) => id)): World {
  const cache = new Map<string, unknown>();
  function once<T>(key: string, load: () => T): T {
    if (!cache.has(key)) cache.set(key, load());
    return cache.get(key) as T;
  }
  /** Texts `from` to `from + count` of an endless sequence: the list in a new random order each time round. */
  function take<T>(list: readonly T[], { seed, count, from = 0 }: Draw, name: string): T[] {
    const parts: T[][] = [];
    for (let round = Math.floor(from / list.length); round * list.length < from + count; round++) {
      const order = once(
        `order ${seed} ${name} ${round}`,
        () => stream(seed, "open", name, round).shuffle(list),
      );
      parts.push(order.slice(Math.max(0, from - round * list.length), from + count - round * list.length));
    }
    return parts.flat();
  }
  function need(set: string): void {
    if (!sets.includes(set)) throw new TypeError(`Cannot use "${set}": only ${sets} are declared`);
  }
  function bible(code: string): Bible {
    need("bible");
    return once(`bible ${code}`, () => loadBible(folder, code));
  }
  const verses = (code: string) =>
    once(`verses ${code}`, () => bibleText(bible(code)).filter((verse) => verse.length <= MAX_VERSE));

  const ownProblems = () => once("own problems", () => loadOwnProblems(folder));
  const ownPairs = (): ReadonlyMap<string, readonly WordPair[]> =>
    sets.includes(OWN) && hasOwn(folder, "dictionary")
      ? once("own dictionary", () => loadOwnDictionary(folder))
      : new Map();
  const multiMwp = (code: string) => once(`multimwp ${code}`, () => loadMultiMwp(folder, code).problems);

  /** A training set by language. A part of it is as good to learn from. */
  const solved = (data: SolvedData): ReadonlyMap<string, readonly SolvedRow[]> =>
    once(`rows of ${data}`, () => {
      const partial = { partial: true };
      if (data === "mgsm8kinstruct") return loadMgsm8kInstruct(folder, partial);
      const load = { metamathqa: loadMetaMathQa, openmathinstruct2: loadOpenMathInstruct2 }[data];
      return new Map([["en", load(folder, partial)]]);
    });

  function instructions<T extends Task>(
    task: T,
    code: string,
    { split = "train", data = "world", ...draw }: Draw & { readonly split?: Split; readonly data?: TaskData },
  ): (Item & { task: T })[] {
    const languages = instructionLanguages(task, data);
    if (!languages.includes(code)) {
      throw new UserError(
        `Cannot give ${task} instructions in "${code}": the real sets have them in ${
          languages.length === 1 ? "English only" : languages.join(", ")
        }`,
      );
    }
    if (split === "test") {
      throw new UserError(`Cannot give ${task} instructions of the test split: use a benchmark`);
    }
    if (data === MULTIMWP) {
      need(MULTIMWP);
      const { seed, count, from = 0 } = draw;
      const problems = once(
        `training ${split} ${seed}`,
        () => multiMwpTraining(multiMwp, languages, { split, seed }),
      );
      return problems(code, count, from).map(mathItem) as Item[] as (Item & { task: T })[];
    }
    if (data !== "world") {
      need(data);
      if (split !== "train") throw new UserError(`Cannot read a development split of "${data}": it has none`);
      const problems = once(`training ${data} ${code}`, () => solved(data).get(code)!.map(solvedItem));
      return take(problems, draw, `instructions ${data} ${code}`) as Item[] as (Item & { task: T })[];
    }
    need({ math: "gsm8k", nli: "xnli", choice: "commonsenseqa" }[task]);
    const items = once<Item[]>(`instructions ${task} ${split}`, () => instructionItems(folder, task, split));
    return take(items, draw, `instructions ${task} ${split}`) as (Item & { task: T })[];
  }

  function instructionLanguages(task: Task, data: TaskData = "world"): readonly string[] {
    if (data === "world") return ["en"];
    if (task !== "math") throw new UserError(`Cannot learn "${task}" from ${data}: it has word problems`);
    if (data !== MULTIMWP) return [...solved(data).keys()];
    const there = partsOf(folder, sets, MULTIMWP);
    return Object.keys(MULTIMWP_NAMES).filter((code) => there.has(code));
  }

  function benchmark(
    id: BenchmarkId,
    code: string,
    { items, split = "test" }: { readonly items?: number; readonly split?: "dev" | "test" } = {},
  ): Item[] {
    need(dataOf(id));
    const read = () =>
      isMultiMwp(id)
        ? multiMwpItems[id](multiMwp, code, split).map(mathItem)
        : id === OWN
        ? ownItems(ownProblems(), code, split).map(mathItem)
        : benchmarkItems(folder, id, code, split);
    return once(`${id} ${code} ${split}`, read).slice(0, items);
  }

  function parallel(source: string, target: string, draw: Draw): TextPair[] {
    const pairs = once(
      `${source} ${target}`,
      () =>
        alignBibles(bible(source), bible(target)).pairs
          .filter(({ english, foreign }) => Math.max(english.length, foreign.length) <= MAX_VERSE)
          .map(({ id, english, foreign }): TextPair => ({ id, source: english, target: foreign })),
    );
    return take(pairs, draw, `parallel ${source} ${target}`);
  }

  return {
    titles: { mmwp: "MMWP (rebuilt)" },
    source: (id) => whereToGet(dataSet(dataOf(id))),
    languages: () =>
      once("languages", () => {
        const hasProblems = sets.includes(OWN) && hasOwn(folder, "problems");
        const rows = languagesIn(folder, sets);
        return hasProblems ? withOwnLanguages(rows, [...ownProblems().keys()]) : rows;
      }),
    // The tagger finds the names; nothing lists them.
    personNames: () => [],
    instructions,
    instructionLanguages,
    benchmark,
    retrievalLanguages: (split = "test") =>
      once(`retrieval languages ${split}`, () => {
        const there = partsOf(folder, sets, split === "test" ? "tatoeba" : "flores200");
        const others = languageTable().map(({ code }) => code).filter((code) => code !== "en");
        return others.filter((code) => there.has(split === "test" ? TATOEBA_NAMES[code]! : code));
      }),
    retrieval(code, { items, split = "test" } = {}) {
      need(split === "test" ? "tatoeba" : "flores200");
      return once(`retrieval ${code} ${split}`, () => {
        const { pairs } = split === "test" ? loadTatoeba(folder, code) : loadFlores(folder, code);
        return pairs.map(({ id, english, foreign }): TextPair => ({ id, source: english, target: foreign }));
      }).slice(0, items);
    },
    monolingual: (code, draw) => take(verses(code), draw, `text ${code}`),
    mixed: (shares, draw) => mixedTexts(shares, draw, (code, few) => take(verses(code), few, `text ${code}`)),
    parallel,
    lexicon(code) {
      if (!sets.includes(OWN)) need("muse");
      return once(`lexicon ${code}`, () => trainingLexicon(folder, code, ownPairs().get(code) ?? []));
    },
    dictionaries() {
      const there = partsOf(folder, sets, "muse");
      const codes = [...languageTable(), ...OTHER_LANGUAGES].map(({ code }) => code);
      return [...new Set([...codes.filter((code) => there.has(`en-${code}`)), ...ownPairs().keys()])];
    },
    goldLexicon(code) {
      need("muse");
      return once(`gold ${code}`, () => goldLexicon(folder, code));
    },
  };
}

const MULTIMWP = "multimwp";
const OWN = "own";

/** The data set that a benchmark's items come from. */
export function dataOf(id: BenchmarkId): string {
  return isMultiMwp(id) ? MULTIMWP : id;
}

/** The parts of a set that are there, none of a set that is not among `sets`. */
function partsOf(folder: DataFolder, sets: readonly string[], set: string): Set<string> {
  const parts = sets.includes(set) ? inventory(folder, dataSet(set)) : [];
  return new Set(parts.filter(({ isThere }) => isThere).map(({ part }) => part));
}

/** Languages with a file of their own among those of `sets`; their benchmarks are those that are there. */
function languagesIn(folder: DataFolder, sets: readonly string[]) {
  const there = (set: string) => partsOf(folder, sets, set);
  const benchmarks = ALL_BENCHMARKS.map((id) => [id, there(dataOf(id))] as const);
  const [bibles, flores, tatoeba] = [there("bible"), there("flores200"), there("tatoeba")];
  const rows = languageTable().flatMap((row) => {
    const own = new Set(benchmarks.filter(([, parts]) => parts.has(row.code)).map(([id]) => id));
    const hasText = bibles.has(row.code) || flores.has(row.code) || tatoeba.has(TATOEBA_NAMES[row.code]!);
    return own.size > 0 || hasText ? [{ ...row, benchmarks: own }] : [];
  });
  // The paper's benchmarks are asked in the paper's languages alone, whatever a set has besides (XNLI has Urdu).
  const others = OTHER_LANGUAGES.filter(({ code }) => there(MULTIMWP).has(code))
    .map((row) => ({ ...row, benchmarks: new Set(Object.keys(multiMwpItems) as MultiMwpBenchmark[]) }));
  return [...rows, ...others];
}

function instructionItems(folder: DataFolder, task: Task, split: "train" | "dev"): Item[] {
  if (task === "nli") {
    if (split === "train") return loadXnli(folder, "en", "dev").map(nliItem);
    throw new UserError(
      `Cannot give nli instructions of split "${split}": XNLI's development pairs are for training`,
    );
  }
  if (task === "choice") return loadCommonsenseQa(folder, split).map(choiceItem);
  const rows = loadGsm8k(folder, "train");
  return (split === "train" ? rows.slice(0, GSM8K_DEV_FROM) : rows.slice(GSM8K_DEV_FROM)).map(mathItem);
}

function benchmarkItems(
  folder: DataFolder,
  id: Exclude<BenchmarkId, MultiMwpBenchmark | typeof OWN>,
  code: string,
  split: AskedSplit,
): Item[] {
  if (id === "xnli") return loadXnli(folder, code, split).map(nliItem);
  if (split === "dev") throw new UserError(`Cannot read a development split of "${id}": it has none`);
  // X-CSQA hides the answers of its test split; the paper and others report on dev.
  if (id === "xcsqa") return loadXcsqa(folder, code, "dev").map(choiceItem);
  if (id === "mgsm") return loadMgsm(folder, code).map(mathItem);
  if (id === "msvamp") return loadMsvamp(folder, code).map(mathItem);
  return loadMmwp(folder, code).map(mathItem);
}

/** Texts of many languages, each drawn with its share as odds; the first k of more texts are the k texts. */
function mixedTexts(
  shares: ReadonlyMap<string, number>,
  { seed, count, from = 0 }: Draw,
  texts: (code: string, draw: Draw) => readonly string[],
) {
  const s = stream(seed, "open", "mixed");
  const used = new Map<string, number>();
  const picks = Array.from({ length: from + count }, () => {
    let at = s.uniform();
    const lang = [...shares].find(([, share]) => (at -= share) < 0)?.[0] ??
      must([...shares.keys()][0], "a language to mix");
    const nth = used.get(lang) ?? 0;
    used.set(lang, nth + 1);
    return { lang, nth };
  });
  const drawn = new Map([...used].map(([lang, count]) => [lang, texts(lang, { seed, count })]));
  return picks.slice(from).map(({ lang, nth }) => ({ lang, text: drawn.get(lang)![nth]! }));
}

/** The user's own words, for others MUSE's training words where it has the language, then CLDR's names. */
function trainingLexicon(folder: DataFolder, code: string, own: readonly WordPair[]): Lexicon {
  const isThere = inventory(folder, dataSet("muse")).some((one) => one.part === `en-${code}` && one.isThere);
  return mergeLexicons([
    lexiconFrom(code, own, "own"),
    ...(isThere ? [lexiconFrom(code, loadMuse(folder, "en", code, "train").pairs, "muse")] : []),
    ...(LANGUAGES.includes(code) ? [cldrLexicon(code)] : []),
  ]);
}

/** MUSE's official test words: they score an induced lexicon and train nothing. */
function goldLexicon(folder: DataFolder, code: string): ReadonlyMap<string, readonly string[]> {
  const lexicon = new Map<string, string[]>();
  for (const [word, translation] of loadMuse(folder, "en", code, "test").pairs) {
    lexicon.set(word, [...lexicon.get(word) ?? [], translation]);
  }
  return lexicon;
}

/** Sets of problems with solutions to learn from. */
type SolvedData = Exclude<TaskData, "world" | "multimwp">;

function solvedItem({ id, kind, question, solution, answer }: SolvedRow): MathItem {
  return { task: "math", id, kind, question, solution, gold: answer };
}

function mathItem({ id, question, solution, answer }: MathRow): MathItem {
  const steps = solution === undefined ? "" : `${solution}\n`;
  const [kind] = atLeast(id.split("/"), 1);
  return { task: "math", id, kind, question, solution: `${steps}The answer is ${answer}.`, gold: answer };
}

function nliItem({ id, premise, hypothesis, label }: NliRow): NliItem {
  return { task: "nli", id, kind: "xnli", premise, hypothesis, gold: label };
}

function choiceItem({ id, question, choices, answer }: ChoiceRow): ChoiceItem {
  const gold = must("ABCDE"[choices.findIndex(({ label }) => label === answer)], "the right choice");
  return { task: "choice", id, kind: "csqa", question, choices: choices.map(({ text }) => text), gold };
}
