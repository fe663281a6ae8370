/**
 * How the published sets name languages: MSVAMP by English name, Tatoeba by ISO 639-3, FLORES-200 by ISO 639-3 and script.
 * The lab's own codes are those of the paper (BCP 47, `lib/text/languages.ts`).
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";
import type { LanguageRow } from "../table.ts";

/** FLORES-200 names of the paper's 48 languages. */
export const FLORES_NAMES: Readonly<Record<string, string>> = table(
  "af afr_Latn ar arb_Arab be bel_Cyrl bg bul_Cyrl bn ben_Beng ca cat_Latn cs ces_Latn da dan_Latn de deu_Latn " +
    "en eng_Latn es spa_Latn eu eus_Latn fi fin_Latn fr fra_Latn gu guj_Gujr ha hau_Latn hi hin_Deva hr hrv_Latn " +
    "hu hun_Latn hy hye_Armn id ind_Latn is isl_Latn it ita_Latn ja jpn_Jpan kn kan_Knda ko kor_Hang lb ltz_Latn " +
    "mk mkd_Cyrl ml mal_Mlym mr mar_Deva nb nob_Latn ne npi_Deva nl nld_Latn pl pol_Latn pt por_Latn ro ron_Latn " +
    "ru rus_Cyrl sk slk_Latn sl slv_Latn sr srp_Cyrl sv swe_Latn sw swh_Latn ta tam_Taml te tel_Telu th tha_Thai " +
    "uk ukr_Cyrl vi vie_Latn zh zho_Hans",
);

/** Tatoeba v1 names; the set has no gu, ha, kn, lb, ne. */
export const TATOEBA_NAMES: Readonly<Record<string, string>> = table(
  "af afr ar ara be bel bg bul bn ben ca cat cs ces da dan de deu es spa eu eus fi fin fr fra hi hin hr hrv hu hun " +
    "hy hye id ind is isl it ita ja jpn ko kor mk mkd ml mal mr mar nb nob nl nld pl pol pt por ro ron ru rus sk slk " +
    "sl slv sr srp sv swe sw swh ta tam te tel th tha uk ukr vi vie zh cmn",
);

/** The other languages of Tatoeba v1, which keep their ISO 639-3 codes here; 112 languages in all. */
export const TATOEBA_OTHERS: readonly string[] = (
  "amh ang arq arz ast awa aze ber bos bre cbk ceb cha cor csb cym dsb dtp ell epo est fao fry gla gle glg gsw heb " +
  "hsb ido ile ina jav kab kat kaz khm kur kzj lat lfn lit lvs max mhr mon nds nno nov oci orv pam pes pms sqi swg " +
  "tat tgl tuk tur tzl uig urd uzb war wuu xho yid yue zsm"
).split(" ");

/** MGSM's languages. */
export const MGSM_LANGUAGES: readonly string[] = "bn de en es fr ja ru sw te th zh".split(" ");

/** MSVAMP's languages by the names in its file names. */
export const MSVAMP_NAMES: Readonly<Record<string, string>> = table(
  "bn Bengali de German en English es Spanish fr French ja Japanese ru Russian sw Swahili th Thai zh Chinese",
);

/** MultiMWP's languages by the names in its file names (`Simple-*.txt` of the repository). */
export const MULTIMWP_NAMES: Readonly<Record<string, string>> = table(
  "ar Arabic as Assamese bn Bengali dv Dhivehi en English fa Persian hi Hindi ne Nepali or Odia si Sinhala " +
    "sq Albanian ta Tamil ur Urdu zh Chinese",
);

/**
 * Languages of real data that are not among the paper's 48 (`data/languages.csv`), all of them hardly in any LLM's text.
 */
export const OTHER_LANGUAGES: readonly Omit<LanguageRow, "benchmarks">[] = ([
  ["as", "Assamese", "অসমীয়া", "Indo-European: Indo-Iranian", "Bengali"],
  ["dv", "Dhivehi", "ދިވެހި", "Indo-European: Indo-Iranian", "Thaana"],
  ["fa", "Persian", "فارسی", "Indo-European: Indo-Iranian", "Arabic"],
  ["or", "Odia", "ଓଡ଼ିଆ", "Indo-European: Indo-Iranian", "Odia"],
  ["si", "Sinhala", "සිංහල", "Indo-European: Indo-Iranian", "Sinhala"],
  ["sq", "Albanian", "shqip", "Indo-European: Albanian", "Latin"],
  ["ur", "Urdu", "اردو", "Indo-European: Indo-Iranian", "Arabic"],
] as const).map(([code, name, endonym, family, script]) => (
  { code, name, endonym, family, script, level: "low", paperFamily: "", paperScript: "" }
));

/** The parts of MAWPS as its paper names them, and the files that hold them. */
export const MAWPS_FILES: Readonly<Record<string, readonly string[]>> = {
  AddSub: ["AddSub.json"],
  SingleOp: ["SingleOp.json"],
  MultiArith: ["MultiArith.json"],
  SingleEq: ["SingleEq.json", "questions.json"],
  "SimulEq-S": ["SimulEq-S.json"],
  "SimulEq-L": ["SimulEq-L.json"],
};

/** Languages of the paper that MUSE has a dictionary from English to. */
export const MUSE_LANGUAGES: readonly string[] =
  "af ar bg bn ca cs da de es fi fr hi hr hu id it ja ko mk nl no pl pt ro ru sk sl sv ta th uk vi zh".split(
    " ",
  );

/** XNLI's languages. */
export const XNLI_LANGUAGES: readonly string[] = "ar bg de el en es fr hi ru sw th tr ur vi zh".split(" ");

/** X-CSQA's languages. */
export const XCSQA_LANGUAGES: readonly string[] = "ar de en es fr hi it ja nl pl pt ru sw ur vi zh".split(
  " ",
);

/** Stops unless `language` is one that the set has. */
export function checkLanguage(set: string, language: string, published: readonly string[]): void {
  if (!published.includes(language)) {
    throw new UserError(`${set} has no language "${language}"; ${didYouMean(language, published)}`);
  }
}

function table(words: string): Record<string, string> {
  const list = words.split(" ");
  return Object.fromEntries(list.flatMap((code, at) => at % 2 === 0 ? [[code, list[at + 1]!]] : []));
}
