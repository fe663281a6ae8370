/// <reference lib="dom" />
/**
 * What stands behind a cell: its number computed anew from every answer, the runs, the SQL, and answers to read.
 * @module
 */
import { type Address, FIELDS, ONE, TWO } from "./address.ts";
import { Answers } from "./answers.tsx";
import { Compare } from "./compare.tsx";
import type { CellData, SliceData } from "./data.ts";
import { Dialog } from "./dialog.tsx";
import { type MarkIndex, markKey, recompute } from "./recompute.ts";

export interface SheetProps {
  readonly slice: SliceData;
  readonly index: MarkIndex;
  readonly address: Address;
  readonly onChange: (address: Address) => void;
  readonly onClose: () => void;
}

export function Sheet({ slice, index, address, onChange, onClose }: SheetProps) {
  // An own key only: "constructor" is no cell.
  const cell = Object.hasOwn(slice.cells, address.cell) ? slice.cells[address.cell] : undefined;
  if (!cell) return <NoCell address={address} onClose={onClose} />;
  const { title } = slice.benchmarks[cell.benchmark]!;
  return (
    <Dialog
      label={`Evidence: ${cell.variant}, ${title}, ${cell.scope}`}
      crumbs={`${title} \u00b7 ${cell.scope} \u00b7 evidence`}
      title={cell.variant}
      onClose={onClose}
    >
      {address.unread && (
        <p class="missing" role="alert">
          {`Of this address “${address.unread.join(", ")}” is not understood: an address has ${
            FIELDS.join(", ")
          } (${[...ONE, ...TWO].join(", ")}).`}
        </p>
      )}
      <Check cell={cell} index={index} />
      <Runs slice={slice} cell={cell} index={index} />
      <details>
        <summary>SQL for this number</summary>
        <p class="small soft">Run it on .lab/lab.duckdb with any DuckDB client.</p>
        <pre class="sql" tabIndex={0}>{cell.sql}</pre>
      </details>
      <Compare slice={slice} cell={cell} address={address} onChange={onChange} />
      <Answers key={address.cell} slice={slice} cell={cell} address={address} onChange={onChange} />
    </Dialog>
  );
}

/** The sheet of an address whose number is not, or no longer, on this page. */
function NoCell({ address, onClose }: Pick<SheetProps, "address" | "onClose">) {
  return (
    <Dialog label="No such number" crumbs="evidence" title="No such number" onClose={onClose}>
      <p class="missing" role="alert">
        This page has no number{" "}
        <code>{address.cell}</code>. An address has the benchmark, the system and the language or group; one
        of them may have been renamed, or belong to another scale or experiment.
      </p>
    </Dialog>
  );
}

function Check({ cell, index }: { cell: CellData; index: MarkIndex }) {
  const again = recompute(cell, index);
  const same = again.printed === cell.printed;
  return (
    <div>
      <div class="check">
        <b data-recomputed={again.printed}>{again.printed}</b>
        <span>{`recomputed here from ${again.k} right of ${again.n} answers`}</span>
        <span class={same ? "right" : "wrong"} data-same={String(same)}>
          {same ? "\u2713 the same" : "\u2717 differs from the printed value"}
        </span>
        <span>{`printed ${cell.printed}, 95 % interval ${cell.low} to ${cell.high}`}</span>
        {cell.paper !== null && <span>{`paper ${cell.paper}`}</span>}
      </div>
      <p class="small soft signature">
        <code>{cell.signature}</code>
      </p>
    </div>
  );
}

function Runs({ slice, cell, index }: { slice: SliceData; cell: CellData; index: MarkIndex }) {
  const rows = slice.runs.flatMap((run, i) => {
    if (run.variant !== cell.variant) return [];
    const mine = slice.marks.filter(([at, benchmark, lang]) =>
      at === i && benchmark === cell.benchmark && cell.languages.includes(lang)
    );
    if (mine.length === 0) return [];
    const own = new Map(
      mine.map(([, benchmark, lang, marks]) => [markKey(benchmark, cell.variant, lang), [marks]]),
    );
    return [{ run, ...recompute(cell, own) }];
  });
  return (
    <section>
      <h3>Runs</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label="Runs">
        <table class="runs">
          <thead>
            <tr>
              <th scope="col" class="num">Seed</th>
              <th scope="col" class="num">Value</th>
              <th scope="col" class="num">Right</th>
              <th scope="col">Run, and when it finished (UTC)</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ run, printed, k, n }) => (
              <tr key={run.id}>
                <td class="num" data-name="seed">{run.seed}</td>
                <td class="num" data-name="value">{printed}</td>
                <td class="num" data-name="right">{`${k} / ${n}`}</td>
                <td>
                  <code class="run">{run.id}</code>{" "}
                  <span class="small soft">{run.finished.replace(/\.\d+$/, "")}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {cell.languages.length > 1 && (
        <p class="small soft">
          {`Mean of ${
            cell.languages.map((lang) =>
              `${lang} ${recompute({ ...cell, languages: [lang] }, index).printed}`
            )
              .join(" \u00b7 ")
          }`}
        </p>
      )}
    </section>
  );
}
