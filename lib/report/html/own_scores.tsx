/**
 * Scores that steps computed themselves (retrieval, loss, P@1): mean over seeds with the smallest and the largest.
 * @module
 */
import { plain } from "../format.ts";
import type { OwnScore, Slice } from "../model.ts";

export function OwnScores({ slice }: { slice: Slice }) {
  const tables = Map.groupBy(slice.own, ({ benchmark, metric }) => `${benchmark}\n${metric}`);
  return (
    <>
      {[...tables].map(([key, scores]) => {
        const [benchmark, metric] = key.split("\n");
        const scopes = [...new Set(scores.map((score) => score.scope))];
        const variants = slice.variants.filter(({ name }) => scores.some((score) => score.variant === name));
        const shares = scores.every((score) => score.n !== null);
        return (
          <div
            class="scroll block"
            key={key}
            tabIndex={0}
            role="region"
            aria-label={`${benchmark} ${metric}`}
          >
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
                {variants.map(({ name }) => (
                  <tr key={name}>
                    <th scope="row" dir="auto">{name}</th>
                    {scopes.map((scope) => (
                      <td key={scope}>
                        <Spread
                          scores={scores.filter((s) => s.variant === name && s.scope === scope)}
                          share={shares}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        );
      })}
    </>
  );
}

function Spread({ scores, share }: { scores: readonly OwnScore[]; share: boolean }) {
  if (scores.length === 0) return <span class="soft">–</span>;
  const values = scores.map(({ value }) => share ? value * 100 : value);
  const text = (value: number) => share ? value.toFixed(1) : plain(value);
  return (
    <span title={scores[0].estimator}>
      <b>{text(values.reduce((sum, x) => sum + x, 0) / values.length)}</b>
      {values.length > 1 && (
        <span class="ci">{`${text(Math.min(...values))}\u2013${text(Math.max(...values))}`}</span>
      )}
    </span>
  );
}
