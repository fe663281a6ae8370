/**
 * The processor by name: ratios between libraries hold for one processor only, because each has its own kernels for it.
 * @module
 */
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

interface Lscpu {
  readonly lscpu: readonly { readonly field: string; readonly data: string | null }[];
}

/**
 * Its name, and where `lscpu` is there (Linux) family, model and widest vectors too: the name alone may be no more than
 * "AMD EPYC" in a virtual machine.
 */
export function processorName(): string {
  const name = cpus()[0]!.model;
  const { error, stdout } = spawnSync("lscpu", ["--json"], { encoding: "utf8", env: { LC_ALL: "C" } });
  if (error !== undefined) return name;
  const fields = new Map((JSON.parse(stdout) as Lscpu).lscpu.map(({ field, data }) => [field, data ?? ""]));
  const flags = (fields.get("Flags:") ?? "").split(" ");
  const vectors = ["avx512f", "avx2", "avx", "asimd"].find((flag) => flags.includes(flag));
  const details = [
    ["family", fields.get("CPU family:")],
    ["model", fields.get("Model:")],
    ["vectors", vectors],
  ].flatMap(([what, value]) => value === undefined ? [] : [`${what} ${value}`]);
  return [name, ...details].join(", ");
}
