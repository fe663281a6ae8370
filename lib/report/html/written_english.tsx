/**
 * The same few problems in every language, beside the English that each variant makes of them: what the bridge carries,
 * and what it loses.
 * @module
 */
import type { Benchmark } from "../../results/slice.ts";
import type { WrittenText } from "../store/read_written.ts";
import { languageName } from "./languages.ts";
import { orderedLanguages } from "./groups.ts";
import { Scroll } from "./scroll.tsx";

export function WrittenEnglish({ benchmark, texts }: {
  benchmark: Benchmark;
  texts: readonly WrittenText[];
}) {
  const variants = [...new Set(texts.map(({ variant }) => variant))];
  const written = new Map(texts.map((text) => [key(text.lang, text.item, text.variant), text]));
  const problems = new Set(texts.map(({ item }) => item)).size;
  return (
    <Scroll block label={`Texts, ${benchmark.title}`}>
      <table class="samples">
        <caption>
          {problems}{" "}
          problems in every language, chosen by the MD5 of their ids, first seed, and what every row writes of
          them in English; {NUMBERS} where it has the numbers of the problem.
        </caption>
        <thead>
          <tr>
            <th scope="col">Language</th>
            <th scope="col">Problem</th>
            <th scope="col">The same in English</th>
            {variants.map((name) => <th key={name} scope="col" dir="auto">{name}</th>)}
          </tr>
        </thead>
        {orderedLanguages(benchmark).map((lang) => {
          const own = texts.filter((text) => text.lang === lang && text.variant === variants[0]);
          return own.length > 0 && (
            <tbody key={lang}>
              {own.map(({ item, text, english }, i) => (
                <tr key={item}>
                  {i === 0 && (
                    <th scope="rowgroup" rowSpan={own.length}>
                      {languageName(lang)} <small class="soft">{lang}</small>
                    </th>
                  )}
                  <td lang={lang}>
                    <bdi>{questionOf(text)}</bdi>
                  </td>
                  <td lang="en">
                    <bdi>{english}</bdi>
                  </td>
                  {variants.map((name) => <Output key={name} text={written.get(key(lang, item, name))} />)}
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </Scroll>
  );
}

const NUMBERS = "\u2713";
/** Of a model that repeats itself the beginning says enough, in UTF-16 units; the answers behind the numbers are whole. */
const LONGEST = 240;

function Output({ text }: { text: WrittenText | undefined }) {
  if (text === undefined || text.output === "") return <td class="soft">–</td>;
  const { output, correct } = text;
  return (
    <td>
      <p class="say" dir="auto">
        {output.length > LONGEST ? `${output.slice(0, LONGEST).toWellFormed()}…` : output}
        {correct && ` ${NUMBERS}`}
      </p>
    </td>
  );
}

/** A prompt without the instruction, which stands on the lines below. */
function questionOf(prompt: string): string {
  return prompt.split("\n", 1)[0]!;
}

function key(lang: string, item: string, variant: string): string {
  return JSON.stringify([lang, item, variant]);
}
