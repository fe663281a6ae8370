/**
 * The command that makes a slice: what a reader types to get its numbers again.
 * @module
 */
import type { Slice } from "./slice.ts";

/** `deno task experiment ...` with scale, world and seeds of the runs that count, and variants where not all were run. */
export function commandOf(
  slice: Pick<Slice, "experiment" | "scale" | "world" | "runs" | "variants">,
): string {
  const done = slice.runs.filter(({ status }) => status === "done");
  const variants = slice.variants.map(({ name }) => name);
  const run = variants.filter((name) => done.some(({ variant }) => variant === name));
  const only = run.length < variants.length ? run.map((name) => ` --variant ${inShell(name)}`) : [];
  const data = slice.world === "open" ? " --data DIR" : "";
  return `deno task experiment ${slice.experiment} --scale ${slice.scale} --world ${slice.world}${data}` +
    seedsText(done.map(({ seed }) => seed)) + only.join("");
}

/** Seeds as `--seeds` takes them: a count from 1 on, a range, or a list, which for one seed ends with a comma. */
function seedsText(all: readonly number[]): string {
  const seeds = [...new Set(all)].sort((a, b) => a - b);
  if (seeds.length === 0) return "";
  const first = seeds[0]!, last = seeds.at(-1)!;
  const isRange = seeds.length > 1 && last - first === seeds.length - 1;
  if (first === 1 && last === seeds.length && last < 100) return ` --seeds ${last}`;
  return ` --seeds ${isRange ? `${first}-${last}` : seeds.join(",") + (seeds.length === 1 ? "," : "")}`;
}

function inShell(name: string): string {
  return `'${name.replaceAll("'", `'\\''`)}'`;
}

/** An abstract without the command that its module's header ends with, which is for other seeds or another scale. */
export function withoutCommand(abstract: string): string {
  return abstract.replace(/\n\s*\n\s*`deno task experiment [^`]*`\s*$/, "");
}
