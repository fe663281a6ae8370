/**
 * How each training went: which had not levelled off or diverged, and the curves.
 * @module
 */
import { plain } from "../../format.ts";
import { type Ending, endingOf } from "../../results/curves.ts";
import type { Curve } from "../../results/slice.ts";
import type { Figure } from "../figures/figure.ts";
import { FigureBlock } from "./figure.tsx";

export function Curves(
  { curves, figures, root, drawings }: {
    curves: readonly Curve[];
    figures: readonly Figure[];
    root: string;
    /** Drawn before, by name, for a page that stands alone. */
    drawings?: ReadonlyMap<string, string> | undefined;
  },
) {
  const open = curves.flatMap((curve) => {
    const ending = endingOf(curve);
    return ending === undefined || ending.kind === "level" ? [] : [{ curve, ending }];
  });
  return (
    <>
      {open.length === 0 ? <p>Every training levelled off by its last tenth.</p> : (
        <>
          <p>
            Not every training levelled off: a longer one might change the numbers above. A training counts as
            still falling when its last tenth gained more than 2 % of all that it gained, as diverged when it
            lost more than a fifth of it, beyond three standard errors.
          </p>
          <ul class="endings">
            {open.map(({ curve, ending }) => (
              <li key={curve.key} data-ending={ending.kind}>
                <strong>{curve.stage}</strong> of <bdi>{whose(curve)}</bdi>: {sayEnding(ending)}
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="multiples">
        {figures.map((figure) => (
          <FigureBlock key={figure.name} figure={figure} root={root} svg={drawings?.get(figure.name)} />
        ))}
      </div>
    </>
  );
}

/** "LinguaLIFT, w/o Task-Transfer (seed 1)". */
function whose({ runs }: Curve): string {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const names = variants.length > 3 ? [...variants.slice(0, 2), `${variants.length - 2} more`] : variants;
  return `${names.join(", ")} (${seeds.length === 1 ? "seed" : "seeds"} ${seeds.join(", ")})`;
}

function sayEnding({ kind, last, before, lowest }: Ending): string {
  return kind === "diverged"
    ? `diverged: the loss ended at ${plain(last)} and had been ${plain(lowest)}`
    : `still falling: ${plain(before)} in the tenth before the last, ${plain(last)} in the last`;
}
