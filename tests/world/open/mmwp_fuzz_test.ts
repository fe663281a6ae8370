/** Damaged files of what MMWP is made from and of MMWP itself; ASDiv against a reader of XML written here from its grammar. */
import { atLeast } from "../../../lib/checked.ts";
import { parseAsdiv, parseMawps, parseTranslation } from "../../../lib/world/open/mod.ts";
import {
  attempt,
  type Format,
  fuzz,
  gold,
  isText,
  number,
  PATH,
  records,
  rows,
  sentence,
} from "./_damage.ts";
import { source } from "./_data.ts";
import { ok } from "node:assert/strict";
import { asdivFile, mawpsFile, problemSet } from "./_word_problems.ts";

const partial = { partial: true };

/** XML 1.0's NameStartChar; NAME also takes what may follow it. */
const START =
  ":A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D" +
  "\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}";
const NAME = `[${START}][-.0-9${START}\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`;
const ATTRIBUTE = `[ \\t\\r\\n]+(${NAME})[ \\t\\r\\n]*=[ \\t\\r\\n]*("[^"<]*"|'[^'<]*')`;
const TOKEN = new RegExp(
  `<(?<open>${NAME})(?<attributes>(?:${ATTRIBUTE})*)[ \\t\\r\\n]*(?<empty>/?)>|` +
    `</(?<close>${NAME})[ \\t\\r\\n]*>|(?<text>[^<]+)`,
  "uy",
);
const INVALID = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text with its references put in; undefined where it is not well-formed. */
function plain(text: string): string | undefined {
  if (INVALID.test(text)) return undefined;
  let isFine = true;
  const out = text.replace(/&(#x[0-9a-fA-F]+;|#\d+;|[a-z]+;)?/g, (_, reference: string | undefined) => {
    const name = reference?.slice(0, -1) ?? "";
    const code = name.startsWith("#x") ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    const value = name.startsWith("#") && code <= 0x10ffff ? String.fromCodePoint(code) : ENTITIES[name];
    if (value === undefined || INVALID.test(value)) isFine = false;
    return value ?? "";
  });
  return isFine ? out : undefined;
}

interface Element {
  name: string;
  attributes: Record<string, string>;
  children: (Element | string)[];
}

/** The root element of a text that is XML without declaration, comments and CDATA. */
function rootOf(text: string): Element | undefined {
  const all: Element = { name: "", attributes: {}, children: [] };
  const stack = [all];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) return undefined;
    const parent = stack.at(-1)!;
    if (groups.text !== undefined) {
      const value = groups.text.includes("]]>") ? undefined : plain(groups.text);
      if (value === undefined || (parent === all && /[^ \t\r\n]/.test(groups.text))) return undefined;
      parent.children.push(value);
    } else if (groups.close !== undefined) {
      if (stack.length === 1 || stack.pop()!.name !== groups.close) return undefined;
    } else {
      if (parent === all && parent.children.some((child) => typeof child !== "string")) return undefined;
      const attributes: Record<string, string> = {};
      for (const match of groups.attributes!.matchAll(new RegExp(ATTRIBUTE, "gu"))) {
        const [, name, value] = atLeast(match, 3);
        const decoded = plain(value.slice(1, -1).replace(/\r\n|[\t\r\n]/g, " "));
        if (decoded === undefined || name in attributes) return undefined;
        attributes[name] = decoded;
      }
      const element = { name: groups.open!, attributes, children: [] };
      parent.children.push(element);
      if (groups.empty === "") stack.push(element);
    }
  }
  return stack.length === 1 ? all.children.find((child) => typeof child !== "string") as Element : undefined;
}

/** The elements in `parent`; undefined if there is text between them. */
function elementsIn(parent: Element): Element[] | undefined {
  const isBlank = parent.children.every((child) => typeof child !== "string" || child.trim() === "");
  return isBlank ? parent.children.filter((child) => typeof child !== "string") : undefined;
}

/** A problem as a row, from its description in ASDiv's README. */
function asdivRow(problem: Element): unknown[] | undefined {
  const { ID, Grade, Source } = problem.attributes;
  const fields = elementsIn(problem);
  if (problem.name !== "Problem" || !isText(ID) || !isText(Source) || !/^[1-6]$/.test(Grade ?? "")) {
    return undefined;
  }
  const names = ["Body", "Question", "Solution-Type", "Answer", "Formula"];
  if (fields === undefined || fields.map(({ name }) => name).sort().join() !== [...names].sort().join()) {
    return undefined;
  }
  const texts = names.map((name) => {
    const { children } = fields.find((field) => field.name === name)!;
    return children.every((child) => typeof child === "string")
      ? children.join("").trim().split(/\s+/u).join(" ")
      : undefined;
  });
  const type = fields.find(({ name }) => name === "Solution-Type")!;
  const subtypes = Object.entries(type.attributes).filter(([name]) => /^Sub(goal|type)-\d+$/.test(name)).map((
    [, v],
  ) => v);
  const isFine = texts.every((text) => text !== undefined) && [1, 2, 3].every((at) => isText(texts[at]));
  return isFine ? [ID, Number(Grade), Source, ...texts, ...subtypes] : undefined;
}

