/**
 * Samples of every benchmark and language.
 * @module
 */
import type { Benchmark, Slice } from "../../results/slice.ts";
import type { Sample } from "../store/read_samples.ts";
import { FontNote } from "./font_note.tsx";
import { languageName } from "./languages.ts";
import { orderedLanguages } from "./groups.ts";
import { Scroll } from "./scroll.tsx";

export interface SampleSet {
  readonly slice: Slice;
  readonly benchmark: Benchmark;
  readonly samples: readonly Sample[];
  /** Path of its page in the site. */
  readonly path: string;
}

/** The list of all sample pages. */
export function SamplesIndex({ sets }: { sets: readonly SampleSet[] }) {
  return (
    <>
      <header>
        <h1>Samples</h1>
        <p class="lede">
          What the models are asked, the same problems in every language, so that someone who speaks one can
          judge it.
        </p>
      </header>
      {sets.length === 0 && <p>The store holds no prompts.</p>}
      <ul class="plain-list">
        {sets.map(({ path, benchmark, slice }) => (
          <li key={path}>
            <a href={path}>{benchmark.title}</a>{" "}
            <span class="soft">
              {`${benchmark.languages.length} languages, world ${slice.world}, scale ${slice.scale}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** One benchmark's samples, language by language. */
export function SamplesPage({ set: { benchmark, slice, samples } }: { set: SampleSet }) {
  return (
    <>
      <header>
        <p class="kicker">
          <a href="../samples.html">Samples</a>
          <span>world {slice.world}</span>
          <span>scale {slice.scale}</span>
        </p>
        <h1>{benchmark.title}</h1>
        <FontNote />
      </header>
      <Scroll label={`Samples of ${benchmark.title}`}>
        <table aria-label={`Samples of ${benchmark.title}`} class="samples stacked" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">Language</th>
              <th scope="col" role="columnheader">{benchmark.unit}</th>
              <th scope="col" role="columnheader">Prompt</th>
              <th scope="col" role="columnheader">Right answer</th>
            </tr>
          </thead>
          {orderedLanguages(benchmark).map((lang) => {
            const rows = samples.filter((sample) => sample.lang === lang);
            return (
              <tbody key={lang} role="rowgroup">
                {rows.map((sample, i) => (
                  <tr key={sample.item} role="row">
                    {i === 0 && (
                      <th scope="rowgroup" role="rowheader" rowSpan={rows.length}>
                        {languageName(lang)} <small class="soft">{lang}</small>
                      </th>
                    )}
                    <td role="cell">
                      <code>{sample.item}</code>
                    </td>
                    <td role="cell">
                      <p class="say" dir="auto" lang={lang}>{sample.text}</p>
                    </td>
                    <td role="cell" data-label="Right answer">
                      <bdi>{sample.gold}</bdi>
                    </td>
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      </Scroll>
    </>
  );
}
