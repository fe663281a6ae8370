/**
 * One answer: whether it is right, what was asked, and all that the model wrote. Everything is untrusted text.
 * @module
 */
import type { Shown } from "./choose.ts";
import type { SliceData } from "./data.ts";
import { answerLanguage, directionOf } from "./language.ts";

export interface AnswerItemProps {
  readonly slice: SliceData;
  readonly shown: Shown;
  readonly href: string;
  /** Whether the answer above is another seed's to the same question, which then need not be said again. */
  readonly again: boolean;
}

export function AnswerItem({ slice, shown, href, again }: AnswerItemProps) {
  const [lang, run, item, , output, extracted, gold, correct, parts] = shown.answer;
  return (
    <li class={again ? "again" : undefined}>
      <div class="item">
        <span class={correct ? "right" : "wrong"}>{correct ? "\u2713 right" : "\u2717 wrong"}</span>
        <a href={href}>
          <code>{item}</code>
        </a>
        <span>{`${lang} \u00b7 seed ${slice.runs[run]!.seed}`}</span>
        <span>found {extracted === null ? <i>nothing</i> : <bdi>{extracted}</bdi>}</span>
        <span>
          wanted <bdi>{gold}</bdi>
        </span>
        {parts !== null && (
          <span class="parts">
            {slice.parts.map((name, i) => (
              <span key={name}>{`${parts[i] === "1" ? "\u2713" : "\u2717"} ${name}`}</span>
            ))}
          </span>
        )}
      </div>
      {!again && (
        <div class="aligned">
          {shown.prompt !== null && <p class="say ask" lang={lang} dir={directionOf(lang)}>{shown.prompt}</p>}
          {shown.english !== null && <p class="say english" lang="en" dir="ltr">{shown.english}</p>}
        </div>
      )}
      {output.trim() === ""
        ? (
          <p class="say soft">
            <i>an answer without a word</i>
          </p>
        )
        : <p class="say output" lang={answerLanguage(output, lang)} dir="auto">{output}</p>}
    </li>
  );
}
