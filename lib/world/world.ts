/**
 * What a world supplies: languages, text, instruction data, benchmarks and (for scoring only) gold lexicons. Methods
 * and experiments use this and do not know which world they run on.
 * @module
 */
import type { Lexicon } from "../text/lexicon.ts";
import type { BenchmarkId, LanguageRow } from "./table.ts";

export type { BenchmarkId, LanguageRow, Level } from "./table.ts";

/** `dev` is for tuning; nothing is tuned on `test`. */
export type Split = "train" | "dev" | "test";
/** What is asked: the benchmark itself, or for development. */
export type AskedSplit = Exclude<Split, "train">;

/** A word problem. */
export interface MathItem {
  readonly task: "math";
  /** The same problem has the same id in every language. */
  readonly id: string;
  /** The template. */
  readonly kind: string;
  readonly question: string;
  /** Step by step, ending in the answer, e.g. "5 + 3 = 8. The answer is 8." */
  readonly solution: string;
  /** ASCII digits. */
  readonly gold: string;
}

export const NLI_LABELS = ["entailment", "neutral", "contradiction"] as const;

/** What the choices of a question are called, in their order. */
export const CHOICE_LETTERS = ["A", "B", "C", "D", "E"] as const;
export type NliLabel = typeof NLI_LABELS[number];

/** A premise and a hypothesis. */
export interface NliItem {
  readonly task: "nli";
  readonly id: string;
  readonly kind: string;
  readonly premise: string;
  readonly hypothesis: string;
  /** Why, in English, where the world can say it; see `lib/world/mini/nli_reason.ts`. */
  readonly reason?: string;
  readonly gold: NliLabel;
}

/** A question with options; the letter of the first is A. */
export interface ChoiceItem {
  readonly task: "choice";
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  readonly choices: readonly string[];
  /** A letter. */
  readonly gold: string;
}

export type Item = MathItem | NliItem | ChoiceItem;
export type Task = Item["task"];

/**
 * Where items to learn a task from come from: what a world has for the task; or, of real data, MultiMWP's training templates
 * with numbers drawn anew (in several languages), MetaMathQA or OpenMathInstruct-2 (in English), or MGSM8KInstruct (in ten
 * languages, of which it does not say which problems are the same).
 */
export const TASK_DATA = ["world", "multimwp", "metamathqa", "openmathinstruct2", "mgsm8kinstruct"] as const;
export type TaskData = typeof TASK_DATA[number];

/** One text in two languages. */
export interface TextPair {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

/** A text and its language. */
export interface TaggedText {
  readonly lang: string;
  readonly text: string;
}

/** Which part of an endless, reproducible sequence: texts `from` (0) to `from + count`. */
export interface Draw {
  readonly seed: number;
  readonly count: number;
  readonly from?: number;
}

/** A world. Every function is deterministic: the same arguments give the same texts. */
export interface World {
  /** Names of benchmarks, and of `retrieval`, where they are not as published. */
  readonly titles: Readonly<Partial<Record<BenchmarkId | "retrieval", string>>>;
  /** What one must know to judge a benchmark's scores. */
  readonly notes?: Readonly<Partial<Record<BenchmarkId, string>>>;
  /** Of data that may be missing: what a benchmark's items need, and where to get it. */
  source?(id: BenchmarkId): string;
  /** Languages that can be used, a row each. */
  languages(): readonly LanguageRow[];
  /** First names in a language's texts; code-switching leaves them alone. */
  personNames(code: string): readonly string[];
  /**
   * Instruction data with answers. The same seed gives the same problems, with the same ids, in every language; a set that
   * does not say which of its problems are the same has other ids in each.
   */
  instructions<T extends Task>(
    task: T,
    code: string,
    draw: Draw & { readonly split?: Split; readonly data?: TaskData },
  ): (Item & { task: T })[];
  /** Languages of such instruction data; English first. */
  instructionLanguages(task: Task, data?: TaskData): readonly string[];
  /** Items of a benchmark in one language. The first k of more items are the k items. Knows no seed. */
  benchmark(
    id: BenchmarkId,
    code: string,
    options?: { readonly items?: number; readonly split?: AskedSplit },
  ): Item[];
  /** Codes of the languages that `retrieval` has sentence pairs of. */
  retrievalLanguages(split?: AskedSplit): readonly string[];
  /** Sentence pairs between English and `code` for retrieval, in no training text; of real text "dev" is FLORES-200. */
  retrieval(
    code: string,
    options?: { readonly items?: number; readonly split?: AskedSplit },
  ): TextPair[];
  /** Plain text of one language. */
  monolingual(code: string, draw: Draw): string[];
  /** Plain text of many languages by share, in random order. */
  mixed(shares: ReadonlyMap<string, number>, draw: Draw): TaggedText[];
  /** Translated text. */
  parallel(source: string, target: string, draw: Draw): TextPair[];
  /** What code-switching may write in place of English words. */
  lexicon(code: string): Lexicon;
  /** Languages that the lexicon has words of every kind of, not the names of some things alone. */
  dictionaries(): readonly string[];
  /** English word (lower case) to its translations in `code`, best first: for scoring only. */
  goldLexicon(code: string): ReadonlyMap<string, readonly string[]>;
}
