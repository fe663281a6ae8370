/**
 * From "this experiment, variant, seed, scale, world" to a run with an identity: recipe resolved, benchmarks known,
 * external files hashed, code closure taken. Nothing is executed or written.
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { canonicalJson, hashJson, sha256 } from "../../hash.ts";
import { dirname, join } from "node:path";
import { type ClosureReader, filesBelow, type HashedClosure } from "../code/closure.ts";
import { type AnyExperiment, type AnyMethod, claimsOf, resolve, type Resolved } from "./resolve.ts";
import type { Ingredients, RunRecord } from "../record/record.ts";
import type {
  Benchmark,
  DataFile,
  Environment,
  InputFile,
  RunContext,
  Runtime,
  Scale,
} from "../experiment/types.ts";

/** What names a run, and the machine's options. */
export interface RunSpec extends Environment {
  readonly variant: string;
  readonly seed: number;
  readonly scale: Scale;
  readonly runtime: Runtime;
}

/** An input file that is there. */
export type FoundFile = DataFile & { readonly bytes: number };

/** What of a run's surroundings only its method knows. */
export type Surroundings = Pick<PreparedRun, "benchmarks" | "inputs" | "absent">;

/** A run ready to be decided on. */
export interface PreparedRun {
  readonly experiment: AnyExperiment;
  readonly spec: RunSpec;
  readonly resolved: Resolved;
  readonly benchmarks: readonly Benchmark[];
  readonly inputs: readonly FoundFile[];
  /** Paths of optional inputs that are not there. */
  readonly absent: readonly string[];
  readonly code: HashedClosure;
  readonly ingredients: Ingredients;
  readonly identity: string;
  /** Name of its record. */
  readonly id: string;
}

/** Prepares runs, remembering what they share. */
export type Preparer = (experiment: AnyExperiment, spec: RunSpec) => Promise<PreparedRun>;

export function preparer(closures: ClosureReader): Preparer {
  const shared = new Map<string, Promise<Shared>>();
  return async (experiment, spec) => {
    // Everything but the seed and the machine's options is the same for many runs.
    const key = JSON.stringify([experiment.id, spec.variant, spec.scale, spec.world, spec.data, spec.models]);
    let found = shared.get(key);
    if (!found) shared.set(key, found = prepareShared(experiment, spec, closures));
    return identified(experiment, spec, await found);
  };
}

/**
 * The same run in its worker, which may look only at the files that were found: their content and the code are taken
 * anew, so that another identity tells that one of them has changed since.
 */
export function prepareAgain(
  experiment: AnyExperiment,
  spec: RunSpec,
  closures: ClosureReader,
  { inputs, ...found }: Surroundings,
): PreparedRun {
  const resolved = resolve(experiment, spec.variant, spec.scale, spec.world);
  const now = inputs.map((input) => ({ ...input, hash: closures.bytes(input.path) }));
  return identified(
    experiment,
    spec,
    assemble(experiment, spec, closures, { ...found, inputs: now, resolved }),
  );
}

function identified(experiment: AnyExperiment, spec: RunSpec, shared: Shared): PreparedRun {
  const { method } = shared.resolved;
  const other: Record<string, string> = { ...shared.ingredients.other, seed: String(spec.seed) };
  Object.assign(other, runtimeOptions(spec.runtime, method.runtime));
  const ingredients: Ingredients = { ...shared.ingredients, other };
  const identity = hashJson(ingredients);
  const id = runId({ ...spec, experiment: experiment.id }, identity);
  return { ...shared, experiment, spec, ingredients, identity, id };
}

type Shared = Surroundings & Pick<PreparedRun, "resolved" | "code" | "ingredients">;

async function prepareShared(
  experiment: AnyExperiment,
  spec: RunSpec,
  closures: ClosureReader,
): Promise<Shared> {
  const resolved = resolve(experiment, spec.variant, spec.scale, spec.world);
  const { method, recipe } = resolved;
  const found = await surroundings(experiment, method, { recipe, spec, closures });
  return assemble(experiment, spec, closures, { ...found, resolved });
}

function assemble(
  experiment: AnyExperiment,
  spec: RunSpec,
  closures: ClosureReader,
  found: Surroundings & Pick<PreparedRun, "resolved">,
): Shared {
  const { resolved, benchmarks, inputs } = found;
  const { method } = resolved;
  const code = closures.of(method.module);
  const ingredients: Ingredients = {
    fields: Object.fromEntries(resolved.fields.map(({ path, value }) => [path, value])),
    code: code.hash,
    inputs: Object.fromEntries(inputs.map(({ name, hash }) => [name, hash])),
    other: {
      method: method.id,
      "method version": String(method.version),
      "experiment version": String(experiment.version),
      world: spec.world,
      benchmarks: canonicalJson(benchmarks),
    },
  };
  return { ...found, code, ingredients };
}

/** Options of a machine that may change bytes. */
const RUNTIME_KEYS = [
  "device",
  "engine",
  "threads",
  "packages",
  "dtype",
  "processes",
  "micro_batch",
] as const satisfies readonly (keyof Runtime)[];

/** Those of a runtime that are given, as part of an identity. @param names default: all that may change bytes */
export function runtimeOptions(
  runtime: Runtime,
  names: readonly (keyof Runtime)[] = RUNTIME_KEYS,
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => runtime[name] === undefined ? [] : [[name, String(runtime[name])]]),
  );
}

