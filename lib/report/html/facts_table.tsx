/**
 * How each system is asked, whether it learns from translations, and how often its numbers were tried on development items:
 * what a fair comparison has to say.
 * @module
 */
import type { SystemFacts } from "../../lab/experiment/facts.ts";
import { plural } from "../../format.ts";
import type { Slice } from "../../results/slice.ts";
import { Scroll } from "./scroll.tsx";

export function FactsTable({ slice }: { slice: Pick<Slice, "variants"> }) {
  const rows = slice.variants.flatMap(({ name, facts }) => facts === null ? [] : [{ name, facts }]);
  const missing = slice.variants.length - rows.length;
  return (
    <>
      <p class="soft">
        Names in braces stand for texts, <code>&lt;bos&gt;</code> and <code>&lt;eos&gt;</code>{" "}
        for the LLM's own tokens, <code>[states of …]</code>{" "}
        for what the bridge makes of a text. A try is a training of the system that was measured on
        development items before its numbers were settled; none was on test items. {evenness(rows)}
        {missing > 0 && ` ${plural(missing, "row")} of an older record does not say.`}
      </p>
      <Scroll block label="Prompts, parallel text and tries">
        <table aria-label="Prompts, parallel text and tries" class="asked">
          <thead>
            <tr>
              <th scope="col">System</th>
              <th scope="col">The LLM reads</th>
              <th scope="col">Parallel text</th>
              <th scope="col">Tries</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, facts }) => (
              <tr key={name}>
                <th scope="row" dir="auto">{name}</th>
                <td class="wrap">
                  <Prompts facts={facts} />
                </td>
                <td class="wrap">
                  {facts.parallel.length === 0 ? "no" : `yes: ${facts.parallel.join(", ")}`}
                </td>
                <td class="wrap">
                  <TriesCell facts={facts} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function Prompts({ facts: { reads, prompts } }: { facts: SystemFacts }) {
  return (
    <details data-print-open>
      <summary>{reads}</summary>
      {prompts.map(({ when, text }) => (
        <div key={`${when} ${text}`}>
          <p class="small soft">{when}</p>
          <pre dir="auto">{text}</pre>
        </div>
      ))}
    </details>
  );
}

function TriesCell({ facts: { tries } }: { facts: SystemFacts }) {
  if (tries.length === 0) return <>none (taken over)</>;
  return (
    <details data-print-open>
      <summary>{triesIn(tries)}</summary>
      <ul>
        {tries.map(({ count, what, source }) => <li key={source}>{`${count}: ${what} (${source})`}</li>)}
      </ul>
    </details>
  );
}

/** Trainings that were measured; none where numbers were taken over. */
function triesIn(tries: SystemFacts["tries"]): number {
  return tries.reduce((sum, { count }) => sum + count, 0);
}

/** Whether all had as many. */
function evenness(rows: readonly { readonly facts: SystemFacts }[]): string {
  const counts = [...new Set(rows.map(({ facts }) => triesIn(facts.tries)))].sort((a, b) => a - b);
  const [least, most] = [counts[0], counts.at(-1)];
  if (least === most) return `All rows had the same number, ${least}.`;
  return `Rows did not have the same number: from ${least} to ${most}.`;
}
