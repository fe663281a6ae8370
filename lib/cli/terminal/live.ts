/**
 * Progress in a terminal: lines that move at its bottom edge and leave nothing behind, lines that stay above them.
 * @module
 */
import { createLogUpdate } from "log-update";
import stringWidth from "string-width";
import { writeAll } from "../../files.ts";
import { secondsLeft, type Start } from "./pace.ts";
import { layOut, type Moving, type Style } from "./progress_layout.ts";
import type { Progress, ProgressOptions, RunLabel, StepProgress } from "./progress_types.ts";

/** How often the lines are drawn again, in ms; what is equal to what stands there is not written. */
const FRAME_MS = 200;

interface Active extends RunLabel {
  readonly since: number;
  step?: { readonly name: string; readonly at: number; readonly since: number };
  first?: Start | undefined;
  last?: StepProgress | undefined;
}

/** @returns undefined where no person looks, or the terminal cannot move its cursor */
export function openLive({ total, unit = "run", timeLeft }: ProgressOptions): Progress | undefined {
  if (!Deno.stderr.isTerminal() || Deno.env.get("TERM") === "dumb") return undefined;
  const write = (text: string): void =>
    writeAll(Deno.stderr as unknown as Deno.FsFile, new TextEncoder().encode(text));
  const stream = {
    isTTY: true,
    write,
    get columns(): number {
      return size().columns;
    },
    get rows(): number {
      return size().rows;
    },
  };
  const draw = createLogUpdate(stream as unknown as NodeJS.WritableStream, { showCursor: true });
  const start = performance.now();
  const active = new Map<string, Active>();
  let drawn: { lines: readonly string[]; columns: number } = { lines: [], columns: 0 };
  let done = 0;
  let remark: string | undefined;

  const frame = (): void => {
    const { columns, rows } = size();
    if (drawn.lines.length > 0 && columns < drawn.columns) {
      // The terminal has broken the lines that stand there to its new width. They are erased one by one, since tmux keeps
      // a screen that is cleared at once in its history.
      const broken = drawn.lines.reduce((sum, line) => sum + rowsOf(line, columns), 0);
      write(`${"\x1b[2K\x1b[1A".repeat(broken)}\x1b[2K\r`);
      draw.done();
    }
    const now = performance.now();
    const moving = [...active.values()].flatMap((run) => movingOf(run, now));
    const left = timeLeft?.(
      new Map([...active].map(([id, run]) => [id, secondsLeft(run.first, run.last, now)])),
    );
    const style: Style = { columns, rows, colour: !Deno.noColor, unicode: showsUnicode() };
    const whole = { done, total, unit, elapsed: (now - start) / 1000, left, remark, moving };
    const lines = layOut(whole, style);
    draw(lines.join("\n"));
    drawn = { lines, columns };
  };
  const erase = (): void => {
    draw.clear();
    drawn = { lines: [], columns: 0 };
  };
  const timer = setInterval(frame, FRAME_MS);
  Deno.unrefTimer(timer);
  const resized = (): void => frame();
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGWINCH", resized);
  frame();

  return {
    isLive: true,
    line(text) {
      erase();
      write(`${text}\n`);
      frame();
    },
    began(id, label) {
      active.set(id, { ...label, since: performance.now() });
    },
    step(id, step) {
      const run = active.get(id);
      if (!run) return;
      run.step = { name: step, at: (run.step?.at ?? 0) + 1, since: performance.now() };
      run.first = run.last = undefined;
      // Now: a step may keep this thread busy.
      frame();
    },
    progress(id, at) {
      const run = active.get(id);
      if (!run) return;
      run.first ??= { done: at.done, at: performance.now() };
      run.last = at;
    },
    ended(id, outcome) {
      active.delete(id);
      if (outcome === "done" || outcome === "failed") done += 1;
    },
    columns: () => size().columns,
    remark(text) {
      remark = text;
      erase(); // With the "^C" that the terminal has written there.
      frame();
    },
    stop() {
      clearInterval(timer);
      if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGWINCH", resized);
      erase();
    },
  };
}

function movingOf(run: Active, now: number): Moving[] {
  const { short: name, seed, steps, step, last } = run;
  if (!step) return [{ name, seed, step: "starts", at: 0, of: steps, elapsed: (now - run.since) / 1000 }];
  return [{
    name,
    seed,
    step: step.name,
    at: step.at,
    of: steps === undefined ? undefined : Math.max(steps, step.at),
    done: last?.done,
    total: last?.total,
    note: last?.note,
    loss: last?.loss,
    tokensPerSecond: last?.tokensPerSecond,
    elapsed: (now - step.since) / 1000,
    left: secondsLeft(run.first, run.last, now),
  }];
}

/** A pseudo-terminal may say that it has no columns. */
function size(): { columns: number; rows: number } {
  const { columns, rows } = Deno.consoleSize();
  return { columns: columns || 80, rows: rows || 24 };
}

/** Rows that a line takes once a terminal has broken it. */
function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(stringWidth(line) / columns));
}

/** As the locale says; terminals of Windows show it whatever that says. */
function showsUnicode(): boolean {
  const locale = ["LC_ALL", "LC_CTYPE", "LANG"].map((name) => Deno.env.get(name)).find((value) => value);
  return Deno.build.os === "windows" || /utf-?8/i.test(locale ?? "");
}
