/**
 * How far runs are: moving lines where a person is looking, plain lines where not.
 * @module
 */
import { tell } from "../../cli/print.ts";
import { duration } from "./duration.ts";
import { openLive } from "./live.ts";

/** How a run is called, and how many steps it has, if that is known. */
export interface RunLabel {
  /** In lines that stay: "LinguaLIFT, seed 1". */
  readonly name: string;
  /** In moving lines, which have little room; with the seed where there are several. */
  readonly short: string;
  readonly seed?: number;
  readonly steps?: number;
}

/** How far a step is. */
export interface StepProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly note?: string | undefined;
  readonly loss?: number | undefined;
  readonly tokensPerSecond?: number | undefined;
}

/** How a run ended. */
export type Ending = "done" | "failed" | "interrupted";

/** Shows how far runs are; each is named by an id of the caller's. */
export interface Progress {
  /** Whether the lines move. */
  readonly isLive: boolean;
  /** A line for the user, above the moving ones if there are any. */
  line(text: string): void;
  began(id: string, label: RunLabel): void;
  /** A step begins or was found in the cache; `text` says how and why. */
  step(id: string, step: string, text: string): void;
  progress(id: string, at: StepProgress): void;
  ended(id: string, ending: Ending): void;
  /** How wide a line may be. */
  columns(): number;
  /** Something that holds for all, in place of the time left. */
  remark(text: string): void;
  stop(): void;
}

/** What is shown. */
export interface ProgressOptions {
  /** Runs. */
  readonly total: number;
  /** Time to the end of all, given that of the running steps by run, in seconds. */
  readonly timeLeft?: (
    running: ReadonlyMap<string, number | undefined>,
  ) => { readonly seconds: number; readonly atLeast: boolean } | undefined;
}

/** Moving lines for a terminal, plain lines otherwise. */
export function openProgress(options: ProgressOptions): Progress {
  return openLive(options) ?? lines(options.total);
}

/** How often a step that goes on gets a line of its own where lines do not move, in ms. */
const QUIET_MS = 10_000;

function lines(total: number): Progress {
  const labels = new Map<string, string>();
  const clocks = new Map<string, { step: string; since: number; told: number }>();
  let done = 0;
  return {
    isLive: false,
    line: tell,
    began(id, { name }) {
      labels.set(id, name);
      tell(`${name} begins (${done} of ${total} done)`);
    },
    step: (_id, _step, text) => tell(`  ${text}`),
    progress(id, { step, done: at, total: of, note, loss, tokensPerSecond }) {
      const now = performance.now();
      const clock = clocks.get(id);
      if (clock?.step !== step) clocks.set(id, { step, since: now, told: now });
      else if (now - clock.told > QUIET_MS) {
        clock.told = now;
        const left = at > 0 && at < of ? (now - clock.since) / 1000 * (of - at) / at : undefined;
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
      if (ending !== "interrupted") done += 1;
      tell(`${labels.get(id)} ${ending === "done" ? "ended" : ending} (${done} of ${total})`);
    },
    columns: () => Infinity,
    remark: (text) => tell(text.charAt(0).toUpperCase() + text.slice(1)),
    stop() {},
  };
}
