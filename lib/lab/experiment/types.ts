/**
 * What an experiment is made of: methods with typed recipes, variants as patches, steps, answers, claims. Plain types
 * and plain values; the lab knows no method, no model and no language.
 * @module
 */
import type { GenericSchema } from "valibot";
import type { Mistake, Parts } from "../../metric/mod.ts";
import type { SystemFacts } from "./facts.ts";
import type { FigureChoice } from "./figure.ts";
import type { Results } from "./results.ts";

/**
 * How much of the paper's size: seconds (what CI runs), two minutes (a first look), minutes on two cores, a real small LLM,
 * the paper's models.
 */
export type Scale = "smoke" | "demo" | "micro" | "small" | "full";
/** The scales by size. */
export const SCALES = ["smoke", "demo", "micro", "small", "full"] as const satisfies readonly Scale[];

/** A deep partial of a recipe. Lists are replaced whole; `null` switches off a part that may be null. */
export type Patch<R> = {
  readonly [K in keyof R]?: R[K] extends readonly unknown[] ? R[K]
    : NonNullable<R[K]> extends readonly unknown[] ? R[K]
    : NonNullable<R[K]> extends object ? Patch<NonNullable<R[K]>> | Extract<R[K], null>
    : R[K];
};

/** A benchmark's languages, in table order, and the groups that the paper averages over. */
export interface Benchmark {
  readonly id: string;
  readonly title?: string;
  readonly languages: readonly string[];
  /** For instance `{ LR: ["bn", "sw"], HR: ["en", "de"] }`; "avg" (all languages) is added by the lab. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** What the item id stands for: the same problem in every language, hence the unit of the clustered bootstrap. */
  readonly unit?: string;
  /** A benchmark of the same items that each system is compared with, for instance the same sentences before alignment. */
  readonly against?: string;
  /** What one must know to judge its numbers, such as what chance gives; a sentence. */
  readonly note?: string;
  /** Of one without languages: what is missing, and what to do. */
  readonly absent?: string;
}

/**
 * What a run may know about where it runs: `data` is the folder of real data sets (`--data`), `models` that of
 * checkpoints (`--models`).
 */
export interface Environment {
  readonly world: string;
  readonly data?: string | undefined;
  readonly models?: string | undefined;
  /** The machine's options, where a run is what is asked about. */
  readonly runtime?: Runtime | undefined;
}

/** Options of this machine. Part of a step's identity only as far as `Method.runtime` says that they change bytes. */
export interface Runtime {
  readonly device: string;
  /** What trains and generates, by name. */
  readonly engine: string;
  readonly threads: number;
  /** A program that the engine starts, which a run's process may start too. Where it lies is part of no identity. */
  readonly program?: string | undefined;
  /** Versions of the engine's packages where they are not among the lab's locked ones. */
  readonly packages?: string | undefined;
  /** Precision of products: "float32", which is the default, or "bfloat16". */
  readonly dtype?: "float32" | "bfloat16" | undefined;
  /** Processes that train and answer together; default: 1. */
  readonly processes?: number | undefined;
  /** Nodes of a Slurm job that they are spread over; default: 1. Changes no bytes. */
  readonly nodes?: number | undefined;
  /** Examples that a process takes at a time; default: its whole part of a batch. */
  readonly micro_batch?: number | undefined;
  /** Whether activations are computed again and not kept; changes no bytes. */
  readonly activation_checkpointing?: boolean | undefined;
}

/** Where a run is planned: on what, and which benchmarks it is asked. */
export interface Place {
  readonly runtime: Runtime;
  readonly device: {
    readonly name: string;
    /** Its memory. */
    readonly bytes: number;
    /** Floating-point operations, and bytes of memory, a second. */
    readonly flops: number;
    readonly bytes_per_s: number;
  };
  readonly benchmarks: readonly string[];
}

/** What a step takes, before it is done. */
export interface StepCost {
  /** With its label: "fit align". */
  readonly step: string;
  /** Memory of each process on its device, at most. */
  readonly bytes: number;
  readonly seconds: number;
  /** What it leaves on disk, and what it takes beside that while it runs. */
  readonly disk_bytes: number;
  readonly scratch_bytes: number;
}

