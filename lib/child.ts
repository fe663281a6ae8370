/**
 * Child processes.
 * @module
 */

/** Ends a process by a signal and waits for its end; one that has ended already is fine. */
export async function endChild(child: Deno.ChildProcess, signal: Deno.Signal): Promise<void> {
  try {
    child.kill(signal);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
  await child.status;
}
