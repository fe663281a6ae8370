/**
 * Which run comes next where several go on side by side.
 * @module
 */
import type { DecidedRun, Trace } from "../plan/decide.ts";

/**
 * Takes the first run out of the queue that needs no step which another is making at the moment, so that nothing waits
 * while there is other work; the first of all where each would wait.
 */
export function nextRun<R extends Pick<DecidedRun, "id">>(
  queue: R[],
  { traces, making }: {
    readonly traces?: ReadonlyMap<string, Pick<Trace, "steps">> | undefined;
    /** Keys of the steps under way. */
    readonly making: ReadonlySet<string>;
  },
): R | undefined {
  const waits = ({ id }: R): boolean => traces?.get(id)?.steps.some(({ key }) => making.has(key)) ?? false;
  const free = queue.findIndex((run) => !waits(run));
  return queue.splice(Math.max(0, free), 1)[0];
}