/** Where a row of an experiment stands, as far as its facts depend on it. */
export interface FactsPlace {
  readonly scale: Scale;
  readonly world: string;
  /** Ids of the benchmarks that are asked. */
  readonly benchmarks: readonly string[];
  /** Fields in which the row differs from what its system has by default beside the experiment's base. */
  readonly changed: readonly string[];
}

/** A file outside the repository that a run reads. `name` is stable between machines, `path` is where it lies here. */
export interface InputFile {
  readonly name: string;
  readonly path: string;
  /** The folder of the set that it belongs to, from which a step finds it; default: the folder that it lies in. */
  readonly root?: string;
  /** A file that a step looks for and that need not be there; whether it is, is part of the run's identity. */
  readonly isOptional?: boolean;
}

/** An input file with its content hash, as a step gets it. */
export interface DataFile extends Pick<InputFile, "name" | "path"> {
  readonly kind: "data";
  readonly hash: string;
  readonly root: string;
}

/** A system: how a recipe becomes answers. One file a system in `lib/method`. */
export interface Method<R> {
  readonly id: string;
  /** Raise when the meaning of the recipe changes; edits of the code are noticed without it. */
  readonly version: number;
  /** `import.meta.url` of the method: its import closure is part of a run's identity. */
  readonly module: string;
  /** Strict valibot object (unknown keys are refused with the nearest name). */
  readonly recipe: GenericSchema<unknown, R>;
  /** Its recipe beside a base's of another method, where it has one by default: what a row changes of it is shown. */
  from?(base: unknown): R;
  /** Paths of fields ("llm.hidden_size") that do not count in this recipe: a row that changes these alone is refused. */
  unused?(recipe: R): readonly string[];
  /** Its numbers at each scale it has; asking for another one is refused. */
  readonly scales: Readonly<Partial<Record<Scale, Patch<R>>>>;
  /** What a world needs otherwise at a scale, applied after `scales`: real problems are longer than generated ones. */
  readonly worldScales?: Readonly<Record<string, Readonly<Partial<Record<Scale, Patch<R>>>>>>;
  /** Worlds it runs on; the first is the default. As a row of an experiment it has no place in the tables of others. */
  readonly worlds: readonly [string, ...string[]];
  /** The default at scales where it is another. */
  readonly worldAt?: Readonly<Partial<Record<Scale, string>>>;
  /** Runtime options that change bytes (default: all). */
  readonly runtime?: readonly (keyof Runtime)[];
  /** Languages and groups of every benchmark that this recipe can be evaluated on. */
  benchmarks(recipe: R, environment: Environment): readonly Benchmark[] | Promise<readonly Benchmark[]>;
  /**
   * External files the run reads (folders are listed recursively); steps can read no other. Committed files that the code
   * names by `new URL` need no mention, see `code/closure.ts`.
   */
  inputs?(recipe: R, environment: Environment): readonly InputFile[] | Promise<readonly InputFile[]>;
  /** What its steps take, as far as that can be told before; nothing for what takes as much as scale micro's. */
  costs?(recipe: R, environment: Environment, place: Place): readonly StepCost[];
  /** What the report says of a system with this recipe. Part of no identity but by the method's code. */
  facts?(recipe: R, place: FactsPlace): SystemFacts;
  /** Programs that its steps start: nothing else may be started. */
  programs?(recipe: R): readonly string[];
  /** What a run needs of a machine that is asked for one; by default what its runtime says. */
  resources?(recipe: R, runtime: Runtime): Partial<Resources>;
  /** What processes that its steps started have used: seconds of processor time, and bytes of memory at their highest. */
  used?(runtime: Runtime): { readonly cpu_s: number; readonly peak_bytes: number } | undefined;
  /** Calls steps in order. Does no work of its own, so that `--plan` can trace it. */
  run(recipe: R, context: RunContext): Promise<void>;
}

/** What a run needs of the machine that a queue finds for it. */
export interface Resources {
  /** Machines that share the following evenly. */
  readonly nodes: number;
  readonly cpus: number;
  readonly gpus: number;
  /** Bytes of memory, of all its processes; null where nobody can say, and the queue's own default holds. */
  readonly memory: number | null;
}

