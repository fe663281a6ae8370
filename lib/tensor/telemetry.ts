/**
 * ONNX Runtime reports to nobody from here. Before it did, version 1.30 would also read the process's command line, by a
 * regular expression that recurses once a character: at some 25,000 characters, a long prompt or a flag for each of many
 * files, it overflows the stack and kills the process.
 * @module
 */

/** What ONNX Runtime asks when it is loaded. */
export const TELEMETRY_SWITCH = "ORT_DISABLE_TELEMETRY";

/**
 * To be called before ONNX Runtime is loaded, by whichever of its doors. A process that may not set the variable (a
 * program of somebody else's that imports the lab) keeps what its user has set.
 */
export function withoutTelemetry(): void {
  const { state } = Deno.permissions.querySync({ name: "env", variable: TELEMETRY_SWITCH });
  if (state === "granted") Deno.env.set(TELEMETRY_SWITCH, "1");
}
