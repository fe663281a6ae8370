/**
 * The real data sets that the lab reads: what they are called, where a user gets them, under which licence, and which
 * files they have. The lab ships none of them and downloads none.
 * @module
 */
import { join } from "node:path";
import { didYouMean, UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { LANGUAGES } from "../../text/languages.ts";
import {
  FLORES_NAMES,
  MAWPS_FILES,
  MGSM_LANGUAGES,
  MSVAMP_NAMES,
  MULTIMWP_NAMES,
  MUSE_LANGUAGES,
  TATOEBA_NAMES,
  TATOEBA_OTHERS,
  XCSQA_LANGUAGES,
  XNLI_LANGUAGES,
} from "./languages.ts";
import type { Source } from "./read.ts";

/** A published data set. */
export interface DataSet {
  /** Folder name below the data folder. */
  readonly id: string;
  readonly title: string;
  /** Where a user gets it. */
  readonly source: string;
  readonly licence: string;
  /** What the licence or the content demands of its user; empty when nothing special. */
  readonly note: string;
  /**
   * The parts (languages, splits, pairs) and for each the files that it needs. A file may have alternatives: places
   * below the set's folder, in the order of preference.
   */
  readonly parts: Readonly<Record<string, readonly (readonly string[])[]>>;
}

const XNLI_NOTE = "non-commercial; premises and hypotheses of the test set are for evaluation only";
const TATOEBA_CODES = [...Object.values(TATOEBA_NAMES), ...TATOEBA_OTHERS].sort();

/** Where MetaMathQA's file is: as published, or a record a line. */
export const METAMATHQA_PLACES: readonly string[] = ["MetaMathQA-395K.json", "MetaMathQA-395K.jsonl"];

/** Where OpenMathInstruct-2's million is; published as Parquet. */
export const OPENMATHINSTRUCT2_PLACES: readonly string[] = ["train_1M.jsonl"];

/** Where ASDiv's file is: alone, or in a copy of its repository. */
export const ASDIV_PLACES: readonly string[] = ["ASDiv.xml", "dataset/ASDiv.xml"];

/** All sets, in the order in which they are listed. */
export const DATA_SETS: readonly DataSet[] = [
  {
    id: "mgsm",
    title: "MGSM (test, 250 problems)",
    source: "google-research/url-nlp on GitHub, folder mgsm",
    licence: "CC-BY-4.0",
    note: "translated from GSM8K's test set: never train on that",
    parts: parts(MGSM_LANGUAGES, (code) => [[`mgsm_${code}.tsv`]]),
  },
  {
    id: "msvamp",
    title: "MSVAMP (test, 1000 problems)",
    source: "microsoft/MathOctopus on GitHub, step1_supervised_finetuning/data/msvamp",
    licence: "MIT",
    note: "made from SVAMP, which comes from ASDiv and MAWPS: never train on those",
    parts: parts(Object.keys(MSVAMP_NAMES), (code) => [[`test_${MSVAMP_NAMES[code]}.json`]]),
  },
  {
    id: "gsm8k",
    title: "GSM8K",
    source: "openai/grade-school-math on GitHub, grade_school_math/data",
    licence: "MIT",
    note: "",
    parts: parts(["train", "test"], (split) => [[`${split}.jsonl`]]),
  },
  {
    id: "asdiv",
    title: "ASDiv 1.0 (2305 English problems)",
    source: "chaochun/nlu-asdiv-dataset on GitHub, dataset/ASDiv.xml",
    licence: "CC-BY-NC-4.0",
    note: "non-commercial; MMWP and MSVAMP come from it: never train on it",
    parts: { problems: [ASDIV_PLACES] },
  },
  {
    id: "mawps",
    title: "MAWPS (English problems, a file a part)",
    source: "lang.ee.washington.edu/MAWPS, described at sroy9/mawps on GitHub",
    licence: "none stated with the files (later copies, such as Calc-MAWPS, say MIT)",
    note: "MMWP and MSVAMP come from it: never train on it",
    parts: parts(Object.keys(MAWPS_FILES), (part) => [MAWPS_FILES[part]!]),
  },
  {
    id: "mmwp",
    title: "MMWP (test, rebuilt; English and translations)",
    source:
      "`deno task data mmwp` makes en.jsonl from ASDiv and MAWPS; the paper's own problems and translations " +
      "are not published, other languages are yours to translate (lib/world/open/README.md)",
    licence: "that of ASDiv (CC-BY-NC-4.0) and MAWPS",
    note: "non-commercial",
    parts: parts(LANGUAGES, (code) => code === "en" ? [["en.jsonl"]] : [[`${code}.jsonl`], ["en.jsonl"]]),
  },
  {
    id: "multimwp",
    title: "MultiMWP (3160 simple problems and their equations)",
    source: "OmegaGamage/multiMWP on GitHub, folder dataset",
    licence: "MIT",
    note: "numbers alone give 45 % of its answers; `lib/world/open/multimwp_balanced.ts` draws them anew",
    parts: parts(
      Object.keys(MULTIMWP_NAMES),
      (code) => [[`Simple-${MULTIMWP_NAMES[code]}.txt`], ["Simple-English.txt"], ["Simple-Equations.txt"]],
    ),
  },
  {
    id: "metamathqa",
    title: "MetaMathQA (395,000 English problems with solutions)",
    source: "meta-math/MetaMathQA on Hugging Face, MetaMathQA-395K.json",
    licence: "MIT",
    note: "made from the training sets of GSM8K and MATH",
    parts: { train: [METAMATHQA_PLACES] },
  },
  {
    id: "openmathinstruct2",
    title: "OpenMathInstruct-2 (the part of 1,000,000 English problems with solutions)",
    source:
      "nvidia/OpenMathInstruct-2 on Hugging Face, split train_1M, as JSON lines (lib/world/open/README.md)",
    licence: "CC-BY-4.0",
    note: "made from the training sets of GSM8K and MATH",
    parts: { train: [OPENMATHINSTRUCT2_PLACES] },
  },
  {
    id: "mgsm8kinstruct",
    title: "MGSM8KInstruct (73,599 translated training problems of GSM8K with solutions, 10 languages)",
    source: "Mathoctopus/GSM8KInstruct_Parallel on Hugging Face, as MGSM8KInstruct_Parallel.json",
    licence: "MIT",
    note: "translated by a machine; says not which rows are translations of each other",
    parts: { train: [["MGSM8KInstruct_Parallel.json"]] },
  },
  {
    id: "own",
    title: "A user's own problems and dictionary",
    source: "yourself; docs/own_models.md has the shape of the two files",
    licence: "yours",
    note: "",
    parts: { problems: [["problems.jsonl"]], dictionary: [["dictionary.tsv"]] },
  },
  {
    id: "xnli",
    title: "XNLI (test, 5010 pairs; dev, 2490)",
    source: "facebookresearch/XNLI on GitHub (XNLI-1.0), or XTREME's test-*.tsv with labels",
    licence: "CC-BY-NC-4.0",
    note: XNLI_NOTE,
    parts: {
      ...parts(XNLI_LANGUAGES, (code) => [[`${code}.tsv`, `test-${code}.tsv`, ...xnliPlaces("test")]]),
      // English pairs to train on.
      dev: [["dev-en.tsv", ...xnliPlaces("dev")]],
    },
  },
  {
    id: "commonsenseqa",
    title: "CommonsenseQA",
    source: "www.tau-nlp.org/commonsenseqa",
    licence: "MIT",
    note: "the test split has no answers",
    parts: {
      train: [["train_rand_split.jsonl"]],
      dev: [["dev_rand_split.jsonl"]],
      test: [["test_rand_split_no_answers.jsonl"]],
    },
  },
  {
    id: "xcsqa",
    title: "X-CSQA",
    source: "INK-USC/xcsr (X-CSR_datasets.zip, folder X-CSQA)",
    licence: "MIT",
    note: "the test split has no answers; scores are reported on dev",
    parts: parts(XCSQA_LANGUAGES, (code) => [xcsqaPlaces(code, "dev")]),
  },
  {
    id: "tatoeba",
    title: "Tatoeba sentence retrieval v1",
    source: "facebookresearch/LASER on GitHub, data/tatoeba/v1",
    licence: "CC-BY-2.0-FR",
    note: "",
    parts: parts(TATOEBA_CODES, (code) => [[`tatoeba.${code}-eng.${code}`], [`tatoeba.${code}-eng.eng`]]),
  },
  {
    id: "flores200",
    title: "FLORES-200 (devtest, 1012 sentences)",
    source: "facebookresearch/flores on GitHub, flores200",
    licence: "CC-BY-SA-4.0",
    note: "",
    parts: parts(Object.keys(FLORES_NAMES), (code) => [floresPlaces(FLORES_NAMES[code]!, "devtest")]),
  },
  {
    id: "muse",
    title: "MUSE bilingual dictionaries",
    source: "facebookresearch/MUSE on GitHub (ground-truth bilingual dictionaries)",
    licence: "CC-BY-NC-4.0",
    note: "non-commercial",
    parts: parts(MUSE_LANGUAGES.map((code) => `en-${code}`), (pair) => [[`${pair}.txt`, `${pair}.dict`]]),
  },
  {
    id: "word_vectors",
    title: "fastText vectors of concepts",
    source: "fasttext.cc, reduced to 128 numbers, one row a Concepticon concept",
    licence: "CC-BY-SA-3.0",
    note: "",
    parts: {
      en: [["english_embeddings.csv"]],
      es: [["spanish_embeddings.csv"]],
      ru: [["russian_embeddings.csv"]],
    },
  },
  {
    id: "bible",
    title: "Bibles aligned by verse",
    source: "BibleNLP/ebible on GitHub, or ebible.org (with vref.txt)",
    licence: "per translation: engwebp and deu1912 public domain, swhulb and hausa CC-BY-SA",
    note: "",
    parts: {
      verses: [["vref.txt"]],
      en: [biblePlaces("eng", "engwebp")],
      de: [biblePlaces("deu", "deu1912")],
      sw: [biblePlaces("swh", "swhulb")],
      ha: [biblePlaces("hau", "hausa")],
    },
  },
];

/** Where XNLI-1.0 keeps all languages of a split. */
export function xnliPlaces(split: string): string[] {
  return [`xnli.${split}.tsv`, `XNLI-1.0/xnli.${split}.tsv`];
}

/** Where X-CSQA keeps a language: flat, or as in the published archive. */
export function xcsqaPlaces(language: string, split: string): string[] {
  const file = `${language}/${split}.jsonl`;
  return [file, `X-CSQA/${file}`, `X-CSR_datasets/X-CSQA/${file}`];
}

/** Where FLORES-200 keeps a language: flat, or as in the published archive. */
export function floresPlaces(name: string, split: string): string[] {
  const file = `${name}.${split}`;
  return [file, `${split}/${file}`, `flores200_dataset/${split}/${file}`];
}

/** Set by its id. @throws {UserError} on an unknown id */
export function dataSet(id: string): DataSet {
  const found = DATA_SETS.find((set) => set.id === id);
  if (found !== undefined) return found;
  throw new UserError(`Unknown data set "${id}"; ${didYouMean(id, DATA_SETS.map((set) => set.id))}`);
}

/**
 * Where real data is read: a folder, or of a folder only the files that are named ("bible/vref.txt"). Of the latter
 * nothing is asked of the disk but their content.
 */
export type DataFolder = string | { readonly root: string; readonly names: ReadonlySet<string> };

function rootOf(folder: DataFolder): string {
  return typeof folder === "string" ? folder : folder.root;
}

/** The first of a set's places that is there. */
function firstThere(folder: DataFolder, set: DataSet, places: readonly string[]): string | undefined {
  return places.find((place) =>
    typeof folder === "string" ? exists(join(folder, set.id, place)) : folder.names.has(`${set.id}/${place}`)
  );
}

/**
 * Reads the first of `places` that is there.
 * @throws {UserError} if none is, with where to get the set and its licence
 */
export function readFrom(folder: DataFolder, set: DataSet, places: readonly string[]): Source {
  const place = firstThere(folder, set, places);
  if (place === undefined) throw missing(folder, set, places);
  const path = join(rootOf(folder), set.id, place);
  return { path, bytes: Deno.readFileSync(path) };
}

/** One part of a set, and whether all of its files are there. */
export interface PartStatus {
  readonly part: string;
  readonly isThere: boolean;
}

/** Which parts of a set are in the data folder. */
export function inventory(folder: DataFolder, set: DataSet): PartStatus[] {
  return Object.entries(set.parts).map(([part, files]) => ({
    part,
    isThere: files.every((places) => firstThere(folder, set, places) !== undefined),
  }));
}

/** Names ("bible/engwebp.txt") of a set's files that are in the data folder, of all its parts or of one. */
export function presentFiles(folder: DataFolder, set: DataSet, part?: string): string[] {
  const parts = part === undefined ? Object.values(set.parts) : [set.parts[part] ?? []];
  const names = parts.flat().flatMap((places) => {
    const place = firstThere(folder, set, places);
    return place === undefined ? [] : [`${set.id}/${place}`];
  });
  return [...new Set(names)];
}

/** What to do where a set is missing. */
export function whereToGet({ title, source, licence, note }: DataSet): string {
  return `get ${title} from ${source}; licence ${licence}${note === "" ? "" : `; ${note}`}. ` +
    "`deno task data` lists what is there";
}

function missing(folder: DataFolder, set: DataSet, places: readonly string[]): UserError {
  const where = join(rootOf(folder), set.id, places[0]!);
  const isThere = typeof folder !== "string" || exists(folder);
  const folderToo = isThere ? "" : ` (there is no folder "${rootOf(folder)}"; name yours with --data DIR)`;
  return new UserError(`Cannot find "${where}"${folderToo}: ${whereToGet(set)}`);
}

function parts(
  codes: readonly string[],
  files: (code: string) => readonly (readonly string[])[],
): Record<string, readonly (readonly string[])[]> {
  return Object.fromEntries(codes.map((code) => [code, files(code)]));
}

function biblePlaces(language: string, name: string): string[] {
  return [`${name}.txt`, `${language}-${name}.txt`];
}
