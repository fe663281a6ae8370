/**
 * LinguaLIFT's parts at a size that trains in a second: real steps in a folder that is removed at the end of the file's
 * tests.
 * @module
 */
import { dirname, join } from "node:path";
import { exists } from "../../lib/files.ts";
import { hashJson, sha256 } from "../../lib/hash.ts";
import { filesBelow } from "../../lib/lab/code/closure.ts";
import { applyPatch } from "../../lib/lab/plan/patch.ts";
import type {
  Answer,
  Artifact,
  DataFile,
  InputFile,
  RunContext,
  StepContext,
  StepDefinition,
} from "../../lib/lab/experiment/types.ts";
import type { Recipe } from "../../lib/method/recipe/fields.ts";
import { MICRO, scales } from "../../lib/method/recipe/scales.ts";

/** `smoke` made smaller still. */
export const TINY = applyPatch(
  applyPatch(MICRO, scales<Recipe>(["llm", "encoder", "align", "transfer", "evaluation"]).smoke),
  {
    llm: { pretrain: { documents: 200, steps: 3, batch_size: 2, length: 16 } },
    encoder: { pretrain: { steps: 2, batch_size: 2 } },
    align: { examples: 12, steps: 4, batch_size: 4 },
    transfer: { examples: 12, steps: 4, batch_size: 4 },
    evaluation: { items: 3, batch_size: 2, max_new_tokens: 4 },
  },
) as Recipe;

/** Runs steps into folders by their input, each once, and keeps what they answer. */
export interface Bench extends RunContext {
  /** The steps that ran or would have, in order. */
  readonly steps: { readonly id: string; readonly input: unknown; readonly dir: string }[];
  readonly answers: Answer[];
}

/** A step's context in a fresh folder; `progress` may throw as an interrupt does. */
export function stepContext(root: string, changes: Partial<StepContext> = {}): StepContext {
  const checkpointDir = changes.checkpointDir ?? Deno.makeTempDirSync({ dir: root });
  return {
    dir: Deno.makeTempDirSync({ dir: root }),
    checkpointDir,
    runtime: { device: "cpu", engine: "onnx", threads: 1 },
    signal: new AbortController().signal,
    progress: () => {},
    answers: () => {},
    scores: () => {},
    ...changes,
  };
}

const finished = new Map<string, Artifact>();
const ROOT = Deno.makeTempDirSync({ prefix: "method" });
globalThis.addEventListener("unload", () => Deno.removeSync(ROOT, { recursive: true }));

/** A run's input files, as its method lists them; a file's hash is what `hashOf` makes of its name. */
export function declared(
  inputs: readonly InputFile[],
  hashOf = (name: string) => `hash of ${name}`,
): Pick<RunContext, "file" | "files"> {
  const files = inputs.filter(({ path }) => exists(path)).map((
    { name, path, root = dirname(path) },
  ): DataFile => ({
    kind: "data",
    name,
    path,
    root,
    hash: hashOf(name),
  }));
  return {
    files,
    file(name) {
      const found = files.find((file) => file.name === name);
      if (found === undefined) throw new Error(`"${name}" is not declared`);
      return found;
    },
  };
}

/** A run's context; steps with the same input are shared by all runs of a test file. */
export function bench(changes: Partial<RunContext> = {}): Bench {
  const steps: Bench["steps"] = [];
  const answers: Answer[] = [];
  async function step<I, O>(definition: StepDefinition<I, O>, input: I): Promise<Artifact<O>> {
    const { runtime } = changes;
    const key = hashJson([definition.id, JSON.parse(JSON.stringify([input, runtime ?? null]))]);
    let artifact = finished.get(key);
    if (artifact === undefined || definition.id === "answer") {
      const context = stepContext(ROOT, {
        answers: (rows) => void answers.push(...rows),
        ...(runtime === undefined ? {} : { runtime }),
      });
      const value = await definition.run(input, context);
      artifact = { kind: "artifact", key, dir: context.dir, value };
      finished.set(key, artifact);
    }
    steps.push({ id: definition.id, input, dir: artifact.dir });
    return artifact as Artifact<O>;
  }
  return {
    world: "mini",
    seed: 1,
    runtime: { device: "cpu", engine: "onnx", threads: 1 },
    benchmarks: [],
    ...declared([]),
    step,
    steps,
    answers,
    ...changes,
  };
}

/** SHA-256 of every file below a folder, by its path in it. */
export function digests(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesBelow(folder).map((path) => [path.slice(folder.length + 1), sha256(Deno.readFileSync(path))]),
  );
}

/** SHA-256 of the two halves of a trained system that reads states. */
export function halves(dir: string): { llm: string; bridge: string } {
  return {
    llm: hashJson(digests(join(dir, "llm"))),
    bridge: sha256(Deno.readFileSync(join(dir, "bridge.safetensors"))),
  };
}
