/**
 * Answers and prompts of an evaluation as newline-delimited JSON, hashed while they are written. DuckDB reads these
 * files as they are. Prompts lie apart, once each: variants that are asked the same share one file of prompts.
 * @module
 */
import { writeAll } from "../../files.ts";
import { sha256 } from "../../hash.ts";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { adoptObject } from "./objects.ts";
import type { LabPaths } from "./paths.ts";
import type { Answer } from "../experiment/types.ts";

/** An object of newline-delimited JSON. */
export interface Ndjson {
  readonly object: string;
  readonly rows: number;
}

/** Collects one step's answers. */
export interface AnswerWriter {
  write(rows: Iterable<Answer>): void;
  /** Ends the files and stores them; empty lists when there was no answer. */
  finish(): { answers: Ndjson[]; prompts: Ndjson[] };
}

/** @param folder where the files grow until `finish` */
export function openAnswers(paths: LabPaths, folder: string): AnswerWriter {
  const answers = rowsFile(paths, join(folder, ".answers.ndjson"));
  const prompts = rowsFile(paths, join(folder, ".prompts.ndjson"));
  const seen = new Set<string>();
  return {
    write(rows) {
      for (const row of rows) {
        const prompt = promptHash(row.prompt);
        if (!seen.has(prompt)) {
          seen.add(prompt);
          prompts.add({ prompt, text: clean(row.prompt) });
        }
        answers.add({
          benchmark: row.benchmark,
          lang: row.lang,
          item: row.item,
          prompt,
          output: clean(row.output),
          extracted: row.extracted === null ? null : clean(row.extracted),
          gold: clean(row.gold),
          correct: row.correct,
          ...row.parts,
          kind: row.kind ?? null,
          mistake: row.mistake ?? null,
        });
      }
    },
    finish: () => ({ answers: answers.finish(), prompts: prompts.finish() }),
  };
}

/** Names a prompt in the table `prompt`. */
export function promptHash(text: string): string {
  return sha256(text).slice(0, 16);
}

/** Text that every reader takes: lone surrogates and NUL become the replacement character. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

const FLUSH_BYTES = 1 << 20;

function rowsFile(paths: LabPaths, path: string): { add(row: unknown): void; finish(): Ndjson[] } {
  const hash = createHash("sha256");
  let file: Deno.FsFile | undefined;
  let pending: string[] = [];
  let size = 0;
  let rows = 0;
  const flush = (): void => {
    file ??= Deno.openSync(path, { write: true, create: true, truncate: true });
    const bytes = new TextEncoder().encode(pending.join(""));
    hash.update(bytes);
    writeAll(file, bytes);
    pending = [];
    size = 0;
  };
  return {
    add(row) {
      const line = `${JSON.stringify(row)}\n`;
      pending.push(line);
      rows += 1;
      size += line.length;
      if (size > FLUSH_BYTES) flush();
    },
    finish() {
      if (rows === 0) return [];
      flush();
      file!.syncDataSync();
      file!.close();
      const object = hash.digest("hex");
      adoptObject(paths, path, object);
      return [{ object, rows }];
    },
  };
}
