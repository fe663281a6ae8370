/**
 * All verdicts on one screen: a row an experiment, a column a verdict, every conclusion by its short name.
 * @module
 */
import type { Results } from "../../results/table.ts";
import { sliceName } from "../../results/slice.ts";
import { claimAnchor, LOOKS, VerdictIcon } from "./verdicts.tsx";
import { shownOf } from "../../lab/experiment/verdict_words.ts";
import { Scroll } from "./scroll.tsx";

/** Experiments without conclusions have no row. */
export function Glance({ main }: { main: readonly Results[] }) {
  const judged = main.filter(({ slice }) => slice.claims.length > 0);
  const columns = LOOKS.filter(({ verdict }) =>
    judged.some(({ slice }) => slice.claims.some((claim) => shownOf(claim.verdict, slice.scale) === verdict))
  );
  return (
    <section id="glance">
      <h2>At a glance</h2>
      <p>Every conclusion by its short name; below, in full and with its numbers.</p>
      <Scroll label="Verdicts by experiment">
        <table aria-label="Verdicts by experiment" class="glance">
          <thead>
            <tr>
              <th scope="col">Experiment</th>
              {columns.map(({ verdict, title }) => <th key={verdict} scope="col">{title}</th>)}
            </tr>
          </thead>
          <tbody>
            {judged.map(({ slice }) => (
              <tr key={sliceName(slice)}>
                <th scope="row">
                  <a href={`experiments/${sliceName(slice)}.html#claims`}>{slice.title}</a>{" "}
                  <small class="soft">{`${slice.scale}, ${slice.world}`}</small>
                </th>
                {columns.map(({ verdict, style }) => (
                  <td key={verdict}>
                    {slice.claims.filter((claim) => shownOf(claim.verdict, slice.scale) === verdict).map((
                      claim,
                    ) => (
                      <a
                        key={claim.claim}
                        href={`#${encodeURIComponent(claimAnchor(claim.claim, sliceName(slice)))}`}
                        class={`verdict ${style}`}
                        title={claim.sentence}
                      >
                        <VerdictIcon verdict={verdict} size={11} />
                        {claim.claim.replaceAll("_", " ")}
                      </a>
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
