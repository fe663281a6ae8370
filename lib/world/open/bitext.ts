/**
 * Loaders of sentences with their English translations: Tatoeba v1 (Artetxe and Schwenk 2019; scored as in XTREME by
 * `lib/metric/retrieval.ts`) and FLORES-200 (NLLB Team 2022). Line n of one file translates line n of the other, so a
 * blank or missing line is refused: it would shift all after it.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { UserError } from "../../errors.ts";
import { type DataFolder, dataSet, floresPlaces, readFrom } from "./catalog.ts";
import { checkLanguage, FLORES_NAMES, TATOEBA_NAMES, TATOEBA_OTHERS } from "./languages.ts";
import { checkCount, fail, linesOf, type Source } from "./read.ts";
import type { Bitext, LoadOptions } from "./types.ts";

/** Pairs of languages with fewer than 1000 sentences, where we know the published number. */
const TATOEBA_ROWS: Readonly<Record<string, number>> = { swh: 390, tel: 234, tha: 548 };
/** Languages with 1000 sentences that were checked against the published files. */
const TATOEBA_FULL = "afr ara bel ben cmn deu eus fra hin isl jpn mar mkd rus slk spa".split(" ");
const FLORES_ROWS = { dev: 997, devtest: 1012 } as const;

/** Tatoeba for a language of the paper, or any of its 112 by ISO 639-3 code. */
export function loadTatoeba(folder: DataFolder, language: string, options: LoadOptions = {}): Bitext {
  checkLanguage("Tatoeba", language, [
    ...Object.keys(TATOEBA_NAMES),
    ...Object.values(TATOEBA_NAMES),
    ...TATOEBA_OTHERS,
  ]);
  const code = TATOEBA_NAMES[language] ?? language;
  const set = dataSet("tatoeba");
  const foreign = readFrom(folder, set, [`tatoeba.${code}-eng.${code}`]);
  const english = readFrom(folder, set, [`tatoeba.${code}-eng.eng`]);
  const bitext = parseBitext(english, foreign, language, "tatoeba");
  const published = TATOEBA_ROWS[code] ?? (TATOEBA_FULL.includes(code) ? 1000 : undefined);
  checkCount(foreign, bitext.pairs.length, published, options.partial);
  return bitext;
}

/** FLORES-200 for a language of the paper, beside English. */
export function loadFlores(
  folder: DataFolder,
  language: string,
  split: "dev" | "devtest" = "devtest",
  options: LoadOptions = {},
): Bitext {
  checkLanguage("FLORES-200", language, Object.keys(FLORES_NAMES));
  const set = dataSet("flores200");
  const foreign = readFrom(folder, set, floresPlaces(FLORES_NAMES[language]!, split));
  const english = readFrom(folder, set, floresPlaces(FLORES_NAMES.en!, split));
  const bitext = parseBitext(english, foreign, language, `flores-${split}`);
  checkCount(foreign, bitext.pairs.length, FLORES_ROWS[split], options.partial);
  return bitext;
}

/** Two files of lines as pairs. @throws {UserError} if their lengths differ or a line is blank */
export function parseBitext(english: Source, foreign: Source, language: string, name: string): Bitext {
  const [ours, theirs] = atLeast(
    [english, foreign].map((source) =>
      linesOf(source).map((line, at) => line.trim() === "" ? fail(source, at + 1, "is empty") : line.trim())
    ),
    2,
  );
  if (ours.length !== theirs.length) {
    throw new UserError(
      `Cannot pair "${foreign.path}" (${theirs.length} lines) with "${english.path}" (${ours.length} lines): ` +
        "the numbers must agree; get both again",
    );
  }
  return {
    language,
    pairs: theirs.map((sentence, at) => ({ id: `${name}/${at + 1}`, english: ours[at]!, foreign: sentence })),
  };
}
