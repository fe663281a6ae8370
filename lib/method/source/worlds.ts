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
import { dataSet, presentFiles } from "../../world/open/catalog.ts";
import { openData } from "../../world/open/world.ts";
import type { Task, World } from "../../world/world.ts";

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

/** What the systems here read of the real data sets. GSM8K's test problems are not among it: MGSM comes from them. */
const ALL_NEEDS: readonly DataNeed[] = [
  ...["bible", "muse", "tatoeba", "mmwp", "mgsm", "msvamp", "xnli", "xcsqa"],
  ...["gsm8k/train", "commonsenseqa/train"],
];

/** The real data that each task's English instructions come from. */
export const INSTRUCTION_DATA: Readonly<Record<Task, readonly DataNeed[]>> = {
  math: ["gsm8k/train"],
  nli: ["xnli/dev"],
  choice: ["commonsenseqa/train"],
};

/**
 * A world by its name: for a run's environment everything in its data folder, for a step what its files cover.
 * @throws {UserError} for a world that methods cannot run on, or when there is no data.
 */
export function openWorld({ world, data }: Pick<Environment, "world" | "data"> | WorldInput): World {
  if (world === "mini") return mini;
  if (world !== "open") {
    throw new UserError(`Cannot run on the world "${world}": ${didYouMean(world, WORLDS)}`);
  }
  if (data === undefined || typeof data === "string") return openData(dataFolder({ data }));
  const [first] = data;
  if (first === undefined) throw new TypeError("internal: a step of the open world declares no data");
  const sets = new Set(data.flatMap(({ name }) => name.split("/").slice(1, 2)));
  return openData(first.path.slice(0, -(first.name.length - PREFIX.length) - 1), [...sets]);
}

/** Before the names of data files among a run's inputs. */
const PREFIX = "data/";

/** The real files that a run in this environment reads; none in a generated world. */
export function worldFiles(environment: Environment, needs = ALL_NEEDS): InputFile[] {
  if (environment.world !== "open") return [];
  const folder = dataFolder(environment);
  return needs.flatMap((need) => {
    const [set, part] = atLeast(need.split("/"), 1);
    return presentFiles(folder, dataSet(set), part).map((name) => ({
      name: `${PREFIX}${name}`,
      path: `${folder}/${name}`,
    }));
  });
}

/** The world as a step's input, with the files of these data sets. @throws {UserError} when one has none */
export function worldInput(context: RunContext, needs: readonly DataNeed[]): WorldInput {
  const { world } = context;
  if (world !== "open") return { world };
  const data = needs.flatMap((need) => {
    const files = worldFiles(context, [need]);
    if (files.length > 0) return files.map(({ name }) => context.file(name));
    const [set, part] = atLeast(need.split("/"), 1);
    const { title, source, licence } = dataSet(set);
    throw new UserError(
      `Cannot find ${part === undefined ? title : `"${part}" of ${title}`} in "${
        dataFolder(context)
      }": get it from ${source}; licence ${licence}. ` +
        "`deno task data` lists what is there",
    );
  });
  return { world, data };
}

/** Where checkpoints are looked for: the folder that `--models` names, or "models" beside the data. */
export function modelsFolder({ data = DATA_FOLDER, models }: Pick<Environment, "data" | "models">): string {
  return models ?? join(data, "..", "models");
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