/** The result of a step: known by its content key, its files under `dir`, its small JSON result in `value`. */
export interface Artifact<O = unknown> {
  readonly kind: "artifact";
  readonly key: string;
  /** Folder with the files the step wrote; read-only by convention. */
  readonly dir: string;
  readonly value: O;
}

/**
 * One cached unit of work. Its key is the hash of id, version, input (artifacts by their keys, data files by their
 * hashes), the code closure of `module`, and the runtime options that change bytes.
 */
export interface StepDefinition<I, O> {
  readonly id: string;
  readonly version: number;
  /** `import.meta.url` of the file that defines it. */
  readonly module: string;
  /** Tells steps of one kind apart to people: "align" of the two that are called "fit". No part of the key. */
  readonly label?: (input: I) => string;
  /** Runtime options that change this step's bytes; default: those of the method. */
  readonly runtime?: readonly (keyof Runtime)[];
  /** Returns a small JSON value; files go to `context.dir`, answers to `context.answers`. */
  run(input: I, context: StepContext): O | Promise<O>;
}

/** Numbers of a training that is under way. */
export interface Measured {
  readonly loss?: number | undefined;
  /** Of the texts that are read, padding aside. */
  readonly tokensPerSecond?: number | undefined;
}

/** What a running step gets. */
export interface StepContext {
  /** Fresh empty folder; becomes the artifact's folder when the step is done. */
  readonly dir: string;
  /** Kept when the step is interrupted, removed when it is done: a step resumes from what it finds here. */
  readonly checkpointDir: string;
  readonly runtime: Runtime;
  readonly signal: AbortSignal;
  /** Shows how far it is and throws when the user has interrupted; cheap, call it often. */
  progress(done: number, total: number, note?: string, measured?: Measured): void;
  /** Answers of an evaluation, in a fixed order; may be called in batches. */
  answers(rows: Iterable<Answer>): void;
  /** Scores that are not the accuracy of answers: losses, retrieval, P@1. */
  scores(rows: Iterable<StepScore>): void;
}

/** What a method's `run` gets. Neither experiment nor variant nor scale: a run is what its recipe says. */
export interface RunContext extends Environment {
  readonly seed: number;
  readonly runtime: Runtime;
  /** Benchmarks that the experiment asks for. */
  readonly benchmarks: readonly Benchmark[];
  /** The external input files that are there, as `Method.inputs` listed them. A method goes by these, never by the disk. */
  readonly files: readonly DataFile[];
  /** One of them by name. @throws {UserError} for an undeclared name. */
  file(name: string): DataFile;
  /** Runs the step or takes it from the cache. Put the seed into `input` where the step depends on it. */
  step<I, O>(step: StepDefinition<I, O>, input: I): Promise<Artifact<O>>;
}

/** One answer of one item: a row of the table `sample`. */
export interface Answer {
  readonly benchmark: string;
  readonly lang: string;
  /** Problem id, the same in every language. */
  readonly item: string;
  /** What the model saw; kept once by its hash. */
  readonly prompt: string;
  readonly output: string;
  /** What the extraction rule took from the output; null when it found nothing. */
  readonly extracted: string | null;
  readonly gold: string;
  readonly correct: boolean;
  /** Which parts of its solution are right; null or absent where the item has no worked solution to compare with. */
  readonly parts?: Parts | null;
  /** What sort of problem it is, "have_buy_more"; null or absent where problems have no sorts. */
  readonly kind?: string | null;
  /** What kind of mistake a wrong answer is; null for a right one. */
  readonly mistake?: Mistake | null;
}

/** A score that a step computed itself. With `n` and `k` where it is a proportion. */
export interface StepScore {
  readonly benchmark: string;
  /** A language, a group or "" when neither applies. */
  readonly scope: string;
  readonly metric: string;
  readonly value: number;
  readonly n?: number;
  readonly k?: number;
  /** How it was computed, for instance "top1|direction=xx-en|pool=mean|v1". */
  readonly estimator: string;
}

