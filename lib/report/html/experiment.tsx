/**
 * The page of one experiment at one scale in one world.
 * @module
 */
import type { ComponentChildren } from "preact";
import { sliceFile } from "../evidence.ts";
import type { Figure } from "../figures/figure.ts";
import { duration, plural } from "../../format.ts";
import { scaleNote } from "../../lab/experiment/scale_notes.ts";
import type { NamedSlice } from "../../results/read_slice.ts";
import { type MistakeCount, type Slice, type SliceKey, sliceName } from "../../results/slice.ts";
import { endingOf } from "../../results/curves.ts";
import type { PrintedTable } from "../../results/paper_table.ts";
import type { PartsRow } from "../../results/parts.ts";
import { priceOf } from "../../results/price.ts";
import type { Results } from "../../results/table.ts";
import { commandOf, withoutCommand } from "../../results/command.ts";
import { BenchmarkBody, Figures } from "./benchmark.tsx";
import { Neighbours, type Part, SideContents } from "./contents.tsx";
import { Cost, PatchTable } from "./circumstances.tsx";
import { Curves } from "./curves.tsx";
import { FactsTable } from "./facts_table.tsx";
import { FontNote } from "./font_note.tsx";
import { hasAnswer, InShort } from "./in_short.tsx";
import { LearnedTables } from "./learned_table.tsx";
import { Mistakes } from "./mistakes.tsx";
import { OwnScores } from "./own_scores.tsx";
import { PaperTable } from "./paper_table.tsx";
import { PartsTables } from "./parts_table.tsx";
import type { TranslatedWord } from "../store/read_translations.ts";
import type { WrittenText } from "../store/read_written.ts";
import { Provenance } from "./provenance.tsx";
import { Recipe } from "./recipe.tsx";
import { Prose, Section } from "./section.tsx";
import { claimAnchor, claimExtent, ClaimList } from "./verdicts.tsx";
import { shownOf } from "../../lab/experiment/verdict_words.ts";

export interface ExperimentProps {
  readonly results: Results;
  /** Figures of each benchmark, and the experiment's own under "". */
  readonly figures: ReadonlyMap<string, readonly Figure[]>;
  /** Learning curves, a figure a stage. */
  readonly curves: readonly Figure[];
  /** Scores over the commits of their baseline, a figure a benchmark. */
  readonly history?: readonly Figure[] | undefined;
  /** The same experiment at other scales and in other worlds. */
  readonly siblings: readonly SliceKey[];
  /** All experiments at this scale in this world, this one too, in the site's order. */
  readonly shelf: readonly NamedSlice[];
  /** Tables of the paper with scores of ours in them. */
  readonly printed?: readonly PrintedTable[];
  /** Captions of the paper's tables by id. */
  readonly captions: ReadonlyMap<string, string>;
  /** Examples of the benchmarks whose items are words. */
  readonly words?: ReadonlyMap<string, readonly TranslatedWord[]>;
  /** Examples of the benchmarks whose items are texts to be written in English. */
  readonly texts?: ReadonlyMap<string, readonly WrittenText[]>;
  /** What of the solutions to word problems is right. */
  readonly solutions: readonly PartsRow[];
  /** How often each kind of mistake was made. */
  readonly mistakes: readonly MistakeCount[];
  /** Figures as SVG by name, for a page that stands alone: it names no other file then. */
  readonly drawings?: ReadonlyMap<string, string> | undefined;
}

const ROOT = "../";
/** Those of more are folded: the first screen has their means. */
const OPEN_BENCHMARKS = 2;
const ONE_SEED =
  "One seed: a verdict is on these trainings. Its interval says how far other problems could move a " +
  "number, not how far another training could; with --seeds 3 it says both.";

