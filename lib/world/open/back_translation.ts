/**
 * How good translations are, by translating them back and comparing with the original, as the paper's Appendix B.2 does
 * for MMWP (Table 6: BLEU 78.71, chrF 86.08, TER 1.09 on average, of which the TER hardly fits the BLEU, be it a per
 * cent or a share). The scores are `lib/metric`'s, printed the way sacreBLEU prints them.
 *
 * Texts come as plain text, a segment a line, read as sacreBLEU reads it, or as JSON records with `id` and `question`
 * (MMWP files), which are matched by id, so their order does not matter. The whole file decides which it is: it holds
 * JSON if most of its lines are JSON objects or it is an array of them.
 * @module
 */
import { object, pipe, regex, string } from "valibot";
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { type Bleu, type Chrf, corpusBleu, corpusChrf, corpusTer, type Ter } from "../../metric/mod.ts";
import { jsonRecords, segmentsOf, type Source, textOf, withOwnIds } from "./read.ts";

/** A translation that came out empty is a bad one, not a damaged file. */
const TextRecord = object({ id: pipe(string(), regex(/\S/u, "It is blank")), question: string() });

/** How a file of texts may be read: "auto" looks at the whole file. */
export const TEXT_FORMATS = ["text", "json", "auto"] as const;
/** How a file of texts is written. */
export type TextFormat = typeof TEXT_FORMATS[number];

/** Scores of one file of back-translations. */
export interface Quality {
  readonly path: string;
  readonly segments: number;
  readonly bleu: Bleu;
  readonly chrf: Chrf;
  readonly ter: Ter;
}

/** Segments in order; `ids` where the file has them. */
interface Texts {
  readonly ids?: readonly string[];
  readonly texts: readonly string[];
}

/**
 * Scores of `hypothesis` against one or more files of references.
 * @throws {UserError} if the files are damaged, are of different kinds or do not have the same segments
 */
export function backTranslationQuality(
  hypothesis: Source,
  references: readonly Source[],
  format: TextFormat = "auto",
): Quality {
  const wanted = references.map((source) => ({ source, ...readTexts(source, format) }));
  const [first] = atLeast(wanted, 1);
  const given = aligned(hypothesis, readTexts(hypothesis, format), first);
  const sets = wanted.map(({ source, ...texts }) => aligned(source, texts, first));
  return {
    path: hypothesis.path,
    segments: given.length,
    bleu: corpusBleu(given, sets),
    chrf: corpusChrf(given, sets),
    ter: corpusTer(given, sets),
  };
}

/** The scores as sacreBLEU writes them: `name|signature = score`, for BLEU with what it is made of. */
export function formatQuality({ bleu, chrf, ter }: Quality): string[] {
  const { precisions, brevityPenalty, hypothesisLength, referenceLength } = bleu;
  const parts = `${precisions.map((each) => each.toFixed(1)).join("/")} (BP = ${brevityPenalty.toFixed(3)} ` +
    `ratio = ${(referenceLength > 0 ? hypothesisLength / referenceLength : 0).toFixed(3)} ` +
    `hyp_len = ${hypothesisLength} ref_len = ${referenceLength})`;
  return [
    `BLEU|${bleu.signature} = ${bleu.score.toFixed(2)} ${parts}`,
    `chrF2|${chrf.signature} = ${chrf.score.toFixed(2)}`,
    `TER|${ter.signature} = ${ter.score.toFixed(2)}`,
  ];
}

/** Means over files, as in Table 6. */
export function meanQuality(all: readonly Quality[]): { BLEU: number; chrF2: number; TER: number } {
  const mean = (of: (one: Quality) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
  return {
    BLEU: mean(({ bleu }) => bleu.score),
    chrF2: mean(({ chrf }) => chrf.score),
    TER: mean(({ ter }) => ter.score),
  };
}

function readTexts(source: Source, format: TextFormat): Texts {
  const isJson = format === "auto" ? holdsJson(textOf(source)) : format === "json";
  if (!isJson) return { texts: segmentsOf(source) };
  const rows = withOwnIds(source, jsonRecords(source, TextRecord));
  return { ids: rows.map(({ value }) => value.id), texts: rows.map(({ value }) => value.question) };
}

/** Whether a text begins as an array of records, or most of its lines are records: one that is damaged is then an error. */
function holdsJson(text: string): boolean {
  if (/^\s*\[\s*\{\s*"/.test(text)) return true;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.filter((line) => /^\s*\{/.test(line) && isJson(line)).length > lines.length / 2;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A file's texts in the order of the first reference. */
function aligned(
  source: Source,
  { ids, texts }: Texts,
  wanted: Texts & { source: Source },
): readonly string[] {
  const files = `"${source.path}" with "${wanted.source.path}"`;
  if ((ids === undefined) !== (wanted.ids === undefined)) {
    throw new UserError(
      `Cannot compare ${files}: one has lines of text, the other JSON records; use one kind, or say --format text`,
    );
  }
  if (texts.length !== wanted.texts.length) {
    throw new UserError(
      `Cannot compare ${files}: ${texts.length} segments against ${wanted.texts.length}; the numbers must agree`,
    );
  }
  if (ids === undefined || wanted.ids === undefined) return texts;
  const places = new Map(ids.map((id, at) => [id, at]));
  return wanted.ids.map((id) => {
    const at = places.get(id);
    if (at === undefined) throw new UserError(`Cannot compare ${files}: the first lacks "${id}"`);
    return texts[at]!;
  });
}
