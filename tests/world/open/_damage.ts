/**
 * Damaged files: a format's loader must agree with a reader written for the test from the format's description (the same
 * rows, or both refuse), and whatever it refuses is a `UserError` that names the file.
 * @module
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { atLeast } from "../../../lib/checked.ts";
import { UserError } from "../../../lib/errors.ts";
import { type Stream, stream } from "../../../lib/random.ts";

const SEEDS = 1800;
export const PATH = "data/damaged";

/** A format: an undamaged file, the loader under test, and the independent reader (undefined: the file is bad). */
export interface Format {
  name: string;
  good: string;
  load: (bytes: Uint8Array) => unknown[];
  read: (text: string) => unknown[] | undefined;
}

export const WORDS = 'Wie viele Äpfel hat Anna? 7 яблок แอปเปิล ১২ りんご 苹果 "zehn" don’t'.split(" ");

export function sentence(i: number): string {
  return Array.from({ length: 3 + i % 4 }, (_, j) => WORDS[(i * 7 + j * 3) % WORDS.length]).join(" ");
}

export function rows<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

/** Lines of a file that ends with a line break; undefined otherwise. */
export function lines(text: string): string[] | undefined {
  if (!text.endsWith("\n")) return undefined;
  return text.slice(0, -1).split("\n").map((line) => line.replace(/\r$/, ""));
}

export function allOrNone<T>(values: (T | undefined)[] | undefined): T[] | undefined {
  return values === undefined || values.includes(undefined) ? undefined : values as T[];
}

/** JSON lines or one array, each an object. */
export function records(text: string): Record<string, unknown>[] | undefined {
  try {
    const all: unknown[] = /^\s*\[/.test(text)
      ? JSON.parse(text)
      : text.replace(/\n$/, "").split("\n").map((line) => JSON.parse(line));
    return all.length > 0 && all.every((each) => typeof each === "object" && each !== null)
      ? all as never
      : undefined;
  } catch {
    return undefined;
  }
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** A gold answer as a number; every digit of any script counts. */
export function gold(text: string): string | undefined {
  const ascii = text.trim().replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0)!;
    for (let zero = point; zero > point - 10; zero--) {
      if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) || (point < 128 && zero === 48)) {
        return String(point - zero);
      }
    }
    return digit;
  });
  if (ascii.length > 40 || !/^[-\u2212]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(ascii)) return undefined;
  return ascii.replace("\u2212", "-").replaceAll(",", "");
}

/** Gold answers compare as numbers, exactly. */
export function number(text: string): string {
  const [, sign, whole, , decimals = ""] = atLeast(/^(-?)0*(\d+?)(\.(\d*?)0*)?$/.exec(text)!, 3);
  const value = decimals === "" ? whole : `${whole}.${decimals}`;
  return value === "0" ? value : sign + value;
}

/** One kind of damage, at a place the stream decides. */
const DAMAGES: Record<string, (good: Buffer, random: Stream) => Uint8Array> = {
  cut: (good, random) => good.subarray(0, random.int(0, good.length)),
  "flip bytes": (good, random) => {
    const bad = Buffer.from(good);
    for (let i = random.int(1, 4); i > 0; i--) bad[random.int(0, bad.length - 1)] = random.int(0, 255);
    return bad;
  },
  insert: (good, random) => {
    const at = random.int(0, good.length);
    const what = random.pick([
      "\n",
      "\t",
      "\0",
      '"',
      " ",
      "\r\n",
      "\\",
      "{",
      "]",
      ",",
      "\ufeff",
      "0",
      "x\n",
      "\u2028",
      "\n\n",
    ]);
    return Buffer.concat([good.subarray(0, at), Buffer.from(what), good.subarray(at)]);
  },
  remove: (good, random) => {
    const at = random.int(0, good.length - 1);
    return Buffer.concat([good.subarray(0, at), good.subarray(at + random.int(1, 30))]);
  },
  lines: (good, random) => {
    const all = good.toString().split("\n");
    const at = random.int(0, all.length - 1);
    const kind = random.int(0, 3);
    if (kind === 0) all.splice(at, 1);
    else if (kind === 1) all.splice(at, 0, all[random.int(0, all.length - 1)]!);
    else if (kind === 2) all[at] = "";
    else all.splice(at, 0, random.shuffle([...all[at]!]).join(""));
    return Buffer.from(all.join("\n"));
  },
  fields: (good, random) => {
    const fields = good.toString().split(/(?<=[\t\n])|(?=[\t\n])|(?<=")|(?=")/);
    const at = random.int(0, fields.length - 1);
    fields[at] = random.pick(["", " ", fields[random.int(0, fields.length - 1)]!]);
    return Buffer.from(fields.join(""));
  },
  "swap columns": (good, random) => {
    const all = good.toString().split("\n");
    const at = random.int(0, all.length - 1);
    all[at] = all[at]!.split(/([\t:,]| @ )/).reverse().join("");
    return Buffer.from(all.join("\n"));
  },
  encode: (good, random) => {
    const text = good.toString();
    const kind = random.int(0, 3);
    if (kind === 0) return Buffer.from(text, "latin1");
    if (kind === 1) return Buffer.from("\ufeff" + text, "utf16le");
    if (kind === 2) return Buffer.from(text, "utf16le");
    return Buffer.from(text.replaceAll("\n", "\r"));
  },
  harmless: (good, random) => {
    const text = good.toString();
    return Buffer.from(
      random.pick(["\ufeff" + text, text.replaceAll("\n", "\r\n"), "\ufeff" + text.replaceAll("\n", "\r\n")]),
    );
  },
};

/** The bytes as text if a strict reader would take them. */
function decode(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  const isStrict = Buffer.from(text).equals(Buffer.from(bytes)) && !text.includes("\0");
  return isStrict ? text.replace(/^\ufeff/, "") : undefined;
}

export function attempt(run: () => unknown[], where: string): unknown[] | undefined {
  try {
    return run();
  } catch (error) {
    ok(error instanceof UserError, `${where}: ${error}`);
    ok(error.message.includes(PATH), `${where}: ${error.message}`);
    return undefined;
  }
}

/** Tests that a loader agrees with the independent reader on every damaged file, and that damage is noticed. */
export function fuzz({ name, good, load, read }: Format): void {
  Deno.test(`${name}: ${SEEDS} damaged files give the right rows or a UserError that names the file`, () => {
    const whole = Buffer.from(good);
    deepStrictEqual(load(whole), read(good));
    const kinds = Object.keys(DAMAGES);
    let refused = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const random = stream(seed, "fuzz", name);
      const kind = kinds[seed % kinds.length]!;
      const bytes = DAMAGES[kind]!(whole, random);
      const where = `${name}, ${kind}, seed ${seed}`;
      const text = decode(bytes);
      const expected = text === undefined || text === "" ? undefined : read(text);
      const got = attempt(() => load(bytes), where);
      deepStrictEqual(got, expected, where);
      if (kind === "harmless") deepStrictEqual(got, load(whole), where);
      if (got === undefined) refused++;
    }
    // Damage that nothing notices, or a loader that refuses all, would make the test idle.
    ok(refused > SEEDS / 4 && refused < SEEDS * 0.95, `${refused} of ${SEEDS} refused`);
  });
}
