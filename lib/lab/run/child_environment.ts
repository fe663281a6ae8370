/**
 * What processes that the lab starts see of its environment. Deno hands `LD_*` and `DYLD_*`, by which other code could be
 * loaded into them, only to processes of a task that may run anything, and refuses the start otherwise: a set
 * LD_LIBRARY_PATH, as machines with CUDA have it, would stop the lab.
 * @module
 */

/** The variables for `Deno.Command` with `clearEnv`. */
export function childEnvironment(): Record<string, string> {
  const all = Object.entries(Deno.env.toObject());
  const isFree = Deno.permissions.querySync({ name: "run" }).state === "granted";
  return Object.fromEntries(isFree ? all : all.filter(([name]) => !isForLoader(name)));
}

/** Variables that are set here and that a run's process does not get. */
export function heldBack(): string[] {
  const handed = childEnvironment();
  return Object.keys(Deno.env.toObject()).filter((name) => !(name in handed)).sort();
}

function isForLoader(name: string): boolean {
  return /^\s*(LD|DYLD)_/i.test(name);
}
