/**
 * Finding experiments: every `experiments/*.ts` (not starting with "_") whose default export is an experiment with the
 * file's name as id.
 * @module
 */
import { didYouMean, UserError } from "../errors.ts";
import { exists } from "../files.ts";
import { basename, join, resolve as resolvePath } from "node:path";
import { pathToFileURL } from "node:url";
import { isTree } from "./patch.ts";
import { ROOT } from "./paths.ts";
import { type AnyExperiment, variantNames } from "./recipe.ts";
import type { Claim } from "./types.ts";

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

/** The experiments asked for by id; all of them, in their own order, when `ids` is empty. */
export async function findExperiments(folder: string, ids: readonly string[]): Promise<Found[]> {
  const known = experimentIds(folder);
  for (const id of ids) {
    if (!known.includes(id)) throw new UserError(`Unknown experiment "${id}": ${didYouMean(id, known)}`);
  }
  const found: Found[] = [];
  for (const id of ids.length > 0 ? [...new Set(ids)] : known) {
    const file = resolvePath(join(folder, `${id}.ts`));
    found.push({ experiment: await loadExperiment(file), file });
  }
  const order = ({ experiment }: Found): number => experiment.order ?? Number.MAX_SAFE_INTEGER;
  return ids.length > 0 ? found : found.sort((a, b) => order(a) - order(b));
}

/** Loads one module and checks what every experiment has to keep. @throws {UserError} */
export async function loadExperiment(file: string): Promise<AnyExperiment> {
  const module = await import(pathToFileURL(file).href) as { default?: unknown };
  const where = `Cannot load experiment "${file}"`;
  if (!isTree(module.default) || !isTree(module.default.method)) {
    throw new UserError(`${where}: its default export is no experiment`);
  }
  const experiment = module.default as unknown as AnyExperiment;
  checkExperiment(experiment, file);
  return experiment;
}

/** @throws {UserError} when names contradict each other; recipes are checked when they are resolved. */
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
  known(
    "variant named twice, also the base's name,",
    Object.keys(experiment.variants).filter((v) => v === experiment.baseName),
    [],
  );
  known("unknown benchmark in paper", Object.keys(experiment.paper ?? {}), experiment.benchmarks);
  known("unknown variant in paperRows", Object.keys(experiment.paperRows ?? {}), variants);
  for (const [scale, patches] of Object.entries(experiment.variantsAt ?? {})) {
    known(
      `unknown variant at scale "${scale}"`,
      Object.keys(patches ?? {}),
      Object.keys(experiment.variants),
    );
  }
  const worldClaims = Object.entries(experiment.worldClaims ?? {});
  known("unknown world in worldClaims", worldClaims.map(([world]) => world), experiment.method.worlds);
  for (
    const [world, claims] of [["", experiment.claims], ...worldClaims] as [string, readonly Claim[]][]
  ) {
    const benchmarks = [...experiment.benchmarks, ...experiment.worldBenchmarks?.[world] ?? []];
    for (const claim of claims) {
      known(`unknown variant in claim "${claim.id}"`, claim.about.variants, variants);
      known(`unknown benchmark in claim "${claim.id}"`, claim.about.benchmarks, benchmarks);
    }
  }
  const ids = [experiment.claims, ...worldClaims.map(([, claims]) => claims)].flat().map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new UserError(`${where}: two claims have the id "${twice}"`);
}

/** The header comment of a module as plain text: the experiment's abstract. */
export function headerOf(file: string): string {
  const found = Deno.readTextFileSync(file).match(/^\/\*\*([\s\S]*?)\*\//);
  if (!found) return "";
  return found[1].split("\n").map((line) => line.replace(/^\s*\* ?/, "")).join("\n")
    .replace(/@module\s*/g, "").trim();
}
