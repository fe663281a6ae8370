/// <reference lib="dom" />
/**
 * A language's page for a speaker who judges it: each sentence is marked right, odd or wrong, with a remark; a bar counts
 * the marks and saves them as a file to send. They never leave the browser otherwise. A part of the page gets its buttons
 * when it is unfolded.
 * @module
 */
import { render } from "preact";
import { plural } from "../../format.ts";
import { watchFolds } from "./folds.ts";
import { keepMarks, recallMarks } from "./kept_marks.ts";
import {
  countMarks,
  LONGEST_REMARK,
  type Mark,
  type MarkedSentence,
  type MarkedTexts,
  MARKS,
  marksFile,
} from "./marks_file.ts";
import { saveFile } from "./save.ts";

addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector<HTMLElement>("[data-marks]");
  if (place) startMarking(place);
  watchFolds();
});

function startMarking(place: HTMLElement): void {
  const { world = "", language = "", texts = "" } = place.dataset;
  const shown: MarkedTexts = { world, language, texts };
  const sentences = new Map(linesIn(document).map((line) => [line.id, line.textContent ?? ""]));
  const marks = recallMarks(shown, sentences);
  let canKeep = true;
  const marked = (): MarkedSentence[] =>
    [...sentences].flatMap(([id, text]) => {
      const one = marks.get(id);
      return one === undefined ? [] : [{ id, text, ...one }];
    });
  const folds = [...document.querySelectorAll<HTMLDetailsElement>("details.fold:has(.own > p[id])")];
  const showCounts = () => {
    render(<MarksBar marked={marked()} of={sentences.size} canKeep={canKeep} texts={shown} />, place);
    for (const fold of folds) showCount(fold, marks);
  };
  const offer = ({ id, parentElement }: HTMLElement) => {
    const own = document.createElement("div");
    parentElement!.append(own);
    const show = () => render(<Marking id={id} {...marks.get(id)} onChange={change} />, own);
    const change = (mark: Mark | undefined, remark: string) => {
      if (mark === undefined) marks.delete(id);
      else marks.set(id, { mark, remark });
      canKeep = keepMarks(shown, marked());
      show();
      showCounts();
    };
    show();
  };
  for (const fold of folds) {
    const offerAll = () => {
      if (!fold.open) return;
      fold.removeEventListener("toggle", offerAll);
      linesIn(fold).forEach(offer);
    };
    fold.addEventListener("toggle", offerAll);
    offerAll();
  }
  place.classList.add("marks-bar");
  showCounts();
}

function linesIn(part: ParentNode): HTMLElement[] {
  return [...part.querySelectorAll<HTMLElement>(".own > p[id]")];
}

/** How many lines of a part are marked, beside its title: its buttons may be folded away. */
function showCount(fold: HTMLDetailsElement, marks: ReadonlyMap<string, unknown>): void {
  const lines = linesIn(fold), count = lines.filter(({ id }) => marks.has(id)).length;
  const hint = fold.querySelector("summary > .hint")!;
  hint.textContent = plural(lines.length, "line") + (count > 0 ? `, ${count} marked` : "");
}

interface MarkingProps {
  /** Of the sentence, which names the buttons. */
  readonly id: string;
  readonly mark?: Mark;
  readonly remark?: string;
  /** Without a mark: there is none any more. */
  readonly onChange: (mark: Mark | undefined, remark: string) => void;
}

function Marking({ id, mark, remark = "", onChange }: MarkingProps) {
  return (
    <div class="marking" lang="en" dir="ltr">
      <div role="radiogroup" aria-labelledby={id}>
        {MARKS.map((each) => (
          <label key={each} data-mark={each}>
            <input
              type="radio"
              name={`mark ${id}`}
              checked={mark === each}
              onChange={() => onChange(each, remark)}
            />
            {each}
          </label>
        ))}
      </div>
      {mark !== undefined && (
        <>
          <input
            class="plain"
            dir="auto"
            value={remark}
            maxLength={LONGEST_REMARK}
            placeholder="Remark, if you like"
            aria-label="Remark"
            aria-describedby={id}
            onInput={({ currentTarget }) => onChange(mark, currentTarget.value)}
          />
          <button type="button" class="plain" aria-describedby={id} onClick={() => onChange(undefined, "")}>
            Clear
          </button>
        </>
      )}
    </div>
  );
}

interface MarksBarProps {
  readonly marked: readonly MarkedSentence[];
  /** Sentences on the page. */
  readonly of: number;
  readonly canKeep: boolean;
  readonly texts: MarkedTexts;
}

function MarksBar({ marked, of, canKeep, texts }: MarksBarProps) {
  const { right, odd, wrong } = countMarks(marked);
  return (
    <>
      <p role="status">
        {marked.length === 0
          ? "Do you speak it? Mark each sentence, and save your marks as a file to send."
          : `${marked.length} of ${of} marked: ${right} right, ${odd} odd, ${wrong} wrong.`}
        {!canKeep && " This browser keeps no marks: save them before you leave the page."}
      </p>
      <button type="button" class="plain" disabled={marked.length === 0} onClick={() => save(marked, texts)}>
        Save as file
      </button>
    </>
  );
}

function save(marked: readonly MarkedSentence[], texts: MarkedTexts): void {
  const { name, text } = marksFile(texts, marked, new Date());
  saveFile(name, new Blob([text], { type: "application/json" }));
}
