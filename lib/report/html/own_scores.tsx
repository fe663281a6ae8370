/**
 * Scores that steps computed themselves (retrieval, loss, P@1): mean over seeds with the smallest and the largest.
 * @module
 */
import { integer, plain } from "../../format.ts";
import type { OwnScore, Slice } from "../../results/slice.ts";
import { Scroll } from "./scroll.tsx";

export function OwnScores({ slice }: { slice: Slice }) {
  const tables = Map.groupBy(slice.own, ({ benchmark, metric }) => `${benchmark}\n${metric}`);
  return (
    <>
      {[...tables].map(([key, scores]) => {
        const [benchmark, metric] = key.split("\n");
        const scopes = [...new Set(scores.map((score) => score.scope))];
        const rows = rowsOf(slice, scores, scopes);
        const shares = scores.every((score) => score.n !== null);
        return (
          <Scroll block key={key} label={`${benchmark} ${metric}`}>
            <table class={scopes.length > 8 ? "results" : "results narrow"}>
              <caption>
                <span>
                  <strong>{metric}</strong>
                  {benchmark && ` on ${benchmark}`}
                  {shares ? ", in percent" : ""}; mean over seeds, below it the smallest and the largest seed.
                </span>
              </caption>
              <thead>
                <tr>
                  <th scope="col">System</th>
                  {scopes.map((scope) => <th key={scope} scope="col" class="num">{scope || "all"}</th>)}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ name, scores }) => (
                  <tr key={name}>
                    <th scope="row" dir="auto">{name}</th>
                    {scopes.map((scope) => (
                      <td key={scope}>
                        <Spread scores={scores.filter((s) => s.scope === scope)} share={shares} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        );
      })}
    </>
  );
}

/** "92 of 113, " where it is a share. */
function countOf({ k, n }: OwnScore): string {
  return k === null || n === null ? "" : `${integer(k)} of ${integer(n)}, `;
}

/** A row a system; one for all of them where no number depends on the system, as with a count of words. */
function rowsOf(slice: Slice, scores: readonly OwnScore[], scopes: readonly string[]) {
  const names = slice.variants.map(({ name }) => name);
  const rows = names.map((name) => ({ name, scores: scores.filter(({ variant }) => variant === name) }))
    .filter(({ scores }) => scores.length > 0);
  const alike = scopes.every((scope) =>
    new Set(scores.filter((score) => score.scope === scope).map(({ value }) => value)).size === 1
  );
  return rows.length > 1 && alike ? [{ name: "all systems", scores }] : rows;
}

function Spread({ scores, share }: { scores: readonly OwnScore[]; share: boolean }) {
  if (scores.length === 0) return <span class="soft">–</span>;
  const values = scores.map(({ value }) => share ? value * 100 : value);
  const text = (value: number) => share ? value.toFixed(1) : plain(value);
  return (
    <span title={countOf(scores[0]!) + scores[0]!.estimator}>
      <b>{text(values.reduce((sum, x) => sum + x, 0) / values.length)}</b>
      {new Set(values).size > 1 && (
        <span class="ci">{`${text(Math.min(...values))}\u2013${text(Math.max(...values))}`}</span>
      )}
    </span>
  );
}
