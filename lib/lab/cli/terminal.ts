/**
 * How far runs are: progress bars where a person is looking, plain lines where not.
 * @module
 */
import { tell } from "../../cli/print.ts";
import { MultiBar, type SingleBar } from "./bars.ts";

/** Shows how far runs are. */
export interface Progress {
  /** A line for the user, above the bars if there are any. */
  line(text: string): void;
  began(run: string): void;
  step(run: string, text: string): void;
  progress(
    run: string,
    at: { readonly step: string; readonly done: number; readonly total: number; readonly note?: string },
  ): void;
  ended(run: string): void;
  stop(): void;
}

/** Bars for a terminal, lines otherwise. */
export function openProgress(total: number): Progress {
  return Deno.stderr.isTerminal() ? bars(total) : lines(total);
}

/** How often a step that goes on gets a line of its own where there are no bars, in ms. */
const QUIET_MS = 10_000;

function lines(total: number): Progress {
  const clocks = new Map<string, { step: string; since: number; told: number }>();
  let done = 0;
  return {
    line: tell,
    began: (run) => tell(`run ${run} begins (${done} of ${total} done)`),
    step: (_, text) => tell(`  ${text}`),
    progress(run, { step, done: at, total: of, note }) {
      const now = performance.now();
      const clock = clocks.get(run);
      if (clock?.step !== step) clocks.set(run, { step, since: now, told: now });
      else if (now - clock.told > QUIET_MS) {
        clock.told = now;
        tell(`  ${step} ${at}/${of}${eta((now - clock.since) / 1000, at, of)}${note ? `, ${note}` : ""}`);
      }
    },
    ended(run) {
      done += 1;
      clocks.delete(run);
      tell(`run ${run} ended (${done} of ${total})`);
    },
    stop() {},
  };
}

function bars(total: number): Progress {
  const multi = new MultiBar({
    stream: Deno.stderr,
    format: "{bar} {value}/{total} {name}",
    hideCursor: true,
    clearOnComplete: true,
  });
  const start = performance.now();
  const all = multi.create(total, 0, { name: "runs" });
  const active = new Map<string, { bar: SingleBar; step: string; since: number }>();
  let done = 0;
  return {
    line: (text) => multi.log(`${text}\n`),
    began: (run) =>
      active.set(run, { bar: multi.create(1, 0, { name: run }), step: "", since: performance.now() }),
    step(run, text) {
      multi.log(`  ${text}\n`);
      active.get(run)?.bar.update(0, { name: `${run}: ${text}` });
    },
    progress(run, { step, done: at, total: of, note }) {
      const own = active.get(run);
      if (!own) return;
      const now = performance.now();
      if (own.step !== step) Object.assign(own, { step, since: now });
      own.bar.setTotal(of);
      const rest = eta((now - own.since) / 1000, at, of);
      own.bar.update(at, { name: `${run}: ${step}${rest}${note ? `, ${note}` : ""}` });
    },
    ended(run) {
      done += 1;
      const own = active.get(run);
      if (own) multi.remove(own.bar);
      active.delete(run);
      all.update(done, { name: `runs${eta((performance.now() - start) / 1000, done, total)}` });
      multi.update();
    },
    stop: () => multi.stop(),
  };
}

function eta(seconds: number, done: number, total: number): string {
  return done > 0 && done < total ? `, ETA ${duration(seconds * (total - done) / done)}` : "";
}

/** "45 s", "12 min", "3 h 20 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
