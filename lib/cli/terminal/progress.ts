/**
 * How far runs are: moving lines where a person is looking, plain lines where not.
 * @module
 */
import { capitalised } from "../../format.ts";
import { tell } from "./print.ts";
import { duration } from "./duration.ts";
import { openLive } from "./live.ts";
import { secondsLeft, type Start } from "./pace.ts";
import type { Progress, ProgressOptions } from "./progress_types.ts";

export type { Progress };

/** Moving lines for a terminal, plain lines otherwise. */
export function openProgress(options: ProgressOptions): Progress {
  return openLive(options) ?? lines(options.total);
}

/** How often a step that goes on gets a line of its own where lines do not move, in ms. */
const QUIET_MS = 10_000;

function lines(total: number): Progress {
  const labels = new Map<string, string>();
  const clocks = new Map<string, { first: Start; told: number }>();
  let done = 0;
  return {
    isLive: false,
    line: tell,
    began(id, { name }) {
      labels.set(id, name);
      tell(`${name} begins (${done} of ${total} done)`);
    },
    step(id, _step, text) {
      // A run may have several steps of one kind.
      clocks.delete(id);
      tell(`  ${text}`);
    },
    progress(id, { step, done: at, total: of, note, loss, tokensPerSecond }) {
      const now = performance.now();
      const clock = clocks.get(id);
      if (clock === undefined) clocks.set(id, { first: { done: at, at: now }, told: now });
      else if (now - clock.told > QUIET_MS) {
        clock.told = now;
        const left = at < of ? secondsLeft(clock.first, { done: at, total: of }, now) : undefined;
        const facts = [
          `${at}/${of}`,
          loss === undefined ? note : `loss ${loss.toFixed(3)}`,
          tokensPerSecond === undefined ? undefined : `${Math.round(tokensPerSecond)} tok/s`,
          left === undefined ? undefined : `${duration(left)} left`,
        ];
        tell(`  ${step} ${facts.filter((fact) => fact !== undefined).join(", ")}`);
      }
    },
    ended(id, ending) {
      clocks.delete(id);
      if (ending === "done" || ending === "failed") done += 1;
      tell(`${labels.get(id)} ${ending === "done" ? "ended" : ending} (${done} of ${total})`);
    },
    columns: () => Infinity,
    remark: (text) => tell(capitalised(text)),
    stop() {},
  };
}