async function surroundings(
  experiment: AnyExperiment,
  method: AnyMethod,
  { recipe, spec, closures }: { recipe: unknown; spec: RunSpec; closures: ClosureReader },
): Promise<Surroundings> {
  const where = `Cannot run "${experiment.id}"`;
  if (!method.worlds.includes(spec.world)) {
    throw new UserError(
      `Unknown world "${spec.world}" of "${method.id}": ${didYouMean(spec.world, method.worlds)}`,
    );
  }
  const offered = await method.benchmarks(recipe, spec);
  const ids = [...experiment.benchmarks, ...experiment.worldBenchmarks?.[spec.world] ?? []];
  const benchmarks = ids.map((id) => {
    const found = offered.find((benchmark) => benchmark.id === id);
    if (found) return checkBenchmark(found, where);
    throw new UserError(`${where}: unknown benchmark "${id}": ${didYouMean(id, offered.map((b) => b.id))}`);
  });
  checkBenchmarkNames(experiment, spec.world, ids, where);
  checkScopes(experiment, spec.world, benchmarks, where);
  const listed = await method.inputs?.(recipe, spec) ?? [];
  checkInputNames(listed, where);
  const absent: string[] = [];
  const inputs = listed.flatMap(({ name, path, root, isOptional }) => {
    if (!exists(path) && isOptional) {
      absent.push(path);
      return [];
    }
    if (!exists(path)) throw new UserError(`${where}: input "${name}" is not there: no file "${path}"`);
    return filesBelow(path).map((file) => ({
      kind: "data" as const,
      name: file === path ? name : join(name, file.slice(path.length)),
      path: file,
      root: root ?? dirname(path),
      hash: closures.bytes(file),
      bytes: Deno.statSync(file).size,
    }));
  });
  return { benchmarks, inputs, absent };
}

/**
 * A run's files are told apart by their names, of which a checkpoint's begin with its folder's.
 * @throws {UserError} when two files have one name
 */
export function checkInputNames(
  inputs: readonly Pick<InputFile, "name" | "path">[],
  where: string,
): void {
  const paths = new Map<string, string>();
  for (const { name, path } of inputs) {
    const other = paths.get(name) ?? path;
    if (other !== path) {
      throw new UserError(
        `${where}: "${other}" and "${path}" would both be the input "${name}"; give one of their folders another name`,
      );
    }
    paths.set(name, path);
  }
}

/** @throws {UserError} when a claim or the paper's tables name a benchmark that the experiment does not ask for. */
function checkBenchmarkNames(
  experiment: AnyExperiment,
  world: string,
  valid: readonly string[],
  where: string,
): void {
  const named = [
    ...Object.keys(experiment.paper ?? {}).map((id) => ({ id, place: "paper" })),
    ...claimsOf(experiment, world).flatMap((claim) =>
      claim.about.benchmarks.map((id) => ({ id, place: `claim "${claim.id}"` }))
    ),
  ];
  const stranger = named.find(({ id }) => !valid.includes(id));
  if (stranger === undefined) return;
  const { id, place } = stranger;
  throw new UserError(`${where}: unknown benchmark in ${place}, "${id}": ${didYouMean(id, valid)}`);
}

/** @throws {UserError} when a claim looks at a group or language that no benchmark has. */
function checkScopes(
  experiment: AnyExperiment,
  world: string,
  benchmarks: readonly Benchmark[],
  where: string,
): void {
  for (const claim of claimsOf(experiment, world)) {
    const asked = benchmarks.filter((benchmark) => claim.about.benchmarks.includes(benchmark.id));
    const valid = [...new Set(["avg", ...asked.flatMap((b) => [...Object.keys(b.groups), ...b.languages])])];
    const stranger = claim.about.scopes.find((scope) => !valid.includes(scope));
    if (stranger !== undefined) {
      throw new UserError(
        `${where}: unknown group in claim "${claim.id}", "${stranger}": ${didYouMean(stranger, valid)}`,
      );
    }
  }
}

function checkBenchmark({ absent, ...benchmark }: Benchmark, where: string): Benchmark {
  if (benchmark.languages.length === 0) {
    throw new UserError(
      `${where}: nothing can be asked of "${benchmark.id}", it has no language here${
        absent === undefined ? "" : `: ${absent}`
      }`,
    );
  }
  for (const [group, langs] of Object.entries(benchmark.groups)) {
    const stranger = langs.find((lang) => !benchmark.languages.includes(lang));
    if (stranger !== undefined) {
      const choice = didYouMean(stranger, benchmark.languages);
      throw new UserError(
        `${where}: group "${group}" of "${benchmark.id}" has a language it lacks, "${stranger}": ${choice}`,
      );
    }
  }
  if ("avg" in benchmark.groups) {
    throw new UserError(`${where}: group "avg" of "${benchmark.id}" is reserved for all languages`);
  }
  return benchmark;
}

/** How a method finds a run's input files. */
export function inputFiles(
  { inputs, resolved }: Pick<PreparedRun, "inputs" | "resolved">,
): Pick<RunContext, "file" | "files"> {
  const files = inputs.map(({ bytes: _, ...file }): DataFile => file);
  return {
    files,
    file(name) {
      const found = files.find((file) => file.name === name);
      if (found) return found;
      throw new UserError(
        `Method "${resolved.method.id}" reads "${name}" but does not list it in its inputs`,
      );
    },
  };
}

/** What a run stands for, whatever its identity: one cell of the table per seed. */
export function slotOf(
  run: Pick<RunRecord, "experiment" | "variant" | "seed" | "scale" | "world">,
): string {
  return JSON.stringify([run.experiment, run.variant, run.seed, run.scale, run.world]);
}

function runId(run: Parameters<typeof slotOf>[0], identity: string): string {
  const variant = run.variant.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const hash = sha256(`${slotOf(run)}\n${identity}`).slice(0, 12);
  return [run.experiment, variant, `s${run.seed}`, run.scale, run.world, hash].join("~");
}

/** The experiment that a run's id begins with. */
export function experimentOfRun(id: string): string {
  return id.slice(0, id.indexOf("~"));
}
