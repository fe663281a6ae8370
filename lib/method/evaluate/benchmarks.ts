/**
 * The benchmarks as the lab sees them: languages in the paper's order, and the groups that its tables average over.
 * @module
 */
import type { Benchmark } from "../../lab/experiment/types.ts";
import type { AskedSplit, BenchmarkId, LanguageRow, Level, Task, World } from "../../world/world.ts";
import { PAPER_BENCHMARKS } from "../../world/table.ts";
import type { Asked } from "./asking.ts";
import { TASK_OF } from "./score.ts";

/** The paper's names of the levels in its tables. */
export const LEVELS: Readonly<Record<Level, string>> = { low: "LR", medium: "MR", high: "HR" };

/** Tables 3, 12 and 13 have no medium level: their printed means put its languages elsewhere. */
const PAPER_LEVELS: Readonly<Partial<Record<BenchmarkId, Readonly<Record<string, string>>>>> = {
  xnli: { bg: "LR", vi: "HR" },
  xcsqa: { pl: "HR", pt: "HR", vi: "HR" },
};

/**
 * Benchmarks of generated answers as published; a world may call its own otherwise. Those with "_" are low-resource MMWP,
 * grouped as Tables 20 and 21.
 */
const TITLES = {
  mmwp: "MMWP (48 languages)",
  mmwp_family: "MMWP, low-resource, by language family",
  mmwp_script: "MMWP, low-resource, by script",
  mgsm: "MGSM",
  msvamp: "MSVAMP",
  multimwp: "MultiMWP",
  multimwp_balanced: "MultiMWP, other numbers",
  own: "Own problems",
  xnli: "XNLI",
  xcsqa: "X-CSQA",
} as const;
type Generated = keyof typeof TITLES;
/** Others a world need not have; their languages are grouped by whether there is a dictionary. */
const isOfThePaper = (id: string) => PAPER_BENCHMARKS.some((one) => one === itemsOf(id));

/** By what sentences are searched: what the alignment layer puts out, the encoder's states, the LLM's embeddings. */
export const RETRIEVAL = {
  tatoeba: { title: "after alignment", states: "aligned" },
  tatoeba_encoder: { title: "before alignment", states: "encoder" },
  tatoeba_llm: { title: "by the LLM's embeddings", states: "llm" },
} as const;
export type RetrievalId = keyof typeof RETRIEVAL;

/** Problems of another language that are written out in English, as stage 1 teaches it, and not solved. */
export const WRITTEN = "written_english";

/** Whose problems are written out in a world: of real ones those with other numbers. */
export function writtenItems(world: string): BenchmarkId {
  return world === "open" ? "multimwp_balanced" : "mgsm";
}

/** What every system can be asked to do with a problem before it solves any: say it in English; none without problems. */
export function writtenBenchmarks(world: World, name: string): Benchmark[] {
  const of = writtenItems(name);
  return benchmarksOf(world).filter(({ id }) => id === of).map(({ note: _ofTheAnswers, ...asked }) => ({
    ...asked,
    id: WRITTEN,
    unit: "text",
    title: "Problems written out in English",
    note:
      "The system is asked to translate, not to solve. Right: the English text has the numbers of the problem, " +
      "no more and no fewer; whether it says the same is for the reader.",
  }));
}

/** The benchmarks of a task that are answered by generated text, with the languages that the world has. */
export function benchmarksOf(world: World, task: Task = "math"): Benchmark[] {
  const hasIt = (id: Generated) =>
    world.source !== undefined || world.languages().some(({ benchmarks }) => benchmarks.has(itemsOf(id)));
  const ids = (Object.keys(TITLES) as Generated[]).filter((id) =>
    TASK_OF[itemsOf(id)] === task && (isOfThePaper(id) || hasIt(id))
  );
  return ids.map((id) => {
    const note = world.notes?.[itemsOf(id)];
    const title = world.titles[id as BenchmarkId] ?? TITLES[id];
    const own = languagesOf(id);
    const absent = own.languages.length === 0 ? world.source?.(itemsOf(id)) : undefined;
    return {
      ...{ ...own, title },
      ...(note === undefined ? {} : { note }),
      ...(absent === undefined ? {} : { absent }),
    };
  });

  function languagesOf(id: Generated): Benchmark {
    const rows = sorted(world.languages().filter(({ benchmarks }) => benchmarks.has(itemsOf(id))));
    const unit = task === "math" ? "problem" : "question";
    if (id === "mmwp_family") {
      return grouped(id, rows, ({ paperFamily }) => label("family", paperFamily), unit);
    }
    if (!isOfThePaper(id)) return grouped(id, rows, dictionaryGroup(world), unit);
    if (id === "mmwp_script") {
      return grouped(id, rows, ({ paperScript }) => label("script", paperScript), unit);
    }
    return grouped(id, rows, ({ code, level }) => PAPER_LEVELS[itemsOf(id)]?.[code] ?? LEVELS[level], unit);
  }
}

