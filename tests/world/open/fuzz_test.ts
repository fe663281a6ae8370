/**
 * Damaged files: each loader must agree with a reader written here from the formats' descriptions (same rows, or both
 * refuse), must refuse every file that is cut off or has rows lost, and must not take long over anything.
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { UserError } from "../../../lib/errors.ts";
import { type Stream, stream } from "../../../lib/random.ts";
import {
  parseBible,
  parseBitext,
  parseChoices,
  parseGsm8k,
  parseMgsm,
  parseMsvamp,
  parseMuse,
  parseXnli,
} from "../../../lib/world/open/mod.ts";
import { source } from "./_data.ts";

const SEEDS = 1800;
const PATH = "data/damaged";

/** A format: an undamaged file, the loader under test, and the independent reader (undefined: the file is bad). */
interface Format {
  name: string;
  good: string;
  load: (bytes: Uint8Array) => unknown[];
  read: (text: string) => unknown[] | undefined;
}

const partial = { partial: true };
const WORDS = 'Wie viele Äpfel hat Anna? 7 яблок แอปเปิล ১২ りんご 苹果 "zehn" don’t'.split(" ");

function sentence(i: number): string {
  return Array.from({ length: 3 + i % 4 }, (_, j) => WORDS[(i * 7 + j * 3) % WORDS.length]).join(" ");
}

function rows<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

/** Lines of a file that ends with a line break; undefined otherwise. */
function lines(text: string): string[] | undefined {
  if (!text.endsWith("\n")) return undefined;
  return text.slice(0, -1).split("\n").map((line) => line.replace(/\r$/, ""));
}

function allOrNone<T>(values: (T | undefined)[] | undefined): T[] | undefined {
  return values === undefined || values.includes(undefined) ? undefined : values as T[];
}

