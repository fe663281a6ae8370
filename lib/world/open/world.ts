/**
 * Real data as a {@link World}, so that a recipe runs on it unchanged. Training data: GSM8K's training problems, XNLI's
 * development pairs, CommonsenseQA's training questions (English; there is no other), and Bibles as plain and parallel
 * text. Nothing that a benchmark was made from is ever handed out for training: GSM8K's test set is MGSM's source.
 * @module
 */
import { UserError } from "../../errors.ts";
import { stream } from "../../random.ts";
import { type BenchmarkId, languageTable } from "../table.ts";
import type { ChoiceItem, Draw, Item, MathItem, NliItem, Split, Task, TextPair, World } from "../world.ts";
import { alignBibles, type Bible, bibleText, loadBible } from "./bible.ts";
import { loadFlores, loadTatoeba } from "./bitext.ts";
import { dataSet, inventory } from "./catalog.ts";
import { loadCommonsenseQa, loadXcsqa } from "./choice.ts";
import { TATOEBA_NAMES } from "./languages.ts";
import { loadGsm8k, loadMgsm, loadMsvamp } from "./math.ts";
import { loadMuse } from "./muse.ts";
import { loadXnli } from "./nli.ts";
import type { ChoiceRow, MathRow, NliRow } from "./types.ts";

/** GSM8K's training problems from here on are the development split; the set has none of its own. */
const GSM8K_DEV_FROM = 7000;

/** The data below `folder` as a world; files are read when first asked for. */
export function openData(folder: string): World {
  const cache = new Map<string, unknown>();
  function once<T>(key: string, load: () => T): T {
    if (!cache.has(key)) cache.set(key, load());
    return cache.get(key) as T;
  }
  const bible = (code: string): Bible => once(`bible ${code}`, () => loadBible(folder, code));
  const verses = (code: string) => once(`verses ${code}`, () => bibleText(bible(code)));

  function instructions<T extends Task>(
    task: T,
    code: string,
    { split = "train", ...draw }: Draw & { readonly split?: Split },
  ): (Item & { task: T })[] {
    if (code !== "en") {
      throw new UserError(
        `Cannot give ${task} instructions in "${code}": the real sets have them in English only`,
      );
    }
    const items = once<Item[]>(`instructions ${task} ${split}`, () => instructionItems(folder, task, split));
    return take(items, draw, `instructions ${task} ${split}`) as (Item & { task: T })[];
  }

  function benchmark(
    id: BenchmarkId,
    code: string,
    { items, split = "test" }: { readonly items?: number; readonly split?: "dev" | "test" } = {},
  ): Item[] {
    return once(`${id} ${code} ${split}`, () => benchmarkItems(folder, id, code, split)).slice(0, items);
  }

  function parallel(source: string, target: string, draw: Draw): TextPair[] {
    const pairs = once(
      `${source} ${target}`,
      () =>
        alignBibles(bible(source), bible(target)).pairs.map((pair): TextPair => ({
          id: pair.id,
          source: pair.english,
          target: pair.foreign,
        })),
    );
    return take(pairs, draw, "parallel");
  }

  return {
    languages: () => once("languages", () => languagesIn(folder)),
    // The tagger finds the names; nothing lists them.
    personNames: () => [],
    instructions,
    benchmark,
    retrievalLanguages: () => once("tatoeba", () => tatoebaLanguages(folder)),
    retrieval: (code, { items, split = "test" } = {}) =>
      once(`retrieval ${code} ${split}`, () => {
        const { pairs } = split === "test" ? loadTatoeba(folder, code) : loadFlores(folder, code);
        return pairs.map(({ id, english, foreign }): TextPair => ({ id, source: english, target: foreign }));
      }).slice(0, items),
    monolingual: (code, draw) => take(verses(code), draw, `text ${code}`),
    mixed: (shares, draw) => mixedTexts(shares, draw, verses),
    parallel,
    goldLexicon: (code) => once(`gold ${code}`, () => goldLexicon(folder, code)),
  };
}

/** Texts `from` to `from + count` of an endless sequence: the list in a new random order each time round. */
function take<T>(list: readonly T[], { seed, count, from = 0 }: Draw, ...names: string[]): T[] {
  const out: T[] = [];
  for (let round = Math.floor(from / list.length); out.length < count; round++) {
    const order = stream(seed, "open", ...names, round).shuffle(list);
    out.push(...order.slice(Math.max(0, from - round * list.length), from + count - round * list.length));
  }
  return out;
}

