/**
 * Every experiment with its size, cost and verdicts, a row for each scale and world that it ran in.
 * @module
 */
import { duration, integer } from "../../format.ts";
import { type Slice, sliceName } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { Scroll } from "./scroll.tsx";
import { LOOKS, VerdictIcon } from "./verdicts.tsx";
import { shownOf } from "../../lab/experiment/verdict_words.ts";

export function ExperimentsTable({ all }: { all: readonly Results[] }) {
  return (
    <Scroll label="Experiments">
      <table aria-label="Experiments">
        <thead>
          <tr>
            <th scope="col">Experiment</th>
            <th scope="col">File</th>
            <th scope="col" class="num">Systems</th>
            <th scope="col" class="num">Seeds</th>
            <th scope="col" class="num">Answers</th>
            <th scope="col" class="num">Wall time</th>
            <th scope="col">Verdicts</th>
          </tr>
        </thead>
        <tbody>{all.map(({ slice }) => <Row key={sliceName(slice)} slice={slice} />)}</tbody>
      </table>
    </Scroll>
  );
}

/** The name of an experiment among others: an experiment that ran at two scales has two. */
export function placeOf({ title, scale, world }: Pick<Slice, "title" | "scale" | "world">): string {
  return `${title} (${world}, ${scale})`;
}

function Row({ slice }: { slice: Slice }) {
  const runs = slice.runs.filter((run) => run.status === "done");
  return (
    <tr>
      <th scope="row">
        <a href={`experiments/${sliceName(slice)}.html`}>{placeOf(slice)}</a>
      </th>
      <td>
        <code class="soft">{slice.experiment}</code>
      </td>
      <td class="num">{new Set(runs.map((run) => run.variant)).size}</td>
      <td class="num">{new Set(runs.map((run) => run.seed)).size}</td>
      <td class="num">{integer(runs.reduce((sum, run) => sum + run.answers, 0))}</td>
      <td class="num">{duration(runs.reduce((sum, run) => sum + run.wall_s, 0))}</td>
      <td>
        <span class="verdict-icons">
          {LOOKS.map((look) => {
            const count = slice.claims.filter(({ verdict }) =>
              shownOf(verdict, slice.scale) === look.verdict
            ).length;
            return count > 0 && (
              <span key={look.verdict} class={`verdict ${look.style}`} title={look.title}>
                <VerdictIcon verdict={look.verdict} size={12} />
                {count}
                <span class="hidden-text">{look.title}</span>
              </span>
            );
          })}
          {slice.claims.length === 0 && <span class="soft">no claims</span>}
        </span>
      </td>
    </tr>
  );
}