/** JSON lines or one array, each an object. */
function records(text: string): Record<string, unknown>[] | undefined {
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

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** A gold answer as a number; every digit of any script counts. */
function gold(text: string): string | undefined {
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
function number(text: string): string {
  const [, sign, whole, , decimals = ""] = /^(-?)0*(\d+?)(\.(\d*?)0*)?$/.exec(text)!;
  const value = decimals === "" ? whole : `${whole}.${decimals}`;
  return value === "0" ? value : sign + value;
}

const FORMATS: Format[] = [
  {
    name: "MGSM",
    good: rows(14, (i) => `${sentence(i)}\t${["3", "1,234", "-7", "১২", "2.50"][i % 5]}\n`).join(""),
    load: (bytes) =>
      parseMgsm(source(bytes, PATH), "de", partial).map((item) => [item.question, item.answer]),
    read: (text) =>
      allOrNone(
        lines(text)?.map((line) => {
          const [question, answer, ...rest] = line.split("\t");
          const value = gold(answer ?? "");
          return rest.length === 0 && isText(question) && value !== undefined
            ? [question.trim(), number(value)]
            : undefined;
        }),
      ),
  },
  {
    name: "MSVAMP",
    good: rows(12, (i) => JSON.stringify({ query: "q", response: `${i}.0`, m_query: sentence(i) }) + "\n")
      .join(""),
    load: (bytes) =>
      parseMsvamp(source(bytes, PATH), "de", partial).map((item) => [item.question, item.answer]),
    read: (text) =>
      allOrNone(
        records(text)?.map(({ m_query, response, query, equation }) => {
          const value = typeof response === "number" || isText(response) ? gold(String(response)) : undefined;
          const isFine = isText(m_query) &&
            [query, equation].every((each) => each === undefined || isText(each));
          return isFine && value !== undefined ? [m_query.trim(), number(value)] : undefined;
        }),
      ),
  },
  {
    name: "GSM8K",
    good: rows(10, (i) => JSON.stringify({ question: sentence(i), answer: `a <<1+1=2>>2\n#### ${i}` }) + "\n")
      .join(""),
    load: (bytes) =>
      parseGsm8k(source(bytes, PATH), "test", { ...partial, calculator: "keep" }).map((item) => [
        item.question,
        item.solution,
        item.answer,
      ]),
    read: (text) =>
      allOrNone(
        records(text)?.map(({ question, answer }) => {
          if (!isText(question) || !isText(answer)) return undefined;
          const [solution, last, ...rest] = answer.split("####");
          const value = gold(last ?? "");
          return rest.length === 0 && value !== undefined
            ? [question.trim(), solution.trim(), number(value)]
            : undefined;
        }),
      ),
  },
  {
    name: "XNLI",
    good: rows(12, (i) => `${sentence(i)}\t${sentence(i + 1)}\t${["neutral", "entailment"][i % 2]}\n`).join(
      "",
    ),
    load: (bytes) =>
      parseXnli(source(bytes, PATH), "de", "test", partial).map((
        item,
      ) => [item.premise, item.hypothesis, item.label]),
    read: (text) =>
      allOrNone(
        lines(text)?.map((line) => {
          const fields = line.split("\t").map((field) => field.trim());
          if (fields[2] === "contradictory") fields[2] = "contradiction";
          const isFine = fields.length === 3 && fields.every(isText) &&
            ["entailment", "neutral", "contradiction"].includes(fields[2]);
          return isFine ? fields : undefined;
        }),
      ),
  },
  {
    name: "X-CSQA",
    good: rows(8, (i) =>
      JSON.stringify({
        id: `id${i}`,
        lang: "de",
        question: { stem: sentence(i), choices: [..."ABCDE"].map((label) => ({ label, text: sentence(i) })) },
        answerKey: "ABCDE"[i % 5],
      }) + "\n").join(""),
    load: (bytes) =>
      parseChoices(source(bytes, PATH), "de", { answered: true }).map((
        item,
      ) => [item.id, item.question, item.answer]),
    read: (text) => {
      const all = allOrNone(
        records(text)?.map(({ id, lang, question, answerKey }) => {
          const { stem, choices } = (question ?? {}) as { stem?: unknown; choices?: unknown };
          if (
            !isText(id) || (lang !== undefined && lang !== "de") || !isText(stem) || !isText(answerKey)
          ) return undefined;
          if (!Array.isArray(choices) || choices.length !== 5) return undefined;
          const labels = choices.map((choice) => choice?.label);
          const isFine = choices.every((choice) => isText(choice?.label) && isText(choice?.text)) &&
            new Set(labels).size === 5 && labels.includes(answerKey.trim());
          return isFine ? [id, stem.trim(), answerKey.trim()] : undefined;
        }),
      );
      return all !== undefined && new Set(all.map(([id]) => id)).size === all.length ? all : undefined;
    },
  },
  {
    name: "Tatoeba",
    good: rows(12, (i) => `${sentence(i)}\n`).join(""),
    load: (bytes) => {
      const english = source("English\n".repeat(12));
      return parseBitext(english, source(bytes, PATH), "de", "t").pairs.map(({ foreign }) => foreign);
    },
    read: (text) => {
      const all = lines(text)?.map((line) => line.trim());
      return all?.length === 12 && all.every(isText) ? all : undefined;
    },
  },
  {
    name: "MUSE",
    good: rows(15, (i) => `${WORDS[i % WORDS.length]} @ word${i % 9}\n`).join(""),
    load: (bytes) => [...parseMuse(source(bytes, `${PATH}.dict`), "en", "de").pairs],
    read: (text) =>
      allOrNone(
        lines(text)?.map((line) => {
          const [, target, word] = /^([^ \t]+)[ \t]+@[ \t]+([^ \t]+)$/.exec(line) ?? [];
          return target === undefined ? undefined : [word, target];
        }),
      ),
  },
  {
    name: "Bible",
    good: rows(12, (i) => `${["", sentence(i), "<range>", sentence(i)][(i + 1) % 4]}\n`).join(""),
    load: (bytes) => {
      const references = source(rows(12, (i) => `GEN 1:${i + 1}\n`).join(""));
      return [...parseBible(references, source(bytes, PATH), "de", 12).verses];
    },
    read: (text) => {
      const all = lines(text)?.map((line) => line.trim());
      const isFine = all?.length === 12 &&
        all.every((verse, i) => verse !== "<range>" || (all[i - 1] ?? "") !== "");
      return isFine ? all : undefined;
    },
  },
];

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
    else if (kind === 1) all.splice(at, 0, all[random.int(0, all.length - 1)]);
    else if (kind === 2) all[at] = "";
    else all.splice(at, 0, random.shuffle([...all[at]]).join(""));
    return Buffer.from(all.join("\n"));
  },
  fields: (good, random) => {
    const fields = good.toString().split(/(?<=[\t\n])|(?=[\t\n])|(?<=")|(?=")/);
    const at = random.int(0, fields.length - 1);
    fields[at] = random.pick(["", " ", fields[random.int(0, fields.length - 1)]]);
    return Buffer.from(fields.join(""));
  },
  "swap columns": (good, random) => {
    const all = good.toString().split("\n");
    const at = random.int(0, all.length - 1);
    all[at] = all[at].split(/([\t:,]| @ )/).reverse().join("");
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

function attempt(run: () => unknown[], where: string): unknown[] | undefined {
  try {
    return run();
  } catch (error) {
    ok(error instanceof UserError, `${where}: ${error}`);
    ok(error.message.includes(PATH), `${where}: ${error.message}`);
    return undefined;
  }
}

for (const { name, good, load, read } of FORMATS) {
  Deno.test(`${name}: ${SEEDS} damaged files give the right rows or a UserError that names the file`, () => {
    const whole = Buffer.from(good);
    deepStrictEqual(load(whole), read(good));
    const kinds = Object.keys(DAMAGES);
    let refused = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const random = stream(seed, "fuzz", name);
      const kind = kinds[seed % kinds.length];
      const bytes = DAMAGES[kind](whole, random);
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

Deno.test("a published file that is cut off or has rows lost or doubled is never read as whole", () => {
  const mgsm = Buffer.from(rows(250, (i) => `${sentence(i)}\t${i * 111}\n`).join(""));
  const msvamp = Buffer.from(rows(1000, (i) => `{"m_query":"q${i}","response":"${i}.0"}\n`).join(""));
  const cases: [Buffer, (bytes: Uint8Array) => unknown[]][] = [
    [mgsm, (bytes) => parseMgsm(source(bytes, PATH), "de")],
    [msvamp, (bytes) => parseMsvamp(source(bytes, PATH), "de")],
  ];
  for (const [good, load] of cases) {
    const whole = load(good);
    for (let seed = 0; seed < 300; seed++) {
      const random = stream(seed, "cut");
      const all = good.toString().split("\n");
      const at = random.int(0, all.length - 2);
      if (seed % 2 === 0) all.splice(at, 1);
      else all.splice(at, 0, all[random.int(0, all.length - 2)]);
      ok(attempt(() => load(Buffer.from(all.join("\n"))), `rows, seed ${seed}`) === undefined);
      const cut = good.subarray(0, random.int(0, good.length - 1));
      const got = attempt(() => load(cut), `cut, seed ${seed}`);
      // JSON lines lose nothing when only the last line break is gone.
      if (got !== undefined) deepStrictEqual([got, cut.length], [whole, good.length - 1]);
    }
  }
});

Deno.test("huge lines are read or refused in time that grows with their length", () => {
  const huge = "1,".repeat(2_000_000);
  const started = performance.now();
  for (const { load } of FORMATS) {
    for (
      const text of [
        `${huge}\n`,
        `a\t${huge}\n`,
        `{"m_query":"${huge}","response":"1"}\n`,
        "[".repeat(1_000_000),
      ]
    ) {
      attempt(() => load(Buffer.from(text)), "huge");
    }
  }
  const seconds = (performance.now() - started) / 1000;
  ok(seconds < 20, `${seconds} s`);
});
