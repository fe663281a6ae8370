/**
 * The moving lines of a terminal as text: one for the whole, one for each running step (two where the terminal is
 * narrow). Pure, so that it can be looked at for any width; what does not fit is left out in a fixed order: the bar, the
 * speed, the loss, the end of the run's name.
 * @module
 */
import cliTruncate from "cli-truncate";
import stringWidth from "string-width";
import { duration } from "./duration.ts";

/** A step that is running. */
export interface Moving {
  /** The run. */
  readonly name: string;
  /** Where several run. */
  readonly seed?: number | undefined;
  readonly step: string;
  /** Its place among the run's steps, from 1 (0 before the first), and how many these are, if that is known. */
  readonly at: number;
  readonly of?: number | undefined;
  readonly done?: number | undefined;
  readonly total?: number | undefined;
  readonly note?: string | undefined;
  readonly loss?: number | undefined;
  readonly tokensPerSecond?: number | undefined;
  /** Seconds so far, and to its end if that can be told. */
  readonly elapsed: number;
  readonly left?: number | undefined;
}

/** All of it. */
export interface Whole {
  readonly done: number;
  readonly total: number;
  /** What there are so many of, "run" where not said. */
  readonly unit?: string;
  readonly elapsed: number;
  /** Seconds to the end; `atLeast` when the time of some steps is not known. */
  readonly left?: { readonly seconds: number; readonly atLeast: boolean } | undefined;
  /** Said in place of the time, for instance that it stops. */
  readonly remark?: string | undefined;
  readonly moving: readonly Moving[];
}

/** What a terminal can show. */
export interface Style {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
  /** Whether it shows more than ASCII. */
  readonly unicode: boolean;
}

/** Below this many columns a step has a line for its name and one for its numbers. */
const NARROW = 64;
const LEAST_NAME = 12;

/** The lines, each narrower than the terminal, none more than there is room for. */
export function layOut(whole: Whole, style: Style): string[] {
  const room = Math.max(1, style.columns - 1);
  const perStep = style.columns < NARROW ? 2 : 1;
  const fitting = Math.max(1, Math.floor((style.rows - 3) / perStep));
  const shown = whole.moving.slice(0, fitting);
  const lines = [
    wholeLine(whole, room, style),
    ...shown.flatMap((moving) =>
      perStep === 2 ? narrowLines(moving, room, style) : [stepLine(moving, room, style)]
    ),
  ];
  const hidden = whole.moving.length - shown.length;
  return hidden > 0 ? [...lines, cut(`and ${hidden} more running`, room, style)] : lines;
}

function wholeLine(whole: Whole, room: number, style: Style): string {
  const { done, total, unit = "run", elapsed, left, remark, moving } = whole;
  const count = `${done} of ${total} ${unit}${total === 1 ? "" : "s"} done`;
  const time = remark ??
    (left && moving.length > 0 && (!left.atLeast || left.seconds >= 10)
      ? `${left.atLeast ? "over" : "about"} ${duration(Math.ceil(left.seconds))} left`
      : `${duration(Math.floor(elapsed))} so far`);
  const running = moving.reduce(
    (sum, { at, of, done, total }) =>
      sum + (of === undefined || at === 0 ? 0 : (at - 1 + share(done, total)) / of),
    0,
  );
  const space = room - stringWidth(count) - stringWidth(time) - 4;
  if (space < 6) return cut(`${count}, ${time}`, room, style);
  return `${count}  ${bar((done + running) / total, space, style)}  ${time}`;
}

function stepLine(moving: Moving, room: number, style: Style): string {
  const place = placeOf(moving);
  const whole = stringWidth(moving.name) + 2 + stringWidth(place);
  const least = Math.min(whole, LEAST_NAME + 2 + stringWidth(place));
  const numbers = fieldsWithin(moving, room - least - 2);
  const used = stringWidth(numbers);
  const left = cut(moving.name, room - used - stringWidth(place) - 4, style);
  const head = cut(`${left}  ${place}`, room, style);
  const space = room - stringWidth(head) - used - 4;
  const middle = space >= 8 && moving.total !== undefined
    ? `  ${bar(share(moving.done, moving.total), Math.min(space, 40), style)}`
    : "";
  const gap = room - stringWidth(head) - (middle === "" ? 0 : Math.min(space, 40) + 2) - used;
  return used === 0 ? head : `${head}${middle}${" ".repeat(Math.max(2, gap))}${numbers}`;
}

function narrowLines(moving: Moving, room: number, style: Style): string[] {
  const place = placeOf(moving);
  const name = cut(moving.name, Math.max(1, room - stringWidth(place) - 2), style);
  return [
    cut(`${name}  ${place}`, room, style),
    cut(`  ${fieldsWithin(moving, room - 2).trimStart()}`, room, style),
  ];
}

function placeOf({ seed, step, at, of }: Moving): string {
  const place = at === 0 ? "" : `${at}${of === undefined ? "" : `/${of}`} `;
  return `${seed === undefined ? "" : `s${seed} `}${place}${step}`;
}

/** How far, what of, how fast, how long: as many as fit, in columns that do not move while the numbers change. */
function fieldsWithin(moving: Moving, room: number): string {
  const { done, total, note, loss, tokensPerSecond: speed, elapsed, left } = moving;
  const digits = String(total ?? "").length;
  const count = total === undefined ? "" : `${String(done ?? 0).padStart(digits)}/${total}`;
  const what = loss === undefined ? note ?? "" : `loss ${fixed(loss)}`;
  const pace = speed === undefined ? "" : `${short(speed)} tok/s`.padStart(10);
  const time = left === undefined
    ? `${duration(Math.floor(elapsed))} so far`
    : `${duration(Math.ceil(left))} left`;
  const end = time.padStart(11);
  const choices = [[count, what, pace, end], [count, what, end], [count, end], [end], [time]];
  const texts = choices.map((fields) => fields.filter((field) => field !== "").join("  "));
  return texts.find((text) => stringWidth(text) <= room) ?? "";
}

function share(done: number | undefined, total: number | undefined): number {
  return done === undefined || !total ? 0 : Math.min(1, done / total);
}

function bar(fraction: number, width: number, { colour, unicode }: Style): string {
  const full = Math.max(0, Math.min(width, Math.floor(fraction * width)));
  const [on, off] = unicode ? ["━", "─"] : ["#", "-"];
  const [lit, dim] = [on.repeat(full), off.repeat(width - full)];
  return colour ? `\x1b[36m${lit}\x1b[39m\x1b[2m${dim}\x1b[22m` : lit + dim;
}

function cut(text: string, room: number, { unicode }: Style): string {
  if (room < 1) return "";
  return cliTruncate(text, room, { truncationCharacter: unicode ? "…" : "~" });
}

/** "950", "5.1k", "12k". */
function short(count: number): string {
  if (count < 1000) return count.toFixed(0);
  return count < 9950 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
}

/** Five characters wide while it can be. */
function fixed(loss: number): string {
  return (Math.abs(loss) < 100 ? loss.toFixed(Math.abs(loss) < 10 ? 3 : 2) : loss.toPrecision(3)).padStart(5);
}
