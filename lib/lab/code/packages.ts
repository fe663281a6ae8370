/**
 * npm packages in a code closure, from `deno.json`'s imports and `deno.lock`: each reached package with its integrity.
 * @module
 */
import { UserError } from "../../errors.ts";

/** The parts of `deno.lock` (version 5) that matter here. */
interface LockFile {
  readonly specifiers: Readonly<Record<string, string>>;
  readonly npm: Readonly<
    Record<string, {
      readonly integrity?: string;
      readonly dependencies?: readonly string[];
      readonly optionalDependencies?: readonly string[];
    }>
  >;
}

/** Turns bare specifiers into locked packages. */
export interface Packages {
  /** The `npm:` specifier of an import, or undefined for one that is no package (`node:`, a path). */
  specifier(imported: string): string | undefined;
  /** Every package that the specifiers reach: "name@version" -> integrity, in order. */
  reached(specifiers: Iterable<string>): Record<string, string>;
}

export function readPackages(configText: string, lockText: string): Packages {
  const imports = (JSON.parse(configText) as { imports?: Record<string, string> }).imports ?? {};
  const lock = JSON.parse(lockText) as LockFile;
  const keys = Object.keys(lock.npm);
  const nameOf = (key: string): string => key.slice(0, key.indexOf("@", 1));
  const find = (dependency: string): string | undefined =>
    dependency in lock.npm ? dependency : keys.find((key) => nameOf(key) === dependency);
  return {
    specifier(imported) {
      const alias = Object.keys(imports).find((name) => imported === name || imported.startsWith(`${name}/`));
      const target = alias === undefined ? imported : imports[alias]!;
      return target.startsWith("npm:") ? packageOf(target) : undefined;
    },
    reached(specifiers) {
      const seen = new Map<string, string>();
      const queue = [...specifiers].map((specifier) => {
        const version = lock.specifiers[specifier];
        if (version !== undefined) return `${nameOf(specifier.slice("npm:".length))}@${version}`;
        throw new UserError(`Cannot find "${specifier}" in deno.lock; run "deno install" to lock it`);
      });
      for (const wanted of queue) {
        const key = find(wanted);
        if (key === undefined || seen.has(key)) continue;
        const { integrity = "", dependencies = [], optionalDependencies = [] } = lock.npm[key]!;
        seen.set(key, integrity);
        queue.push(...dependencies, ...optionalDependencies);
      }
      return Object.fromEntries([...seen].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

/** "npm:name@1.2.3/sub/path" without the path inside the package. */
function packageOf(target: string): string {
  const at = target.indexOf("@", "npm:@".length);
  const end = target.indexOf("/", at < 0 ? target.indexOf("/") + 1 : at);
  return end < 0 ? target : target.slice(0, end);
}
