/**
 * What each variant changes against the base: paired differences with interval and p, beside the paper's own difference.
 * This is what an ablation is about, and it does not depend on how large the models are.
 * @module
 */
import { intervalsOf, pNumber, points, pointsRange, sampleSize } from "../../format.ts";
import { clarityOf, readingOf } from "../../results/reading.ts";
import type { Benchmark } from "../../results/slice.ts";
import type { Results } from "../../results/table.ts";
import { extentOf, Forest, ForestAxis } from "./forest.tsx";
import { groupName } from "./groups.ts";
import { Scroll } from "./scroll.tsx";

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
            {intervalsOf(effects, benchmark.unit)}; p of each by itself (uncorrected, as the verdicts quote
            it) and after Holm's correction for the {effects.length} differences of this table.
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
            <th scope="col">p, uncorrected</th>
            <th scope="col">p, corrected</th>
            {printed && <th scope="col" class="num">Paper</th>}
            <th scope="col">Reading</th>
          </tr>
        </thead>
        {variants.map((variant) => {
          const rows = effects.filter((effect) => effect.variant === variant);
          return (
            <tbody key={variant}>
              {rows.map((effect, i) => (
                <tr key={effect.scope} class={clarityOf(effect) === "open" ? "open" : undefined}>
                  {i === 0 && <th scope="rowgroup" rowSpan={rows.length} dir="auto">{variant}</th>}
                  <th scope="row">{groupName(effect.scope)}</th>
                  <td class="num" title={`${sampleSize(effect)}; ${effect.method}|v1`}>
                    <b>{points(effect.value)}</b>
                    <span class="ci">{pointsRange(effect)}</span>
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
                  <td>{pNumber(effect.p)}</td>
                  <td>{pNumber(effect.corrected.p)}</td>
                  {printed && (
                    <td class="num">{effect.paper === undefined ? "–" : points(effect.paper / 100)}</td>
                  )}
                  <td class="reading">
                    {clarityOf(effect) !== "open" && (
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
