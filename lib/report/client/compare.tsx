/// <reference lib="dom" />
/**
 * The sheet's comparison: which other system or run the answers are read beside, and how often both are right, one of them
 * alone, or none.
 * @module
 */
import { languageName } from "../html/languages.ts";
import type { Address } from "./address.ts";
import { Choice } from "./choice.tsx";
import type { CellData, SliceData } from "./data.ts";
import { type PairCounts, pairCounts, pairedRuns, type Sides, sumOf } from "./pairs.ts";

interface CompareProps {
  readonly slice: SliceData;
  readonly cell: CellData;
  readonly address: Address;
  readonly onChange: (address: Address) => void;
}

export function Compare({ slice, cell, address, onChange }: CompareProps) {
  const systems = [...new Set(slice.runs.map(({ variant }) => variant))];
  const seedsOf = (system: string) => slice.runs.flatMap((run) => run.variant === system ? [run.seed] : []);
  const seeds = seedsOf(cell.variant);
  const { with: other, seed, withSeed } = address;
  // The outcomes of one answer are not those of two.
  const change = (part: Partial<Address>) => onChange({ ...address, only: undefined, ...part });
  const sides = sidesOf(address);
  if (systems.length < 2 && seeds.length < 2) return null;
  return (
    <section class="compare">
      <h3>Item by item</h3>
      <div class="controls">
        {seeds.length > 1 && (
          <Choice
            label="Seed"
            value={seed?.toString()}
            none="all seeds"
            options={seeds.map((one) => [String(one), `seed ${one}`])}
            onChange={(value) => change({ seed: numberOf(value), withSeed: undefined })}
          />
        )}
        <Choice
          label="Compare with"
          value={other}
          none="compare with…"
          options={systems.filter((name) => name !== cell.variant || seed !== undefined).map((
            name,
          ) => [name, name])}
          onChange={(value) => change({ with: value, withSeed: undefined })}
        />
        {other !== undefined && seed !== undefined && seedsOf(other).length > 1 && (
          <Choice
            label="Its seed"
            value={withSeed?.toString()}
            none={`the same seed, ${seed}`}
            options={seedsOf(other).map((one) => [String(one), `seed ${one}`])}
            onChange={(value) => change({ withSeed: numberOf(value) })}
          />
        )}
      </div>
      {sides !== undefined && <Counts slice={slice} cell={cell} sides={sides} />}
    </section>
  );
}

function numberOf(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** What an address compares; undefined where it names no other system. */
export function sidesOf({ with: other, seed, withSeed }: Address): Sides | undefined {
  return other === undefined ? undefined : { with: other, seed, withSeed };
}

/** What a side is called where two may be of one system. */
export function nameOf(system: string, seed: number | undefined): string {
  return seed === undefined ? system : `${system}, seed ${seed}`;
}

function Counts({ slice, cell, sides }: { slice: SliceData; cell: CellData; sides: Sides }) {
  const runs = pairedRuns(slice, cell, sides);
  const names = [nameOf(cell.variant, sides.seed), nameOf(sides.with, sides.withSeed ?? sides.seed)] as const;
  if (runs.size === 0) {
    return (
      <p class="missing" role="alert">
        {`There are no two runs to compare: “${names[0]}” with “${names[1]}”.`}
      </p>
    );
  }
  const counts = pairCounts(slice, cell, sides);
  const rows = counts.size > 1 ? [["all", sumOf(counts.values())] as const, ...counts] : [...counts];
  return (
    <>
      <p class="small soft">
        {`Every answer of this number that both have, paired by problem and language${
          runs.size > 1 ? ` and by seed (${runs.size} seeds)` : ""
        }. Of two systems alike, as many would be right alone on either side.`}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Pairs of answers">
        <table class="pairs">
          <thead>
            <tr>
              <th scope="col">Language</th>
              <th scope="col" class="num">Both right</th>
              <th scope="col" class="num">Only {names[0]}</th>
              <th scope="col" class="num">Only {names[1]}</th>
              <th scope="col" class="num">None</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([lang, count]) => <PairRow key={lang} lang={lang} count={count} />)}
          </tbody>
        </table>
      </div>
    </>
  );
}

function PairRow({ lang, count }: { lang: string; count: PairCounts }) {
  return (
    <tr data-pairs={lang}>
      <th scope="row">{lang === "all" ? "All" : `${languageName(lang)} (${lang})`}</th>
      {(["both", "first", "second", "neither"] as const).map((name) => (
        <td key={name} class="num" data-name={name}>{count[name]}</td>
      ))}
    </tr>
  );
}
