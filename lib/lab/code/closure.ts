/**
 * The code that a step or method depends on: the import closure of its module (formatting and comments aside), the
 * committed files that the closure names as `new URL("x", import.meta.url)`, and the locked packages it reaches.
 * @module
 */
import { namesIn, unlessGone } from "../../files.ts";
import { UserError } from "../../errors.ts";
import { hashJson, sha256File } from "../../hash.ts";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { repositoryPath, ROOT } from "../record/paths.ts";
import { type Packages, readPackages } from "./packages.ts";
import { openStampCache } from "./stamp_cache.ts";
import { type Fingerprint, fingerprint } from "./syntax.ts";

/** Paths relative to the repository, hashes in hex; each record in order of its keys. */
export interface Closure {
  /** Modules: hash of the syntax tree. Other imported files: hash of the bytes. */
  readonly code: Readonly<Record<string, string>>;
  /** Committed data files: hash of the bytes. */
  readonly data: Readonly<Record<string, string>>;
  readonly packages: Readonly<Record<string, string>>;
}

/** The command line behind an experiment's `main` is no part of what the experiment says. */
const BOUNDARY = "lib/cli/main.ts";

/** A closure with its hash. */
export interface HashedClosure {
  readonly closure: Closure;
  readonly hash: string;
  /** Paths of the files and folders that the code names as data, whether they are there or not. */
  readonly named: readonly string[];
}

/** Computes closures, remembering files by their stamps in `cacheFile`. */
export interface ClosureReader {
  /** @param module URL of the module, as in `import.meta.url` */
  of(module: string): HashedClosure;
  /** SHA-256 of a file's bytes. */
  bytes(path: string): string;
  save(): void;
}

export function openClosures(cacheFolder: string): ClosureReader {
  const modules = openStampCache<Fingerprint>(join(cacheFolder, "modules.json"));
  const files = openStampCache<string>(join(cacheFolder, "files.json"));
  const packages = readPackages(
    Deno.readTextFileSync(join(ROOT, "deno.json")),
    Deno.readTextFileSync(join(ROOT, "deno.lock")),
  );
  const known = new Map<string, HashedClosure>();
  const bytes = (path: string): string => files.get(path, sha256File);
  const read = (path: string): Fingerprint =>
    modules.get(path, () => fingerprint(Deno.readTextFileSync(path), path));
  return {
    of(module) {
      let found = known.get(module);
      if (!found) {
        const { closure, named } = collect(module, { read, bytes, packages });
        found = { closure, hash: hashJson(closure), named };
        known.set(module, found);
      }
      return found;
    },
    bytes,
    save() {
      modules.save();
      files.save();
    },
  };
}

interface Tools {
  readonly read: (path: string) => Fingerprint;
  readonly bytes: (path: string) => string;
  readonly packages: Packages;
}

function collect(
  module: string,
  { read, bytes, packages }: Tools,
): Pick<HashedClosure, "closure" | "named"> {
  const named = new Set<string>();
  const code = new Map<string, string>();
  const data = new Map<string, string>();
  const specifiers = new Set<string>();
  const queue = [new URL(module).href];
  for (const url of queue) {
    const path = fileURLToPath(url);
    const name = repositoryPath(path);
    if (code.has(name) || name === BOUNDARY) continue;
    if (!/\.[mc]?[jt]s$/.test(path)) {
      if (/\.[jt]sx$/.test(path)) {
        throw new UserError(
          `Cannot fingerprint "${name}": code behind a result is plain TypeScript, without JSX`,
        );
      }
      code.set(name, bytes(path));
      continue;
    }
    const found = read(path);
    code.set(name, found.hash);
    for (const asset of found.assets) {
      const place = fileURLToPath(new URL(asset, url));
      named.add(place);
      addFiles(place, data, bytes);
    }
    for (const imported of found.imports) {
      const specifier = packages.specifier(imported);
      if (specifier !== undefined) specifiers.add(specifier);
      else if (/^(\.|\/|file:)/.test(imported)) queue.push(new URL(imported, url).href);
    }
  }
  const closure = { code: sorted(code), data: sorted(data), packages: packages.reached(specifiers) };
  return { closure, named: [...named] };
}

/** What Python makes of code beside it, which is no part of the code. */
const MADE = /[\\/]__pycache__[\\/]/;

/** A file, or every file below a folder. */
function addFiles(path: string, into: Map<string, string>, bytes: (path: string) => string): void {
  for (const file of filesBelow(path).filter((file) => !MADE.test(file))) {
    into.set(repositoryPath(file), bytes(file));
  }
}

/** `path` itself when it is a file, all files below it in order when it is a folder, nothing when it is not there. */
export function filesBelow(path: string): string[] {
  const stat = unlessGone(() => Deno.statSync(path));
  if (stat === undefined) return [];
  return stat.isDirectory ? namesIn(path).flatMap((name) => filesBelow(join(path, name))) : [path];
}

function sorted(map: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
