/**
 * Where the time of a session goes: ONNX Runtime's profile (a Chrome trace) summed up by operator.
 * @module
 */

/** One operator's share of a session's time. */
export interface OperatorTime {
  readonly operator: string;
  /** Calls in a run of the session. */
  readonly calls: number;
  /** Wall time in a run of the session. */
  readonly milliseconds: number;
  /** Part of the time of all operators, 0 to 1. */
  readonly share: number;
}

interface TraceEvent {
  readonly cat: string;
  readonly name: string;
  /** Microseconds. */
  readonly dur: number;
  readonly args?: { readonly op_name?: string };
}

/** Sums the profile whose file name begins with `prefix`, over runs, longest operator first. */
export function operatorTimes(folder: string, prefix: string): OperatorTime[] {
  const file = [...Deno.readDirSync(folder)].find(({ name }) => name.startsWith(prefix));
  if (file === undefined) throw new Error(`Cannot find the profile "${prefix}*" in "${folder}"`);
  const events: TraceEvent[] = JSON.parse(Deno.readTextFileSync(`${folder}/${file.name}`));
  const runs = events.filter(({ name }) => name === "model_run").length;
  const sums = new Map<string, { calls: number; microseconds: number }>();
  for (const { cat, name, dur, args } of events) {
    if (cat !== "Node" || !name.endsWith("_kernel_time") || args?.op_name === undefined) continue;
    const sum = sums.get(args.op_name) ?? { calls: 0, microseconds: 0 };
    sums.set(args.op_name, { calls: sum.calls + 1, microseconds: sum.microseconds + dur });
  }
  const total = [...sums.values()].reduce((sum, { microseconds }) => sum + microseconds, 0);
  return [...sums].map(([operator, { calls, microseconds }]) => ({
    operator,
    calls: calls / runs,
    milliseconds: microseconds / 1000 / runs,
    share: microseconds / total,
  })).sort((a, b) => b.milliseconds - a.milliseconds);
}
