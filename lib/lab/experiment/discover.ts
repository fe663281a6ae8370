/**
 * Finding experiments: every `experiments/*.ts` (not starting with "_") whose default export is an experiment with the
 * file's name as id.
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { basename, join, resolve as resolvePath } from "node:path";
import { pathToFileURL } from "node:url";
import { isTree } from "../plan/patch.ts";
import { ROOT } from "../record/paths.ts";
import { type AnyExperiment, variantNames } from "../plan/resolve.ts";

/** An experiment and the module it comes from. */
export interface Found {
  readonly experiment: AnyExperiment;
  readonly file: string;
}

export const EXPERIMENTS = join(ROOT, "experiments");

/** Ids of all experiments in a folder, in order of name, without loading them. */
export function experimentIds(folder: string): string[] {
  if (!exists(folder)) throw new UserError(`Cannot find experiments: no folder "${folder}"`);
  return [...Deno.readDirSync(folder)]
    .filter((entry) => entry.isFile && entry.name.endsWith(".ts") && !entry.name.startsWith("_"))
    .map((entry) => entry.name.slice(0, -3))
    .sort();
}

/**
 * The experiments asked for by id; all of them, in their own order, when `ids` is empty. A file that cannot be used is
 * an error only where it was asked for; otherwise `onBroken` hears of it and the rest goes on.
 */
export async function findExperiments(
  folder: string,
  ids: readonly string[],
  onBroken: (message: string) => void,
): Promise<Found[]> {
  const known = experimentIds(folder);
  for (const id of ids) {
    if (!known.includes(id)) throw new UserError(`Unknown experiment "${id}": ${didYouMean(id, known)}`);
  }
  const found: Found[] = [];
  for (const id of ids.length > 0 ? [...new Set(ids)] : known) {
    const file = resolvePath(join(folder, `${id}.ts`));
    try {
      found.push({ experiment: await loadExperiment(file), file });
    } catch (error) {
      if (ids.length > 0 || !(error instanceof UserError)) throw error;
      onBroken(`Left out: ${error.message}`);
    }
  }
  const order = ({ experiment }: Found): number => experiment.order ?? Number.MAX_SAFE_INTEGER;
  return ids.length > 0 ? found : found.sort((a, b) => order(a) - order(b));
}

/** Loads one module and checks what every experiment has to keep. @throws {UserError} */
export async function loadExperiment(file: string): Promise<AnyExperiment> {
  const where = `Cannot load experiment "${file}"`;
  const module = await importFile(file, where);
  if (module.default === undefined) {
    throw new UserError(`${where}: it has no default export; a helper's name begins with "_"`);
  }
  if (!isTree(module.default) || !isTree(module.default.method)) {
    throw new UserError(`${where}: its default export is no experiment`);
  }
  const experiment = module.default as unknown as AnyExperiment;
  checkExperiment(experiment, file);
  return experiment;
}

/** Whatever goes wrong while a file is parsed and begins to run is a mistake in it: the first line says it. */
async function importFile(file: string, where: string): Promise<{ default?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    const place = /file:\/\/\S+:\d+:\d+/;
    const at = message.match(place)?.[0] ?? stack.match(place)?.[0];
    const what = message.split("\n")[0]!.replace(/ at file:\S+$/, "");
    throw new UserError(`${where}: ${what}${at === undefined ? "" : `, at ${at.replace(/[)"]+$/, "")}`}`, {
      cause: error,
    });
  }
}

/**
 * @throws {UserError} when names contradict each other; recipes are checked when they are resolved, names of benchmarks
 * and groups when the method has said which it has (`prepare.ts`).
 */
export function checkExperiment(experiment: AnyExperiment, file: string): void {
  const where = `Cannot load experiment "${file}"`;
  const name = basename(file, ".ts");
  if (experiment.id !== name) {
    throw new UserError(`${where}: its id is "${experiment.id}", expected the file's name "${name}"`);
  }
  const variants = variantNames(experiment);
  const known = (what: string, names: readonly string[], valid: readonly string[]): void => {
    for (const each of names) {
      if (!valid.includes(each)) {
        throw new UserError(`${where}: ${what} "${each}": ${didYouMean(each, valid)}`);
      }
    }
  };
  if (experiment.baseName in experiment.variants) {
    throw new UserError(
      `${where}: variant "${experiment.baseName}" has the name of the base (baseName); rename one of them`,
    );
  }
  known("unknown variant in paperRows", Object.keys(experiment.paperRows ?? {}), variants);
  const knockouts = experiment.knockouts ?? {};
  known("unknown variant in knockouts", Object.keys(knockouts), variants);
  for (const [name, rows] of Object.entries(knockouts)) {
    const others = variants.filter((other) => other !== name);
    known(`unknown variant in knockouts of "${name}"`, Object.values(rows), others);
  }
  for (const [scale, patches] of Object.entries(experiment.variantsAt ?? {})) {
    known(
      `unknown variant at scale "${scale}"`,
      Object.keys(patches ?? {}),
      Object.keys(experiment.variants),
    );
  }
  const worldClaims = Object.entries(experiment.worldClaims ?? {});
  known("unknown world in worldClaims", worldClaims.map(([world]) => world), experiment.method.worlds);
  const claims = [experiment.claims, ...worldClaims.map(([, claims]) => claims)].flat();
  for (const { id, about } of claims) known(`unknown variant in claim "${id}"`, about.variants, variants);
  const ids = claims.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new UserError(`${where}: two claims have the id "${twice}"`);
}

/** The header comment of a module as plain text: the experiment's abstract. */
export function headerOf(file: string): string {
  const found = Deno.readTextFileSync(file).match(/^\/\*\*([\s\S]*?)\*\//);
  if (!found) return "";
  return found[1]!.split("\n").map((line) => line.replace(/^\s*\* ?/, "")).join("\n")
    .replace(/@module\s*/g, "").trim();
}
