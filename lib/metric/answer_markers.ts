/**
 * What announces an answer, by language: the last sentences of MGSM's own worked examples (Shi et al., 2022,
 * arXiv:2210.03057) and the common forms of the languages of MGSM, MSVAMP and X-CSQA. The heads of those examples
 * ("Step-by-Step Answer:", "ステップごとの答え：") announce a solution, and are no markers.
 * @module
 */

/** Stars, underscores and backticks of Markdown, and spaces. */
const MARKUP = String.raw`[\s*_\x60]*`;
/** A number or a choice's letter stands next, so that the noun alone announces it. */
const VALUE = String
  .raw`(?=(?:[\s*_\x60"'“”«„‘「『([{$]|\\[a-z]+)*(?:[-+]\s?)?[A-Za-z]{0,3}\p{Sc}?(?:\.?\d|\\[dtc]?frac|[A-E](?![\p{L}\p{M}\d])))`;
const NO_WORD_BEFORE = String.raw`(?<![\p{L}\p{M}-])`;
const NO_LETTER_AFTER = String.raw`(?![\p{L}\p{M}])`;

/** The noun, its copulas, and whether the noun announces without one. */
interface Form {
  readonly noun: string;
  readonly copula?: string;
  readonly bare?: boolean;
}

const SPACED: Readonly<Record<string, Form>> = {
  en: {
    noun: "(?<!step )answer(?: to (?:the|this) \\p{L}+)?",
    copula: "(?:is|was|equals|(?:would|should|must|will) be)(?! (?:not|never)\\b)",
  },
  de: { noun: "antwort", copula: "(?:lautet|ist|wäre|beträgt)(?! (?:nicht|nie)\\b)" },
  es: { noun: "respuesta(?: final| correcta)?", copula: "es|sería|será|fue" },
  fr: { noun: "réponse(?: finale| correcte| exacte)?", copula: "(?:est|sera|serait)(?! pas\\b)" },
  pt: { noun: "resposta(?: final| correta| certa)?", copula: "é|será|seria" },
  it: { noun: "risposta(?: finale| corretta| esatta| giusta)?", copula: "è|sarà|sarebbe" },
  nl: { noun: "antwoord", copula: "(?:is|luidt)(?! niet\\b)" },
  pl: { noun: "odpowied(?:ź|zią)", copula: "to|jest|brzmi", bare: true },
  ru: { noun: "ответ", copula: "равен|это|будет|составляет|составит|—|-(?=\\s)", bare: true },
  sw: { noun: "jibu(?: sahihi| la mwisho| lake)?", copula: "ni", bare: true },
  vi: { noun: "(?:đáp án|câu trả lời)(?: cuối cùng| đúng| chính xác)?", copula: "là" },
  bn: { noun: "(?<!ধাপে )উত্তর(?:টি|টা)?", copula: "হল|হলো|হ'ল|হচ্ছে|হবে|হয়|ঃ", bare: true },
  te: { noun: "(?<!దశలవారీగా )(?:సమాధానం|జవాబు)", bare: true },
  hi: { noun: "(?:उत्तर|जवाब)", copula: "है|होगा", bare: true },
  ar: { noun: "(?:ال)?(?:إجابة|جواب)(?: الصحيحة| الصحيح| النهائية| النهائي)?", copula: "هي|هو", bare: true },
  ur: { noun: "جواب", copula: "ہے", bare: true },
};

const UNSPACED = [
  // zh
  "答案(?:应该|應該|应|應)?(?:是|为|為|即|[:=])",
  // ja
  "(?<!ごとの)答え(?:は|が|[:=])",
  "(?:正解|解答|回答)は",
  "(?<!\\p{L})答(?:は|[:=])",
  // th
  "คำตอบ(?:สุดท้าย|ที่ถูกต้อง)?\\s*(?:คือ|เป็น|ได้แก่|เท่ากับ|[:=])",
  // German and GSM8K's mark
  `${NO_WORD_BEFORE}lautet die (?:\\p{L}+ )?antwort${NO_LETTER_AFTER}`,
  "####",
];

function source({ noun, copula, bare }: Form): string {
  const verbs = copula === undefined ? "" : `|(?:${copula})${NO_LETTER_AFTER}`;
  return `${NO_WORD_BEFORE}${noun}${NO_LETTER_AFTER}(?:${MARKUP}(?:[:=]${verbs})${bare ? `|${VALUE}` : ""})`;
}

const MARKER = new RegExp(
  [...Object.values(SPACED).map(source), ...UNSPACED].join("|").normalize("NFC"),
  "giu",
);

/** What follows the last marker in a text of plain marks; null without one. */
export function afterMarker(plain: string): string | null {
  let end = -1;
  for (const match of plain.matchAll(MARKER)) end = match.index + match[0].length;
  return end < 0 ? null : plain.slice(end);
}
