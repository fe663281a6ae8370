/**
 * One answer, or two to the same question: whether it is right, what was asked, and all that the model wrote. Everything is
 * untrusted text.
 * @module
 */
import type { Shown } from "./choose.ts";
import type { AnswerTuple, SliceData } from "./data.ts";
import { answerLanguage, directionOf } from "./language.ts";

export interface AnswerItemProps {
  readonly slice: SliceData;
  readonly shown: Shown;
  readonly href: string;
  /** Whether the answer above is another seed's to the same question, which then need not be said again. */
  readonly again: boolean;
}

export function AnswerItem({ slice, shown, href, again }: AnswerItemProps) {
  const { answer, other, prompt, english } = shown;
  const [lang, run, item, , , , gold, , , kind] = answer;
  return (
    <li class={again ? "again" : undefined}>
      <div class="item">
        {other === undefined && <Verdict answer={answer} />}
        <a href={href}>
          <code>{item}</code>
        </a>
        <span>{`${lang} \u00b7 seed ${slice.runs[run]!.seed}`}</span>
        {other === undefined && <Found answer={answer} />}
        <span>
          wanted <bdi>{gold}</bdi>
        </span>
        {kind !== null && <span>{kind}</span>}
        {other === undefined && <Parts slice={slice} answer={answer} />}
      </div>
      {!again && (
        <div class="aligned">
          {prompt !== null && <p class="say ask" lang={lang} dir={directionOf(lang)}>{prompt}</p>}
          {english !== null && <p class="say english" lang="en" dir="ltr">{english}</p>}
        </div>
      )}
      {other === undefined ? <Output answer={answer} /> : (
        <div class="sides">
          {[answer, other].map((side, i) => (
            <div key={i} data-side={i}>
              <div class="item">
                <b>
                  <bdi>{slice.runs[side[1]]!.variant}</bdi>
                </b>
                {slice.runs[side[1]]!.seed !== slice.runs[run]!.seed && (
                  <span>{`seed ${slice.runs[side[1]]!.seed}`}</span>
                )}
                <Verdict answer={side} />
                <Found answer={side} />
                <Parts slice={slice} answer={side} />
              </div>
              <Output answer={side} />
            </div>
          ))}
        </div>
      )}
    </li>
  );
}

function Verdict({ answer }: { answer: AnswerTuple }) {
  const correct = answer[7];
  return <span class={correct ? "right" : "wrong"}>{correct ? "\u2713 right" : "\u2717 wrong"}</span>;
}

function Found({ answer }: { answer: AnswerTuple }) {
  const extracted = answer[5];
  return <span>found {extracted === null ? <i>nothing</i> : <bdi>{extracted}</bdi>}</span>;
}

function Parts({ slice, answer }: { slice: SliceData; answer: AnswerTuple }) {
  const parts = answer[8], mistake = answer[10];
  return (
    <>
      {mistake !== null && mistake !== "none" && mistake !== "other" && (
        <span class="mistake">{slice.mistakes[mistake] ?? mistake}</span>
      )}
      {parts !== null && (
        <span class="parts">
          {slice.parts.map((name, i) => (
            <span key={name}>{`${parts[i] === "1" ? "\u2713" : "\u2717"} ${name}`}</span>
          ))}
        </span>
      )}
    </>
  );
}

function Output({ answer: [lang, , , , output] }: { answer: AnswerTuple }) {
  return output.trim() === ""
    ? (
      <p class="say soft">
        <i>an answer without a word</i>
      </p>
    )
    : <p class="say output" lang={answerLanguage(output, lang)} dir="auto">{output}</p>;
}
