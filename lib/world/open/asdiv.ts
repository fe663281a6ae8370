/**
 * Loader of ASDiv 1.0 (Miao et al. 2020, ACL, 975-984): 2305 English word problems of grades 1 to 6 in one XML file, each
 * with its answer ("9 (apples)", "8 (ft); 128 (sq. ft)", "Mrs. Hilt") and formula as annotated. What they are for here:
 * the paper's MMWP was drawn from them (`mmwp_selection.ts`). Non-commercial, and a test set: no world trains on it.
 * @module
 */
import { SaxesParser } from "saxes";
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { ASDIV_PLACES, dataSet, readFrom } from "./catalog.ts";
import { checkCount, fail, quoted, type Source, textOf } from "./read.ts";
import type { LoadOptions } from "./types.ts";

/** A problem as published; white space at the ends of its texts is taken off. */
export interface AsdivProblem {
  /** "nluds-0001". */
  readonly id: string;
  /** 1 to 6. */
  readonly grade: number;
  /** Where the problem was found. */
  readonly source: string;
  /** The story; may be empty. */
  readonly body: string;
  readonly question: string;
  /** The last operation ("Addition", "TVQ-Final", "GCD"). */
  readonly solution_type: string;
  /** The operations before the last, where the problem is annotated with them. */
  readonly subtypes: readonly string[];
  readonly answer: string;
  /** "(35+21)-34=22", with units in round brackets and several steps after semicolons; may be empty. */
  readonly formula: string;
}

const PROBLEMS = 2305;
const TAGS = ["Body", "Question", "Solution-Type", "Answer", "Formula"] as const;
type Tag = typeof TAGS[number];
/** Elements around the problems, outermost first; the first may be left out. */
const AROUND = ["Machine-Reading-Corpus-File", "ProblemSet"];

/** A problem that is being read. */
interface Open {
  /** Where it begins. */
  readonly line: number;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly texts: Map<Tag, string>;
  subtypes: readonly string[];
}

/** The whole of ASDiv, from `asdiv/ASDiv.xml` below the data folder. */
export function loadAsdiv(folder: string, options: LoadOptions = {}): AsdivProblem[] {
  return parseAsdiv(readFrom(folder, dataSet("asdiv"), ASDIV_PLACES), options);
}

/**
 * What {@link loadAsdiv} does with the file's content.
 * @throws {UserError} with the line, and the problem's id where there is one, if the file is not well-formed XML or a
 * problem lacks what each of them has, has it twice, or has the id of another
 */
export function parseAsdiv(source: Source, options: LoadOptions = {}): AsdivProblem[] {
  const text = textOf(source);
  if (text === "") throw new UserError(`Cannot read "${source.path}": the file is empty; get it again`);
  const problems: AsdivProblem[] = [];
  const lines = new Map<string, number>();
  let around = 0;
  let open: Open | undefined;
  let tag: Tag | undefined;
  const xml = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
  xml.on("error", ({ message }) => {
    const { line, problem } = xmlProblem(text, xml.position, xml.line, message);
    fail(source, line, `is not XML (${problem}); get it again`);
  });
  xml.on("opentag", ({ name, attributes }) => {
    if (tag !== undefined) fail(source, xml.line, `has <${name}> inside <${tag}>${of(open)}`);
    if (open !== undefined) {
      tag = TAGS.find((each) => each === name) ?? fail(source, xml.line, `has <${name}>${of(open)}`);
      if (open.texts.has(tag)) fail(source, xml.line, `has a second <${name}>${of(open)}`);
      open.texts.set(tag, "");
      if (tag === "Solution-Type") open.subtypes = subtypes(attributes);
      return;
    }
    if (name === "Problem" && around === 2) {
      open = { line: xml.line, id: attributes.ID ?? "", attributes, texts: new Map(), subtypes: [] };
      return;
    }
    const level = AROUND.indexOf(name);
    if (level < around) {
      fail(source, xml.line, `has <${name}>, expected <${around < 2 ? AROUND[1] : "Problem"}>`);
    }
    around = level + 1;
  });
  const onText = (piece: string): void => {
    if (tag !== undefined) open!.texts.set(tag, open!.texts.get(tag)! + piece);
    else if (piece.trim() !== "") fail(source, xml.line, `has ${quoted(piece.trim())} outside of all fields`);
  };
  xml.on("text", onText);
  xml.on("cdata", onText);
  xml.on("closetag", () => {
    if (tag !== undefined) {
      tag = undefined;
    } else if (open !== undefined) {
      const problem = whole(source, open);
      const before = lines.get(problem.id);
      if (before !== undefined) fail(source, open.line, `has the id "${problem.id}" of line ${before}`);
      lines.set(problem.id, open.line);
      problems.push(problem);
      open = undefined;
    } else around--;
  });
  xml.write(text).close();
  if (problems.length === 0) {
    throw new UserError(`Cannot read "${source.path}": it has no problems; get it again`);
  }
  checkCount(source, problems.length, PROBLEMS, options.partial);
  return problems;
}

/** What is wrong with the XML, and where: a bare "&" is noticed only at the next ";", or at the end of the file. */
function xmlProblem(
  text: string,
  position: number,
  line: number,
  message: string,
): { line: number; problem: string } {
  const problem = message.replace(/^\d+:\d+: /, "").replace(/\.$/, "");
  const ampersand = text.indexOf("&", text.lastIndexOf(";", position - 2) + 1);
  const isEntity = /entity/.test(problem) || (/^unclosed|^unexpected end/.test(problem) && ampersand >= 0);
  return isEntity
    ? { line: text.slice(0, ampersand).split("\n").length, problem: `an "&": ${problem}` }
    : { line, problem };
}

/** A problem that has been read to its end. */
function whole(source: Source, open: Open): AsdivProblem {
  const stop = (problem: string) => fail(source, open.line, `${problem}${of(open)}`);
  const [, grade, from] = atLeast(
    ["ID", "Grade", "Source"].map((name) => {
      const value = open.attributes[name] ?? "";
      return value.trim() === "" ? stop(`has no ${name}`) : value;
    }),
    3,
  );
  if (!/^[1-6]$/.test(grade)) stop(`has the grade ${quoted(grade)}, expected 1 to 6`);
  const [body, question, solution_type, answer, formula] = atLeast(
    TAGS.map((each) => {
      const text = open.texts.get(each)?.replace(/\s+/gu, " ").trim();
      if (text === undefined) return stop(`has no <${each}>`);
      if (text === "" && each !== "Body" && each !== "Formula") stop(`has nothing in <${each}>`);
      return text;
    }),
    5,
  );
  const { id, subtypes } = open;
  return { id, grade: Number(grade), source: from, body, question, solution_type, subtypes, answer, formula };
}

/** The published file calls them "Subgoal-1", the set's description "Subtype-1". */
function subtypes(attributes: Readonly<Record<string, string>>): string[] {
  return Object.keys(attributes).filter((name) => /^Sub(goal|type)-\d+$/.test(name)).map((name) =>
    attributes[name]!
  );
}

function of(open: Open | undefined): string {
  return open === undefined || open.id === "" ? "" : ` in problem "${open.id}"`;
}
