/**
 * The worlds by name, and the real files that the world "open" reads: a run declares them (`Method.inputs`), and a step
 * gets those of the data sets it needs, so that their content is part of its key and no other file is read.
 * @module
 */
import { join } from "node:path";
import { atLeast } from "../../checked.ts";
import { didYouMean, UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import type { DataFile, Environment, InputFile, RunContext } from "../../lab/experiment/types.ts";
import { mini } from "../../world/mini/mod.ts";
// Not by way of mod.ts: the statistics of its back-translation would be part of every training step's key.
import { type DataFolder, dataSet, presentFiles } from "../../world/open/catalog.ts";
import { dataOf, openData } from "../../world/open/world.ts";
import type { BenchmarkId, Task, TaskData, World } from "../../world/world.ts";

/** The worlds that methods run on; the first is the default. */
export const WORLDS = ["mini", "open"] as const;

/** A world as a step's input; `data` are the files of the open world. */
export interface WorldInput {
  readonly world: string;
  readonly data?: readonly DataFile[];
}

/** A data set ("bible") or one part of it ("gsm8k/train"). */
export type DataNeed = string;

/** Where real data is looked for unless `--data` names a folder; as for `deno task data`. */
const DATA_FOLDER = "../shared/data";

/** What every system here reads of the real data sets. GSM8K's test problems are not among it: MGSM comes from them. */
const ALL_NEEDS: readonly DataNeed[] = [
  ...["bible", "muse", "tatoeba", "mmwp", "mgsm", "msvamp", "multimwp", "xnli", "xcsqa", "own"],
  ...["gsm8k/train", "commonsenseqa/train"],
];

/** A task, and where its training items come from. */
export interface TaskSource {
  readonly task: Task;
  readonly task_data: TaskData;
}

const INSTRUCTION_DATA: Readonly<Record<Task, readonly DataNeed[]>> = {
  math: ["gsm8k/train"],
  nli: ["xnli/dev"],
  choice: ["commonsenseqa/train"],
};

/** What a system of this task reads of the real data sets. */
export function systemData(task: TaskSource): readonly DataNeed[] {
  return [...new Set([...ALL_NEEDS, ...instructionData(task)])];
}

/** The real data that a task's training items come from. */
export function instructionData({ task, task_data }: TaskSource): readonly DataNeed[] {
  return task_data === "world" ? INSTRUCTION_DATA[task] : [task_data];
}

/**
 * A world as an environment has it, with everything in its data folder.
 * @throws {UserError} for a world that methods cannot run on, or when there is no data.
 */
export function worldIn(environment: Environment): World {
  return environment.world === "open" ? openData(dataFolder(environment)) : generated(environment.world);
}

/** A world as a step's input: of real data the declared files, and whether there are others is not looked. */
export function openWorld({ world, data = [] }: WorldInput): World {
  if (world !== "open") return generated(world);
  return openData(declaredFolder(data), [
    ...new Set(data.flatMap(({ name }) => name.split("/").slice(1, 2))),
  ]);
}

function generated(world: string): World {
  if (world === "mini") return mini;
  throw new UserError(`Cannot run on the world "${world}": ${didYouMean(world, WORLDS)}`);
}

/** The folder that real files lie in, with these and no other. */
export function declaredFolder(files: readonly DataFile[]): DataFolder {
  const data = files.filter(({ name }) => name.startsWith(PREFIX));
  return {
    root: data[0]?.root ?? DATA_FOLDER,
    names: new Set(data.map(({ name }) => name.slice(PREFIX.length))),
  };
}

/** Before the names of data files among a run's inputs. */
const PREFIX = "data/";

/** The real files that a run in this environment reads; none in a generated world. */
export function worldFiles(environment: Environment, needs: readonly DataNeed[]): InputFile[] {
  if (environment.world !== "open") return [];
  const root = dataFolder(environment);
  return namesOf(root, needs).map((name) => ({ name, path: `${root}/${name.slice(PREFIX.length)}`, root }));
}

function namesOf(folder: DataFolder, needs: readonly DataNeed[]): string[] {
  return needs.flatMap((need) => {
    const [set, part] = atLeast(need.split("/"), 1);
    return presentFiles(folder, dataSet(set), part).map((name) => `${PREFIX}${name}`);
  });
}

/** Whether a run, or an environment that it could be in, has files of a data set or a part of one. */
export function hasData(where: Environment | RunContext, need: DataNeed): boolean {
  return namesOf("files" in where ? declaredFolder(where.files) : dataFolder(where), [need]).length > 0;
}

/** The real data that words of other languages come from: the dictionaries that are there, else MUSE's, which is asked for. */
export function dictionaryData(context: RunContext): readonly DataNeed[] {
  const there = ["muse", "own/dictionary"].filter((need) => hasData(context, need));
  return there.length > 0 ? there : ["muse"];
}

/** The world as a step's input, with the files of these data sets. @throws {UserError} when one has none */
export function worldInput(context: RunContext, needs: readonly DataNeed[]): WorldInput {
  const { world } = context;
  if (world !== "open") return { world };
  const folder = declaredFolder(context.files);
  const data = needs.flatMap((need) => {
    const names = namesOf(folder, [need]);
    if (names.length > 0) return names.map((name) => context.file(name));
    const [set, part] = atLeast(need.split("/"), 1);
    const { title, source, licence } = dataSet(set);
    throw new UserError(
      `Cannot find ${part === undefined ? title : `"${part}" of ${title}`} in "${
        context.data ?? DATA_FOLDER
      }": get it from ${source}; licence ${licence}. ` +
        "`deno task data` lists what is there",
    );
  });
  return { world, data };
}

/** The project's own folder of checkpoints, which `deno task models get` fills. */
const MODELS_FOLDER = "models";

/** The world as the input of a step that asks a benchmark. @throws {UserError} when its data set is not there */
export function benchmarkInput(
  context: RunContext,
  id: BenchmarkId,
  needs: readonly DataNeed[] = [],
): WorldInput {
  return worldInput(context, [dataOf(id), ...needs]);
}

/**
 * Where checkpoints are looked for: in the folder that `--models` names and no other, else in the project's own and then
 * in "models" beside the data. A run knows its checkpoint by its files' content, wherever they lie.
 */
export function modelsFolders(
  { data = DATA_FOLDER, models }: Pick<Environment, "data" | "models">,
): string[] {
  return models === undefined ? [MODELS_FOLDER, join(data, "..", "models")] : [models];
}

function dataFolder({ data = DATA_FOLDER }: Pick<Environment, "data">): string {
  if (exists(data)) return data;
  throw new UserError(
    `Cannot open the world "open": there is no folder "${data}"; name yours with --data, ` +
      "and `deno task data` says what belongs into it",
  );
}

/** The codes of a world's languages other than English. */
export function otherLanguages(world: World): string[] {
  return world.languages().map(({ code }) => code).filter((code) => code !== "en");
}