function readAsdiv(text: string): unknown[] | undefined {
  const root = rootOf(text);
  const sets = root?.name === "ProblemSet"
    ? [root]
    : root?.name === "Machine-Reading-Corpus-File"
    ? elementsIn(root)
    : undefined;
  const isFine = sets?.every((set) => set.name === "ProblemSet" && elementsIn(set) !== undefined);
  const all = isFine ? sets!.flatMap((set) => elementsIn(set)!).map(asdivRow) : undefined;
  if (all === undefined || all.length === 0 || all.includes(undefined)) return undefined;
  return new Set(all.map((row) => row![0])).size === all.length ? all : undefined;
}

const ENGLISH = source(
  rows(9, (i) => JSON.stringify({ id: `p${i}`, question: "Q", answer: `${i}` }) + "\n").join(""),
);

const FORMATS: Format[] = [
  {
    name: "ASDiv",
    good: problemSet(rows(7, (i) => ({
      body: sentence(i).replace('"zehn"', "&quot;zehn&#34; &lt; elf"),
      type: `<Solution-Type${i % 2 === 0 ? ' Subgoal-1="Sum"' : ""}>Addition</Solution-Type>`,
      answer: `${i} (яблок)`,
    }))).join("\n") + "\n",
    load: (bytes) =>
      parseAsdiv(source(bytes, PATH), partial).map((one) => [
        ...[
          one.id,
          one.grade,
          one.source,
          one.body,
          one.question,
          one.solution_type,
          one.answer,
          one.formula,
        ],
        ...one.subtypes,
      ]),
    read: readAsdiv,
  },
  {
    name: "MAWPS",
    good: mawpsFile(
      rows(8, (i) => ({ question: sentence(i), solutions: [[i], [`${i}`], [i, 0.5]][i % 3]! })),
    ),
    load: (bytes) =>
      parseMawps(source(bytes, PATH), "AddSub", partial).map((
        one,
      ) => [one.id, one.question, one.equations, one.solutions]),
    read: (text) => {
      const all = records(text)?.map(({ iIndex, sQuestion, lEquations, lSolutions }) => {
        const lists = [lEquations, lSolutions].every((list) => Array.isArray(list) && list.length > 0);
        if (
          !Number.isInteger(iIndex) || !isText(sQuestion) || !lists ||
          !(lEquations as unknown[]).every(isText)
        ) return undefined;
        const solutions = (lSolutions as unknown[]).map((one) =>
          typeof one === "number" ? String(one) : isText(one) ? one.trim() : ""
        );
        if (!solutions.every((one) => /^-?\d+(\.\d+)?$/.test(one))) return undefined;
        const equations = (lEquations as string[]).map((one) => one.trim());
        return [`AddSub-${iIndex}`, sQuestion.trim().split(/\s+/u).join(" "), equations, solutions];
      });
      if (all === undefined || all.includes(undefined)) return undefined;
      return new Set(all.map((row) => row![0])).size === all.length ? all : undefined;
    },
  },
  {
    name: "a translation of MMWP",
    good: rows(
      9,
      (i) =>
        JSON.stringify({ id: `p${i}`, question: sentence(i), ...(i % 2 === 0 ? { answer: `${i}.0` } : {}) }) +
        "\n",
    )
      .join(""),
    load: (bytes) =>
      parseTranslation(source(bytes, PATH), "de", ENGLISH).map((one) => [one.id, one.question]),
    read: (text) => {
      const all = records(text)?.map(({ id, question, answer }) => {
        if (!isText(id) || !isText(question) || (answer !== undefined && !isText(answer))) return undefined;
        const value = answer === undefined ? id.slice(1) : gold(answer);
        return /^p[0-8]$/.test(id) && value !== undefined && number(value) === id.slice(1)
          ? [`mmwp/${id}`, question.trim()]
          : undefined;
      });
      const ids = new Set(all?.map((row) => row?.[0]));
      return all?.length === 9 && ids.size === 9 && !ids.has(undefined) ? all.sort() : undefined;
    },
  },
];

for (const format of FORMATS) fuzz(format);

Deno.test("a published ASDiv that is cut off or has problems lost is never read as whole", () => {
  const good = asdivFile(rows(2305, (i) => ({ id: `p-${i}` })));
  ok(parseAsdiv(source(good)).length === 2305);
  for (let i = 1; i < 12; i++) {
    const at = Math.floor(good.length * i / 12);
    ok(attempt(() => parseAsdiv(source(good.slice(0, at), PATH)), `cut at ${at}`) === undefined);
    const start = good.indexOf("\t<Problem", at), end = good.indexOf("\t<Problem", start + 1);
    const lost = good.slice(0, start) + good.slice(end);
    ok(end > 0 && attempt(() => parseAsdiv(source(lost, PATH)), `lost at ${at}`) === undefined);
  }
});

Deno.test("huge and deep XML is refused in time that grows with its length", () => {
  const huge = "x".repeat(3_000_000);
  const started = performance.now();
  for (
    const text of [
      "<a>".repeat(500_000),
      `<ProblemSet>${huge}`,
      "&".repeat(300_000),
      `<${huge}`,
      `<a b="${huge}`,
    ]
  ) {
    ok(attempt(() => parseAsdiv(source(text, PATH), partial), "huge") === undefined);
  }
  const seconds = (performance.now() - started) / 1000;
  ok(seconds < 10, `${seconds} s`);
});
