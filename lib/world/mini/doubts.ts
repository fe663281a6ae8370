/**
 * `data/world/DOUBTS.md`: what the writers and the second reader of the languages were not sure of, for a speaker to
 * judge. Each doubt is in the language's own file; this is the list of them.
 * @module
 */
import { languageOf, languages } from "./data.ts";

const INTRO = `# Doubts about the mini world's languages

Made by \`deno task -q world doubts > data/world/DOUBTS.md\` from the language files; edit those.

The languages were written by language models working as linguists, sentence by sentence and form by form, and read a
second time by another one against samples of every sentence. No native speaker has checked them yet. Known of all:

- Digits are ASCII everywhere, also where a language would use its own (Arabic, Bengali, Hindi, Marathi, Nepali ...).
- All sentences are in the present tense (Chinese: with 了), shorter and more alike than in a school book.
- A solution's calculations are in signs ("5 + 3 = 8."), with a European full stop in every language.
- Names are of the culture, one spelling each; a few are known in several languages.
- Counted nouns beside 3 to 99 only: one, two and zero are never counted.

| language | doubts |
| -------- | ------ |
`;

/** The whole file. */
export function doubtsMarkdown(): string {
  const rows = languages().map(({ code, name }) => {
    const doubts = languageOf(code).doubts.map((doubt) => doubt.replaceAll("|", "\\|"));
    return `| ${name} (${code}) | ${doubts.length === 0 ? "none noted" : doubts.join("<br>")} |`;
  });
  return INTRO + rows.join("\n") + "\n";
}