/** Four verdicts, so that "we cannot know at this size" is never read as a yes or a no. */
export type Verdict = "supported" | "contradicted" | "not resolvable" | "not run";

/** A claim's outcome with the numbers that decided it. */
export interface Finding {
  readonly verdict: Verdict;
  /** One sentence with the numbers; of several parts a line each, in the order of `numbers`. */
  readonly because: string;
  readonly numbers: Readonly<Record<string, number | null>>;
}

/** A conclusion of the paper as a sentence with its source and a check. */
export interface Claim {
  readonly id: string;
  readonly sentence: string;
  /** Where the paper says so: "Section 5.1", "Table 14". */
  readonly source: string;
  /** What it talks about, checked against the experiment. */
  readonly about: {
    readonly variants: readonly string[];
    readonly benchmarks: readonly string[];
    readonly scopes: readonly string[];
  };
  check(results: Results): Finding;
}

/** A check knows what it talks about, so that the lab can refuse names that do not exist. */
export interface Check {
  readonly about: Claim["about"];
  check(results: Results): Finding;
}

/** Another system as a row of the table: its own method, with a recipe that follows from the experiment's. */
export interface System {
  readonly kind: "system";
  // deno-lint-ignore no-explicit-any -- existential: a row may be any method with its own recipe type
  readonly method: Method<any>;
  /** From the experiment's recipe at the scale of the run, so that both systems have the same numbers. */
  recipeOf(recipe: unknown): unknown;
  /** What of the experiment's recipe is changed before. */
  readonly patch?: unknown;
}

/** Rows that ask a row's trained system without a part of what its LLM reads of a question; each may be another system's. */
export interface Knockouts {
  /** The row that reads the question as tokens alone. */
  readonly without_states?: string;
  /** The row that reads the question as states alone. */
  readonly without_tokens?: string;
}

/** An ablation as a plain value. Its file's header comment is its abstract. */
export interface Experiment<R> {
  /** The file's name without ".ts". */
  readonly id: string;
  /** Raise when the meaning changes. */
  readonly version: number;
  readonly title: string;
  readonly method: Method<R>;
  readonly base: R;
  /** The base's name in tables. */
  readonly baseName: string;
  /** Rows of the table in order: patches on the base, or other systems (see `system`). */
  readonly variants: Readonly<Record<string, Patch<R> | System>>;
  /** Benchmark ids, in table order. */
  readonly benchmarks: readonly string[];
  /** Further benchmarks in a world, after the others. */
  readonly worldBenchmarks?: Readonly<Record<string, readonly string[]>>;
  /** Which of the paper's tables prints which benchmark: `{ mgsm: "table-14" }`. */
  readonly paper?: Readonly<Record<string, string>>;
  /**
   * The row's name in the paper's table where it differs from ours: `{ "w/o align": "w/o Language-Align" }`; with its
   * table where that is another one: `{ "larger LLM": "table-22 > LinguaLIFT" }`.
   */
  readonly paperRows?: Readonly<Record<string, string>>;
  /**
   * Of rows whose LLM reads a question both as states and as tokens, those that hold one of the two back:
   * `{ "MERLIN": { without_states: "MERLIN, tokens alone" } }`. The report sets them beside each other.
   */
  readonly knockouts?: Readonly<Record<string, Knockouts>>;
  readonly claims: readonly Claim[];
  /** Further claims in a world, after the others: about its own benchmarks. */
  readonly worldClaims?: Readonly<Record<string, readonly Claim[]>>;
  /** Its own figures by name, beside those that every benchmark gets; the report supplies the data. */
  readonly figures?: Readonly<Record<string, FigureChoice>>;
  /** Further numbers at a scale (typically `smoke`), applied after the method's own and before the variant. */
  readonly scales?: Readonly<Partial<Record<Scale, Patch<R>>>>;
  /** Replaces a variant's patch at a scale, for instance sizes that only make sense there. */
  readonly variantsAt?: Readonly<Partial<Record<Scale, Readonly<Record<string, Patch<R> | System>>>>>;
  /** Position in lists and in `--all`; the lowest is what `deno task experiment` without a name runs. */
  readonly order?: number;
}
