/**
 * What a text's `lang` and `dir` are, so that it gets its own glyphs, voice and direction.
 * @module
 */

const RIGHT_TO_LEFT = new Set(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"]);
/** Scripts that a language is written in beside or instead of the one that its locale names. */
const WITH: Readonly<Record<string, readonly string[]>> = {
  Jpan: ["Hiragana", "Katakana", "Han"],
  Kore: ["Hangul", "Han"],
  Hans: ["Han"],
  Hant: ["Han"],
};

/** The script that a language is mostly written in: "sw" -> "Latn". */
function scriptOf(lang: string): string | undefined {
  try {
    return new Intl.Locale(lang).maximize().script;
  } catch (error) {
    if (error instanceof RangeError) return undefined; // no language's code
    throw error;
  }
}

/** Direction of texts in a language; "auto" where its code says nothing. */
export function directionOf(lang: string): "ltr" | "rtl" | "auto" {
  const script = scriptOf(lang);
  return script === undefined ? "auto" : RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
}

/**
 * The language of an answer to a question in `lang`. A model may answer in English whatever it is asked, so letters
 * decide: Latin ones are English where the question's are others, and unknown ("") where they are Latin too.
 */
export function answerLanguage(text: string, lang: string): string {
  const script = scriptOf(lang);
  const letters = text.match(/\p{L}/gu) ?? [];
  if (script === undefined || letters.length === 0) return "";
  const own = new RegExp((WITH[script] ?? [script]).map((name) => `\\p{Script=${name}}`).join("|"), "u");
  const most = (pattern: RegExp) =>
    letters.filter((letter) => pattern.test(letter)).length * 2 > letters.length;
  if (!most(own)) return most(/\p{Script=Latin}/u) ? "en" : "";
  return script === "Latn" && lang !== "en" ? "" : lang;
}