/** Sentence retrieval: English sentences searched among those of each language that the world has pairs of. */
export function retrievalBenchmarks(world: World): Benchmark[] {
  return (Object.keys(RETRIEVAL) as RetrievalId[]).map((id) => ({
    ...searched(world, id, "test"),
    title: `${world.titles.retrieval ?? "Tatoeba retrieval"} ${RETRIEVAL[id].title}`,
    ...(id === "tatoeba" ? { against: "tatoeba_encoder" } : {}),
  }));
}

/** The sentences that an encoder alone searches, by benchmark: Tatoeba's, and FLORES-200's or others for development. */
export const ENCODER_SPLITS = { tatoeba_encoder: "test", flores_encoder: "dev" } as const;

/** What an encoder alone is asked. */
export function encoderBenchmarks(world: World): Benchmark[] {
  const { retrieval } = world.titles;
  const flores = retrieval === undefined ? "FLORES-200 retrieval" : `${retrieval}, sentences for development`;
  return [
    ...retrievalBenchmarks(world).filter(({ id }) => id in ENCODER_SPLITS),
    { ...searched(world, "flores_encoder", ENCODER_SPLITS.flores_encoder), title: flores },
  ];
}

function searched(world: World, id: string, split: AskedSplit): Benchmark {
  const there = new Set(world.retrievalLanguages(split));
  const rows = sorted(world.languages().filter(({ code }) => there.has(code)));
  return {
    ...grouped(id, rows, ({ level }) => LEVELS[level], "sentence"),
    note:
      "Each English sentence is right when its translation is the nearest of all sentences of the language: " +
      "by chance one in as many, so 0.1 % of 1,000 and 0.5 % of 200.",
  };
}

/** What is to be asked so that every benchmark has its answers, nothing twice; retrieval is not asked. */
export function toAsk(benchmarks: readonly Pick<Benchmark, "id" | "languages">[]): Asked[] {
  const asked = benchmarks.filter(({ id }) => !isRetrieval(id) && id !== WRITTEN);
  const groups = Map.groupBy(asked, ({ id, languages }) => JSON.stringify([itemsOf(id), languages]));
  return [...groups].map(([key, group]) => {
    const [items, languages] = JSON.parse(key) as [BenchmarkId, string[]];
    return { items, languages, benchmarks: group.map(({ id }) => id) };
  });
}

export function isRetrieval(id: string): id is RetrievalId {
  return id in RETRIEVAL;
}

/** Whose items a benchmark asks. */
function itemsOf(id: string): BenchmarkId {
  return (id in TASK_OF ? id : id.split("_")[0]) as BenchmarkId;
}

/** Languages by what code-switching knows of them. */
function dictionaryGroup(world: World): (row: LanguageRow) => string {
  const known = new Set(world.dictionaries());
  return ({ code }) => code === "en" ? "English" : known.has(code) ? "dictionary" : "no dictionary";
}

function label(kind: string, name: string): string | undefined {
  return name === "" ? undefined : `${kind}:${name}`;
}

/** Rows without a group are left out; groups in the order of LR, MR, HR, else of their first language. */
export function grouped(
  id: string,
  rows: readonly LanguageRow[],
  groupOf: (row: LanguageRow) => string | undefined,
  unit: string,
): Benchmark {
  const used = rows.filter((row) => groupOf(row) !== undefined);
  const names = [...new Set([...Object.values(LEVELS), ...used.map((row) => groupOf(row)!)])];
  const groups = names.map((name) =>
    [name, used.filter((row) => groupOf(row) === name).map(({ code }) => code)] as const
  ).filter(([, codes]) => codes.length > 0);
  return {
    id,
    languages: used.map(({ code }) => code),
    groups: Object.fromEntries(groups),
    unit,
  };
}

function sorted(rows: readonly LanguageRow[]): LanguageRow[] {
  return [...rows].sort((a, b) => (a.code < b.code ? -1 : 1));
}
