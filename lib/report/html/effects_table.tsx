/**
 * What each variant changes against the base: paired differences with interval and corrected p, beside the paper's own
 * difference. This is what an ablation is about, and it does not depend on how large the models are.
 * @module
 */
import { intervalsOf, points, pValue } from "../../format.ts";
import { VERDICT_WORDS } from "../../lab/verdict_words.ts";
import type { Benchmark } from "../../results/slice.ts";
import type { Effect, Results } from "../../results/table.ts";
import { extentOf, Forest, ForestAxis } from "./forest.tsx";
import { groupName } from "./results_table.tsx";
import { Scroll } from "./scroll.tsx";

/** Family-wise level of the table. */
export const ALPHA = 0.05;

export function EffectsTable({ results, benchmark }: { results: Results; benchmark: Benchmark }) {
  const effects = results.effects.filter((effect) => effect.benchmark === benchmark.id);
  if (effects.length === 0) return null;
  const extent = extentOf(effects.flatMap((e) => [e.low, e.high, (e.paper ?? 0) / 100]));
  const variants = [...new Set(effects.map((effect) => effect.variant))];
  const printed = effects.some((effect) => effect.paper !== undefined);
  return (
    <Scroll label={`${benchmark.title}: effects`}>
      <table class="effects">
        <caption>
          <span>
            <strong>What each change does on {benchmark.title}</strong>, in percentage points against{" "}
            <bdi>{results.slice.baseName}</bdi>, paired by seed, language and {benchmark.unit};{" "}
            {intervalsOf(effects, benchmark.unit)}, p after Holm's correction over this table.
            {printed && " The open diamond is the paper's own difference."}
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Languages</th>
            <th scope="col" class="num">Ours</th>
            <th scope="col" class="drawn">
              <span class="hidden-text">Drawing</span>
              <ForestAxis extent={extent} />
            </th>
            <th scope="col">p</th>
            {printed && <th scope="col" class="num">Paper</th>}
            <th scope="col">Reading</th>
          </tr>
        </thead>
        {variants.map((variant) => {
          const rows = effects.filter((effect) => effect.variant === variant);
          return (
            <tbody key={variant}>
              {rows.map((effect, i) => (
                <tr key={effect.scope} class={effect.adjusted > ALPHA ? "open" : undefined}>
                  {i === 0 && <th scope="rowgroup" rowSpan={rows.length} dir="auto">{variant}</th>}
                  <th scope="row">{groupName(effect.scope)}</th>
                  <td class="num" title={`n=${effect.n}|${effect.method}|v1`}>
                    <b>{points(effect.value)}</b>
                    <span class="ci">{`${points(effect.low)} to ${points(effect.high)}`}</span>
                  </td>
                  <td class="drawn">
                    <Forest
                      value={effect.value}
                      low={effect.low}
                      high={effect.high}
                      paper={effect.paper === undefined ? undefined : effect.paper / 100}
                      extent={extent}
                    />
                  </td>
                  <td>{pValue(effect.adjusted)}</td>
                  {printed && (
                    <td class="num">{effect.paper === undefined ? "–" : points(effect.paper / 100)}</td>
                  )}
                  <td class="reading">
                    {effect.adjusted <= ALPHA && (
                      <span aria-hidden="true">{effect.value < 0 ? "\u25bc " : "\u25b2 "}</span>
                    )}
                    {readingOf(effect)}
                  </td>
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </Scroll>
  );
}

/** In words: the direction where it is clear, what would have been seen where it is not, and whether the paper agrees. */
export function readingOf(effect: Omit<Effect, "paper"> & Pick<Partial<Effect>, "paper">): string {
  if (effect.adjusted > ALPHA) {
    return `${VERDICT_WORDS["not resolvable"]}; a true difference of ${
      (effect.detectable * 100).toFixed(1)
    } would show`;
  }
  const direction = effect.value < 0 ? "falls" : "rises";
  if (effect.paper === undefined) return direction;
  if (effect.paper === 0) return `${direction}; no change in the paper`;
  return `${direction}, ${
    Math.sign(effect.paper) === Math.sign(effect.value) ? "as in the paper" : "against the paper"
  }`;
}
