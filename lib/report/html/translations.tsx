/**
 * Examples of word translations, language by language: the word, what is right, and what each variant says first.
 * @module
 */
import type { Benchmark } from "../../results/slice.ts";
import type { TranslatedWord } from "../store/read_translations.ts";
import { languageName } from "./languages.ts";
import { orderedLanguages } from "./groups.ts";
import { Scroll } from "./scroll.tsx";

export function Translations({ benchmark, words }: {
  benchmark: Benchmark;
  words: readonly TranslatedWord[];
}) {
  const variants = [...new Set(words.map(({ variant }) => variant))];
  const answers = new Map(words.map((word) => [key(word.lang, word.item, word.variant), word]));
  return (
    <Scroll block label={`Translations, ${benchmark.title}`}>
      <table class="samples">
        <caption>
          Words as the paper's Table 4 gives some (an image, which the copy we hold lacks): by the MD5 of the
          word, first seed; what every row puts first, {RIGHT} where that is right.
        </caption>
        <thead>
          <tr>
            <th scope="col">Language</th>
            <th scope="col">English</th>
            <th scope="col">Right</th>
            {variants.map((name) => <th key={name} scope="col" dir="auto">{name}</th>)}
          </tr>
        </thead>
        {orderedLanguages(benchmark).map((lang) => {
          const own = words.filter((word) => word.lang === lang && word.variant === variants[0]);
          return (
            <tbody key={lang}>
              {own.map(({ item, gold }, i) => (
                <tr key={item}>
                  {i === 0 && (
                    <th scope="rowgroup" rowSpan={own.length}>
                      {languageName(lang)} <small class="soft">{lang}</small>
                    </th>
                  )}
                  <td>
                    <bdi>{item}</bdi>
                  </td>
                  <td>
                    <bdi lang={lang}>{gold}</bdi>
                  </td>
                  {variants.map((variant) => (
                    <Found key={variant} word={answers.get(key(lang, item, variant))} />
                  ))}
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </Scroll>
  );
}

const RIGHT = "\u2713";

function Found({ word }: { word: TranslatedWord | undefined }) {
  if (!word || word.found === null) return <td class="soft">–</td>;
  return (
    <td>
      <bdi lang={word.lang}>{word.found}</bdi>
      {word.correct && ` ${RIGHT}`}
    </td>
  );
}

function key(lang: string, item: string, variant: string): string {
  return JSON.stringify([lang, item, variant]);
}
