/**
 * Ctrl-C: the first one stops in order, the second at once.
 * @module
 */
import { UserError } from "../../errors.ts";

/**
 * Signals that come so close together are one: the terminal sends Ctrl-C to every process of a command, and `deno task`
 * passes its own on. In ms; nobody presses twice as fast.
 */
const ONE_PRESS_MS = 500;

/** Aborts when the user interrupts, and says that it stops. @returns a function that ends listening */
export function onInterrupt(abort: AbortController, say: (text: string) => void): () => void {
  let pressed = -Infinity;
  const listener = (): void => {
    const since = performance.now() - pressed;
    if (since < ONE_PRESS_MS) return;
    if (abort.signal.aborted) Deno.exit(130);
    pressed = performance.now();
    abort.abort(new UserError("Interrupted: the same command goes on from here", { exitCode: 130 }));
    say("stopping; Ctrl-C again ends at once");
  };
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, listener);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, listener);
  };
}
