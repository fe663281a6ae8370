/**
 * Damaged files: each loader must agree with a reader written here from the formats' descriptions (same rows, or both
 * refuse), must refuse every file that is cut off or has rows lost, and must not take long over anything.
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { atLeast } from "../../../lib/checked.ts";
import { stream } from "../../../lib/random.ts";
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
import {
  allOrNone,
  attempt,
  type Format,
  fuzz,
  gold,
  isText,
  lines,
  number,
  PATH,
  records,
  rows,
  sentence,
  WORDS,
} from "./_damage.ts";
import { source } from "./_data.ts";

const partial = { partial: true };

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
          const [solution, last, ...rest] = atLeast(answer.split("####"), 1);
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
            ["entailment", "neutral", "contradiction"].includes(fields[2]!);
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
    // As Python's `line.split()`, to which U+FEFF is a letter.
    read: (text) => {
      const rows = lines(text)?.map((line) =>
        line.replaceAll("\ufeff", "\ue000").split(/\s+/).filter(Boolean)
      )
        .filter((words) => words.length > 1).map((words) =>
          words.map((w) => w.replaceAll("\ue000", "\ufeff"))
        );
      const isFine = rows !== undefined && rows.length > 0 &&
        rows.every((words) => words.length === 3 && words[1] === "@");
      return isFine ? rows.map(([target, , word]) => [word, target]) : undefined;
    },
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

for (const format of FORMATS) fuzz(format);

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
      else all.splice(at, 0, all[random.int(0, all.length - 2)]!);
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
