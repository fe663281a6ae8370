/**
 * Ctrl-C: the first one stops in order, the second at once.
 * @module
 */
import { UserError } from "../../errors.ts";

/** Aborts when the user interrupts, and says that it stops. @returns a function that ends listening */
export function onInterrupt(abort: AbortController, say: (text: string) => void): () => void {
  const listener = (): void => {
    if (abort.signal.aborted) Deno.exit(130);
    abort.abort(new UserError("Interrupted: the same command goes on from here", { exitCode: 130 }));
    say("stopping; Ctrl-C again ends at once");
  };
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, listener);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, listener);
  };
}