export function ExperimentPage(props: ExperimentProps) {
  const { results, siblings } = props;
  const { slice } = results;
  const parts = partsOf(props);
  const note = scaleNote(slice.scale);
  const seeds = seedsOf(slice);
  const answers = slice.runs.reduce((sum, run) => run.status === "done" ? sum + run.answers : sum, 0);
  const [first = "", ...rest] = withoutCommand(slice.abstract).trim().split(/\n\s*\n/);
  return (
    <div class="page-body" data-slice={sliceFile(slice)}>
      <header>
        <p class="kicker">
          <code>{slice.experiment}</code>
          <span>scale {slice.scale}</span>
          <span>world {slice.world}</span>
          <span>{seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds`}</span>
          <span>{plural(answers, "answer")}</span>
        </p>
        <div class="opening">
          <div>
            <h1 dir="auto">{slice.title}</h1>
            <div class="lede">
              <Prose text={first} />
            </div>
            <p class="made small soft">
              <span>
                Made by <code>{commandOf(slice)}</code>
              </span>
              {siblings.length > 0 && (
                <span>
                  Also run as {siblings.map((key, i) => (
                    <span key={sliceName(key)}>
                      {i > 0 && ", "}
                      <a href={`${sliceName(key)}.html`}>{`${key.world}, ${key.scale}`}</a>
                    </span>
                  ))}.
                </span>
              )}
            </p>
            {results.cells.length > 0 && (
              <>
                <p class="proof screen" role="status" />
                <noscript>
                  <p class="small soft screen">
                    Without JavaScript this page has all its numbers, tables and figures; the answers behind a
                    number cannot be opened, and the numbers are not recomputed here.
                  </p>
                </noscript>
              </>
            )}
          </div>
          <div class="more">
            <Prose text={rest.join("\n\n")} />
          </div>
        </div>
        {note && (
          <p class="note">
            <strong>{note.title}</strong> {note.text}
          </p>
        )}
      </header>
      {hasAnswer(results) && <InShort results={results} />}
      <FontNote />
      <SideContents
        parts={[...hasAnswer(results) ? [{ id: "short", title: "In short" }] : [], ...parts]}
      />
      {parts.map(({ id, title, hint, isOpen = false, body }) => (
        <Section key={id} id={id} title={title} hint={hint} isOpen={isOpen}>{body}</Section>
      ))}
    </div>
  );
}

interface PagePart extends Part {
  readonly hint?: string;
  /** Folded otherwise: the first screen has the answer, these the rest. */
  readonly isOpen?: boolean;
  readonly body: ComponentChildren;
}

/** The page's sections in their order; none that has nothing to show. */
function partsOf(props: ExperimentProps): PagePart[] {
  const { results, figures, curves, captions, words, texts, shelf, solutions, mistakes, drawings } = props;
  const { printed = [], history = [] } = props;
  const { slice } = results;
  const own = figures.get("") ?? [];
  const parts: (PagePart | false)[] = [
    slice.claims.length > 0 && {
      id: "claims",
      title: "What the paper concludes, and what we see",
      isOpen: true,
      body: <Claims slice={slice} />,
    },
    { id: "varies", title: "What varies", isOpen: true, body: <PatchTable slice={slice} /> },
    printed.length > 0 && {
      id: "printed",
      title: "As the paper prints it",
      isOpen: true,
      body: printed.map((table) => <PaperTable key={table.name} table={table} captions={captions} />),
    },
    own.length > 0 && {
      id: "figures",
      title: "As the paper draws it",
      isOpen: true,
      body: <Figures figures={own} drawings={drawings} />,
    },
    ...slice.benchmarks.filter(({ id }) => results.cells.some(({ benchmark }) => benchmark === id)).map(
      (benchmark, i) => ({
        id: benchmark.id,
        title: benchmark.title,
        isOpen: i < OPEN_BENCHMARKS,
        body: (
          <BenchmarkBody
            results={results}
            benchmark={benchmark}
            figures={figures.get(benchmark.id) ?? []}
            captions={captions}
            words={words?.get(benchmark.id) ?? []}
            texts={texts?.get(benchmark.id) ?? []}
            drawings={drawings}
          />
        ),
      }),
    ),
    solutions.length > 0 && {
      id: "solutions",
      title: "Operation, operands, sum",
      body: <PartsTables results={results} parts={solutions} />,
    },
    mistakes.length > 0 && {
      id: "mistakes",
      title: "Where answers go wrong",
      body: <Mistakes slice={slice} mistakes={mistakes} />,
    },
    slice.curves.length > 0 && {
      id: "curves",
      title: "Learning curves",
      hint: levelledOff(slice),
      body: <Curves curves={slice.curves} figures={curves} root={ROOT} drawings={drawings} />,
    },
    results.learned.length > 0 && {
      id: "learned",
      title: "What each system learned from",
      body: <LearnedTables results={results} />,
    },
    slice.variants.some(({ facts }) => facts !== null) && {
      id: "asked",
      title: "How each system is asked, and how often it was tried",
      body: <FactsTable slice={slice} />,
    },
    slice.own.length > 0 && { id: "scores", title: "Other measures", body: <OwnScores slice={slice} /> },
    history.length > 0 && {
      id: "history",
      title: "Over the commits",
      body: (
        <>
          <p>
            What the baseline of this experiment said at each commit that changed it. Between two commits the
            recipe may differ, too; <code>deno task bisect</code> names the one that moved a score.
          </p>
          <Figures figures={history} />
        </>
      ),
    },
    { id: "cost", title: "Cost", body: <Cost slice={slice} /> },
    {
      id: "recipe",
      title: "Recipe",
      body: <Recipe slice={slice} settings={drawings === undefined ? `${ROOT}settings.html` : null} />,
    },
    { id: "provenance", title: "Provenance", body: <Provenance slice={slice} /> },
    shelf.length > 1 &&
    { id: "others", title: "Other experiments", isOpen: true, body: <Shelf slice={slice} shelf={shelf} /> },
  ];
  return parts.filter((part) => part !== false);
}

/** How the trainings ended, in short. */
function levelledOff({ curves }: Slice): string {
  const open = curves.filter((curve) => (endingOf(curve)?.kind ?? "level") !== "level").length;
  return open === 0
    ? "every training levelled off"
    : `${open} of ${plural(curves.length, "training")} had not levelled off`;
}

function Claims({ slice }: { slice: Slice }) {
  return (
    <>
      {seedsOf(slice).length === 1 && scaleNote(slice.scale) === undefined && <p class="soft">{ONE_SEED}</p>}
      <ClaimList
        chips
        extent={claimExtent(slice.claims)}
        claims={slice.claims.map((claim) => ({
          ...claim,
          id: claimAnchor(claim.claim),
          shown: shownOf(claim.verdict, slice.scale),
          where: `seeds ${claim.seeds || "none"}`,
          price: priceText(slice, claim),
        }))}
      />
    </>
  );
}

/** "To resolve it: ...", where more of the same would. */
function priceText(slice: Slice, claim: Slice["claims"][number]): string | undefined {
  const price = scaleNote(slice.scale) === undefined ? priceOf(slice, claim) : undefined;
  if (price === undefined) return undefined;
  const { seconds, of } = price;
  return `To resolve it, if the differences are truly so: at most ${
    duration(seconds)
  } more of computing ${of}, ` +
    "by what the runs here took.";
}

/** The other experiments, with those before and after this one first. */
function Shelf({ slice, shelf }: { slice: Slice; shelf: readonly NamedSlice[] }) {
  const places = shelf.map((key) => ({ href: `${sliceName(key)}.html`, title: key.title }));
  const at = shelf.findIndex((key) => sliceName(key) === sliceName(slice));
  return (
    <>
      <Neighbours before={places[at - 1]} after={places[at + 1]} of="experiments" />
      <ul class="shelf">
        {places.map(({ href, title }, i) => (
          <li key={href}>
            {i === at ? <span class="soft" aria-current="page">{title}</span> : <a href={href}>{title}</a>}
          </li>
        ))}
      </ul>
    </>
  );
}

function seedsOf(slice: Slice): number[] {
  return [...new Set(slice.runs.filter((run) => run.status === "done").map((run) => run.seed))];
}
