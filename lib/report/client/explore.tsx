/// <reference lib="dom" />
/**
 * A benchmark's table to work with: sort, hide systems, filter languages, pin a base, see each seed and the paper's values,
 * copy what is shown.
 * @module
 */
import { render } from "preact";
import { useMemo, useState } from "preact/hooks";
import { groupName } from "../html/groups.ts";
import { hrefOf } from "./address.ts";
import { Choice } from "./choice.tsx";
import { Copy } from "./copy.tsx";
import type { SliceData } from "./data.ts";
import { type MarkIndex, recompute } from "./recompute.ts";
import {
  EVERYTHING,
  facetsOf,
  gridOf,
  systemsIn,
  textOf,
  type View,
  type ViewCell,
  type ViewChoice,
  viewOf,
} from "./view.ts";

/** Puts such a table into each place of the page that is kept for one. */
export function startExplore(slice: SliceData, index: MarkIndex): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-explore]")) {
    render(<Explore slice={slice} index={index} benchmark={place.dataset.explore!} />, place);
  }
}

interface ExploreProps {
  readonly slice: SliceData;
  readonly index: MarkIndex;
  readonly benchmark: string;
}

function Explore(props: ExploreProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="explore" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Sort, filter, compare and copy</summary>
      {isOpen && <Bench {...props} />}
    </details>
  );
}

function Bench({ slice, index, benchmark }: ExploreProps) {
  const [choice, setChoice] = useState<ViewChoice>(EVERYTHING);
  const [hasSeeds, setSeeds] = useState(false);
  const view = useMemo(() => viewOf(slice, benchmark, index, choice), [choice]);
  const seeds = useMemo(() => new Set(slice.runs.map(({ seed }) => seed)).size, []);
  const change = (part: Partial<ViewChoice>) => setChoice({ ...choice, ...part });
  const { title } = slice.benchmarks[benchmark]!;
  return (
    <>
      <Filters slice={slice} benchmark={benchmark} choice={choice} onChange={change} />
      <div class="controls">
        <Check
          label="the paper's values"
          isOn={choice.hasPaper}
          onChange={(hasPaper) => change({ hasPaper })}
        />
        {seeds > 1 && <Check label="each seed" isOn={hasSeeds} onChange={setSeeds} />}
        <span aria-live="polite">{`${view.rows.length} rows, ${view.systems.length} systems`}</span>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, as chosen`}>
        <table class="explored sortable">
          <Head view={view} choice={choice} onChange={change} />
          <tbody>
            {view.rows.map(({ scope, name, isGroup, cells }) => (
              <tr key={scope} class={isGroup ? "group" : undefined}>
                <th scope="row">{name}</th>
                {view.systems.map((system) => {
                  const found = cells.get(system);
                  return (
                    <td key={system} class="num">
                      {found ? <Accuracy found={found} hasPaper={choice.hasPaper} /> : "–"}
                      {found && hasSeeds && <Dots slice={slice} found={found} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {choice.base !== "" && (
        <p class="small soft">
          Points against <bdi>{choice.base}</bdi>; their intervals stand in the table of changes below.
        </p>
      )}
      <Copy of={() => gridOf(view, choice)} name={`${slice.name}.${benchmark}`} />
    </>
  );
}

function Accuracy({ found, hasPaper }: { found: ViewCell; hasPaper: boolean }) {
  const { cell, key } = found;
  return (
    <>
      <a
        class="cell"
        href={hrefOf({ cell: key })}
        title={`${cell.printed}, 95 % interval ${cell.low} to ${cell.high}`}
      >
        {textOf(found)}
      </a>
      {hasPaper && <span class="ci">{cell.paper ?? "–"}</span>}
    </>
  );
}

/** A dot a seed between the lowest and the highest possible accuracy. */
function Dots({ slice, found: { cell } }: { slice: SliceData; found: ViewCell }) {
  const seeds = slice.runs.flatMap((run, at) => {
    if (run.variant !== cell.variant) return [];
    const own = slice.marks.filter(([owner, benchmark]) => owner === at && benchmark === cell.benchmark);
    const index = new Map(
      own.map(([, , lang, marks]) => [JSON.stringify([cell.benchmark, cell.variant, lang]), [marks]]),
    );
    const again = recompute(cell, index);
    return again.printed === "" ? [] : [{ seed: run.seed, value: again.value, printed: again.printed }];
  });
  const words = seeds.map(({ seed, printed }) => `seed ${seed}: ${printed}`).join(", ");
  return (
    <svg class="dots" width="72" height="12" viewBox="-4 0 80 12" role="img" aria-label={words}>
      <title>{words}</title>
      <line x1="0" x2="72" y1="6" y2="6" />
      {seeds.map(({ seed, value }) => <circle key={seed} cx={value * 72} cy="6" r="3" />)}
    </svg>
  );
}

interface ChangeProps {
  readonly choice: ViewChoice;
  readonly onChange: (part: Partial<ViewChoice>) => void;
}

function Head({ view, choice, onChange }: ChangeProps & { readonly view: View }) {
  const { sortBy, isFalling } = choice;
  return (
    <thead>
      <tr>
        {["", ...view.systems].map((name) => (
          <th
            key={name}
            scope="col"
            class={name === "" ? undefined : "num"}
            aria-sort={sortBy === name ? isFalling ? "descending" : "ascending" : undefined}
          >
            <button
              type="button"
              onClick={() =>
                onChange({ sortBy: name, isFalling: sortBy === name ? !isFalling : name !== "" })}
            >
              {name || "Languages"}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

const FACETS = { level: "all levels", family: "all families", script: "all scripts" } as const;

function Filters({ slice, benchmark, choice, onChange }: ChangeProps & {
  readonly slice: SliceData;
  readonly benchmark: string;
}) {
  const facets = useMemo(() => facetsOf(slice, benchmark), []);
  const systems = useMemo(() => systemsIn(slice, benchmark), []);
  return (
    <>
      <div class="controls">
        <Choice
          label="Rows"
          value={choice.rows === "all" ? undefined : choice.rows}
          none="groups and languages"
          options={[["groups", "groups alone"], ["languages", "languages alone"]]}
          onChange={(value) => onChange({ rows: (value ?? "all") as ViewChoice["rows"] })}
        />
        {(["level", "family", "script"] as const).filter((name) => facets[name].length > 1).map((name) => (
          <Choice
            key={name}
            label={name}
            value={choice[name] || undefined}
            none={FACETS[name]}
            options={facets[name].map((value) => [value, name === "level" ? groupName(value) : value])}
            onChange={(value) => onChange({ [name]: value ?? "" })}
          />
        ))}
        <Choice
          label="Against"
          value={choice.base || undefined}
          none="accuracies"
          options={systems.map((name) => [name, `points against ${name}`])}
          onChange={(base) => onChange({ base: base ?? "" })}
        />
      </div>
      <fieldset class="controls">
        <legend class="hidden-text">Systems</legend>
        {systems.map((name) => (
          <Check
            key={name}
            label={name}
            isOn={!choice.hidden.includes(name)}
            onChange={(isOn) =>
              onChange({
                hidden: isOn ? choice.hidden.filter((one) => one !== name) : [...choice.hidden, name],
              })}
          />
        ))}
      </fieldset>
    </>
  );
}

function Check({ label, isOn, onChange }: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      {" "}
      <bdi>{label}</bdi>
    </label>
  );
}
