/**
 * Reading published text files strictly: either every line is what it should be or a `UserError` names file and line.
 * Byte-order mark and CRLF are taken off; anything else that a transfer can do to a file (cut off, other encoding, NUL
 * bytes, empty or missing lines) is refused, because a benchmark with rows lost or shifted gives wrong scores silently.
 * @module
 */
import { type BaseIssue, type BaseSchema, getDotPath, type InferOutput, safeParse } from "valibot";
import { type AtLeast, atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";

/** A file in memory; `path` is for messages. */
export interface Source {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A line or record with its place: 1-based, as editors count. */
export interface Row<T> {
  readonly line: number;
  readonly value: T;
}

/** Stops with `Cannot read "path": line N problem`. */
export function fail(source: Source, line: number, problem: string): never {
  throw new UserError(`Cannot read "${source.path}": line ${line} ${problem}`);
}

/** A field of a file for a message: short, on one line. */
export function quoted(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 40).toWellFormed()}...` : text;
  return JSON.stringify(short);
}

/** What Python's `str.split` and `str.rstrip` take for white space: not JavaScript's, which has U+FEFF and lacks U+0085. */
const SPACE = String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const SPACES = new RegExp(`${SPACE}+`, "u");
const SPACES_AT_END = new RegExp(`${SPACE}+$`, "u");

/** The words of a line as Python's `line.split()` gives them. */
export function pythonWords(line: string): string[] {
  return line.split(SPACES).filter((word) => word !== "");
}

/**
 * Lines as sacreBLEU reads them: only "\n" ends one (not U+2028 and the like), the last may lack it, and white space at
 * the end of a line is no part of it. @throws {UserError} if the file is empty, not UTF-8 or has NUL characters
 */
export function segmentsOf(source: Source): string[] {
  const text = textOf(source);
  if (text === "") throw new UserError(`Cannot read "${source.path}": the file is empty; get it again`);
  return text.replace(/\n$/, "").split("\n").map((line) => line.replace(SPACES_AT_END, ""));
}

/**
 * The lines of a file without their breaks; a line break ends the last line, so that a file cut off inside it is noticed.
 * @throws {UserError} if the file is empty, not UTF-8, has NUL characters, or does not end with a line break
 */
export function linesOf(source: Source): string[] {
  const text = textOf(source);
  if (text === "") throw new UserError(`Cannot read "${source.path}": the file is empty; get it again`);
  const lines = text.split("\n");
  if (lines.pop() !== "") {
    fail(
      source,
      lines.length + 1,
      "has no line break at its end: the file may be cut off; get it again, or add the line break if it is complete",
    );
  }
  return lines.map((line) => line.endsWith("\r") ? line.slice(0, -1) : line);
}

/** Lines cut at tabs, each into exactly `count` fields, none of them blank. */
export function tabbedRows<N extends number>(source: Source, count: N): Row<AtLeast<string, N>>[] {
  return linesOf(source).map((text, at) => {
    const value = text.split("\t");
    if (value.length !== count) {
      fail(source, at + 1, `has ${value.length} tab-separated fields, expected ${count}`);
    }
    const blank = value.findIndex((field) => field.trim() === "");
    if (blank >= 0) fail(source, at + 1, `has nothing in field ${blank + 1} of ${count}`);
    return { line: at + 1, value: atLeast(value, count) };
  });
}

/**
 * Records of a JSON-lines file or of a JSON file that holds one array; the content decides, not the name.
 * @throws {UserError} with the line (of an array: the record's number) that is not JSON or does not fit `schema`
 */
export function jsonRecords<const S extends BaseSchema<unknown, unknown, BaseIssue<unknown>>>(
  source: Source,
  schema: S,
): Row<InferOutput<S>>[] {
  const isArray = beginsWithBracket(source);
  const rows = isArray ? arrayRows(source) : lineRows(source);
  return Array.from(rows, ({ line, value }) => {
    const result = safeParse(schema, value);
    if (result.success) return { line, value: result.output };
    const [issue] = result.issues;
    const field = getDotPath(issue);
    const problem = field === null ? "is not a record" : `has no good "${field}"`;
    if (isArray) {
      throw new UserError(`Cannot read "${source.path}": record ${line} ${problem}: ${issue.message}`);
    }
    fail(source, line, `${problem}: ${issue.message}`);
  });
}

/** The rows, each of which must have an id of its own. @throws {UserError} with both lines where two have the same */
export function withOwnIds<T extends { readonly id: string }>(
  source: Source,
  rows: readonly Row<T>[],
): readonly Row<T>[] {
  const lines = new Map<string, number>();
  for (const { line, value: { id } } of rows) {
    const before = lines.get(id);
    if (before !== undefined) fail(source, line, `has the id "${id}" of line ${before}`);
    lines.set(id, line);
  }
  return rows;
}

/** Checks the number of rows against what was published; `partial` says that a part is meant. */
export function checkCount(
  source: Source,
  rows: number,
  published: number | undefined,
  partial = false,
): void {
  if (partial || published === undefined || rows === published) return;
  throw new UserError(
    `Cannot read "${source.path}": it has ${rows} rows, the published file ${published}; get it again, ` +
      "or say that you mean a part",
  );
}

/** Lines are decoded one by one: a file of training data may be more than one string can hold. */
function* lineRows(source: Source): Generator<Row<unknown>> {
  checkText(source);
  const { bytes } = source;
  if (bytes.length === 0) {
    throw new UserError(`Cannot read "${source.path}": the file is empty; get it again`);
  }
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const found = bytes.indexOf(LINE_BREAK, start);
    const end = found < 0 ? bytes.length : found;
    const text = decoded(bytes.subarray(start, end), start === 0);
    if (text === undefined) fail(source, line, NOT_UTF8);
    if (text.trim() === "") fail(source, line, "is empty, expected a JSON object");
    try {
      yield { line, value: JSON.parse(text) };
    } catch (error) {
      fail(source, line, `is not JSON (${(error as SyntaxError).message})`);
    }
    start = end + 1;
  }
}

/** What one string holds at most in V8. */
const MOST_CHARACTERS = 2 ** 29 - 24;

function arrayRows(source: Source): Row<unknown>[] {
  if (source.bytes.length > MOST_CHARACTERS) {
    throw new UserError(
      `Cannot read "${source.path}": an array of that size; make it JSON lines, a record a line`,
    );
  }
  try {
    const records = JSON.parse(textOf(source)) as unknown[];
    if (records.length === 0) throw new SyntaxError("it has no records");
    return records.map((value, at) => ({ line: at + 1, value }));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`Cannot read "${source.path}": it is not JSON (${(error as SyntaxError).message})`);
  }
}

/** Whether the first character that is neither white space nor a byte-order mark is "[". */
function beginsWithBracket({ bytes }: Source): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, 4096));
  return head.trimStart().startsWith("[");
}

const LINE_BREAK = 10;
const NOT_UTF8 = "is not UTF-8; save the file as UTF-8, or get it again";

/** The file as text, without a byte-order mark. @throws {UserError} if it is not UTF-8 or has NUL bytes */
export function textOf(source: Source): string {
  checkText(source);
  return decoded(source.bytes) ?? fail(source, firstBadLine(source.bytes), NOT_UTF8);
}

/** As text, without a byte-order mark at the beginning of a file; undefined where it is not UTF-8. */
function decoded(bytes: Uint8Array, isBeginning = true): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: !isBeginning }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** @throws {UserError} for UTF-16 and for NUL bytes */
function checkText(source: Source): void {
  const { bytes } = source;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UserError(`Cannot read "${source.path}": it is UTF-16; save it as UTF-8, or get it again`);
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) fail(source, lineAt(bytes, nul), "has a NUL byte: the file is damaged; get it again");
}

/** 1-based number of the line that holds byte `at`. */
function lineAt(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let i = bytes.indexOf(10); i >= 0 && i < at; i = bytes.indexOf(10, i + 1)) line++;
  return line;
}

function firstBadLine(bytes: Uint8Array): number {
  for (let line = 1, start = 0; start <= bytes.length; line++) {
    const found = bytes.indexOf(LINE_BREAK, start);
    const end = found < 0 ? bytes.length : found;
    if (found < 0 || decoded(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
  return 1;
}