/** Languages with a file of their own in the folder; their benchmarks are those that are there. */
function languagesIn(folder: string) {
  const there = (set: string) =>
    new Set(inventory(folder, dataSet(set)).filter(({ isThere }) => isThere).map(({ part }) => part));
  const benchmarks = (["mgsm", "msvamp", "xnli", "xcsqa"] as const).map((id) => [id, there(id)] as const);
  const [bibles, flores, tatoeba] = [there("bible"), there("flores200"), there("tatoeba")];
  return languageTable().flatMap((row) => {
    const own = new Set(benchmarks.filter(([, parts]) => parts.has(row.code)).map(([id]) => id));
    const hasText = bibles.has(row.code) || flores.has(row.code) || tatoeba.has(TATOEBA_NAMES[row.code]);
    return own.size > 0 || hasText ? [{ ...row, benchmarks: own }] : [];
  });
}

function tatoebaLanguages(folder: string): string[] {
  const parts = inventory(folder, dataSet("tatoeba")).filter(({ isThere }) => isThere).map(({ part }) =>
    part
  );
  return languageTable().map(({ code }) => code).filter((code) => parts.includes(TATOEBA_NAMES[code]));
}

function instructionItems(folder: string, task: Task, split: Split): Item[] {
  if (task === "nli") {
    if (split === "train") return loadXnli(folder, "en", "dev").map(nliItem);
    throw new UserError(
      `Cannot give nli instructions of split "${split}": XNLI's development pairs are for training`,
    );
  }
  if (split === "test") {
    throw new UserError(`Cannot give ${task} instructions of the test split: use a benchmark`);
  }
  if (task === "choice") return loadCommonsenseQa(folder, split).map(choiceItem);
  const rows = loadGsm8k(folder, "train");
  return (split === "train" ? rows.slice(0, GSM8K_DEV_FROM) : rows.slice(GSM8K_DEV_FROM)).map(mathItem);
}

function benchmarkItems(folder: string, id: BenchmarkId, code: string, split: "dev" | "test"): Item[] {
  if (id === "xnli") return loadXnli(folder, code, split).map(nliItem);
  if (split === "dev") throw new UserError(`Cannot read a development split of "${id}": it has none`);
  // X-CSQA hides the answers of its test split; the paper and others report on dev.
  if (id === "xcsqa") return loadXcsqa(folder, code, "dev").map(choiceItem);
  if (id === "mgsm") return loadMgsm(folder, code).map(mathItem);
  if (id === "msvamp") return loadMsvamp(folder, code).map(mathItem);
  throw new UserError(`Cannot read "${id}": the paper's MMWP is not published as files that the lab knows`);
}

/** Texts of many languages, each drawn with its share as odds; the first k of more texts are the k texts. */
function mixedTexts(
  shares: ReadonlyMap<string, number>,
  { seed, count, from = 0 }: Draw,
  verses: (code: string) => readonly string[],
) {
  const s = stream(seed, "open", "mixed");
  const used = new Map<string, number>();
  const picks = Array.from({ length: from + count }, () => {
    let at = s.uniform();
    const lang = [...shares].find(([, share]) => (at -= share) < 0)?.[0] ?? [...shares.keys()][0];
    const nth = used.get(lang) ?? 0;
    used.set(lang, nth + 1);
    return { lang, nth };
  });
  const texts = new Map(
    [...used].map(([lang, count]) => [lang, take(verses(lang), { seed, count }, `text ${lang}`)]),
  );
  return picks.slice(from).map(({ lang, nth }) => ({ lang, text: texts.get(lang)![nth] }));
}

/** MUSE's official test words: they score an induced lexicon and train nothing. */
function goldLexicon(folder: string, code: string): ReadonlyMap<string, readonly string[]> {
  const lexicon = new Map<string, string[]>();
  for (const [word, translation] of loadMuse(folder, "en", code, "test").pairs) {
    lexicon.set(word, [...lexicon.get(word) ?? [], translation]);
  }
  return lexicon;
}

function mathItem({ id, question, solution, answer }: MathRow): MathItem {
  const steps = solution === undefined ? "" : `${solution}\n`;
  const [kind] = id.split("/");
  return { task: "math", id, kind, question, solution: `${steps}The answer is ${answer}.`, gold: answer };
}

function nliItem({ id, premise, hypothesis, label }: NliRow): NliItem {
  return { task: "nli", id, kind: "xnli", premise, hypothesis, gold: label };
}

function choiceItem({ id, question, choices, answer }: ChoiceRow): ChoiceItem {
  const gold = "ABCDE"[choices.findIndex(({ label }) => label === answer)];
  return { task: "choice", id, kind: "csqa", question, choices: choices.map(({ text }) => text), gold };
}
