/**
 * The first page: which of the paper's conclusions hold here, which do not, which cannot be told, and where to look.
 * @module
 */
import { plural } from "../../format.ts";
import { scaleNote } from "../../lab/experiment/scale_notes.ts";
import type { PaperTable } from "../../paper/paper.ts";
import type { Results } from "../../results/table.ts";
import { sliceName } from "../../results/slice.ts";
import { Glance } from "./glance.tsx";
import {
  claimAnchor,
  claimExtent,
  ClaimList,
  LOOKS,
  ofPaper,
  type PlacedClaim,
  VerdictIcon,
} from "./verdicts.tsx";
import { type Shown, shownOf } from "../../lab/experiment/verdict_words.ts";
import { ExperimentsTable, placeOf } from "./experiments_table.tsx";
import { PaperTables } from "./paper_tables.tsx";

export interface OverviewProps {
  /** The main slice of every experiment. */
  readonly main: readonly Results[];
  /** All slices. */
  readonly all: readonly Results[];
  /** How many languages have a page of their own. */
  readonly languages: number;
  /** The paper's. */
  readonly tables: readonly PaperTable[];
}

export function OverviewPage({ main, all, languages, tables }: OverviewProps) {
  const claims = main.flatMap(({ slice }) =>
    slice.claims.map((claim): PlacedClaim => ({
      ...claim,
      id: claimAnchor(claim.claim, sliceName(slice)),
      shown: shownOf(claim.verdict, slice.scale),
      where: (
        <a href={`experiments/${sliceName(slice)}.html#${encodeURIComponent(claimAnchor(claim.claim))}`}>
          {placeOf(slice)}
        </a>
      ),
    }))
  );
  const groups = LOOKS.map((look) => ({
    ...look,
    claims: claims.filter((claim) => ofPaper(claim) && claim.shown === look.verdict),
  }));
  const others = claims.filter((claim) => !ofPaper(claim));
  const scales = [...new Set(main.map(({ slice }) => slice.scale))],
    worlds = [...new Set(main.map(({ slice }) => slice.world))];
  const isFirst = scales.length > 0 && scales.every((scale) => scaleNote(scale) !== undefined);
  return (
    <>
      <header class="opening">
        <div>
          <h1>Does LinguaLIFT hold up here?</h1>
          <p class="lede">
            {lede(scales, groups)}
          </p>
        </div>
        {scales.some((scale) => scale !== "full") && (
          <div class="note">
            {!isFirst && (
              <p>
                <strong>What these numbers are.</strong>{" "}
                The paper trains models of 7 to 13 billion parameters on hundreds of thousands of examples.
                Here the same recipe runs at {list(scales, "scale")} in {list(worlds, "world")}{" "}
                with models that fit a laptop. Absolute accuracies are therefore not comparable with the
                paper's; what can be compared is the direction and the pattern of each change, and that is
                what the verdicts judge. {oneSeed(main)}
              </p>
            )}
            {scales.map((scale) => scaleNote(scale)).filter((note) => note !== undefined).map((
              { title, text },
            ) => (
              <p key={title}>
                <strong>{title}</strong> {text}
              </p>
            ))}
          </div>
        )}
        {counted(groups).length > 0 && (
          <ul class="tally">
            {counted(groups).map((group) => (
              <li key={group.verdict} class={group.style}>
                <a {...(group.claims.length > 0 ? { href: `#${group.style}` } : {})}>
                  <b>
                    <VerdictIcon verdict={group.verdict} size={20} />
                    {group.claims.length}
                  </b>
                  <span>{group.title}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </header>

      {main.filter(({ slice }) => slice.claims.length > 0).length > 1 && <Glance main={main} />}

      {groups.filter((group) => group.claims.length > 0).map((group) => (
        <section key={group.verdict} id={group.style} class={group.style}>
          <div class="group-head">
            <h2>
              <VerdictIcon verdict={group.verdict} size={18} /> {group.title}
            </h2>
            <p>{group.meaning}</p>
          </div>
          <ClaimList claims={group.claims} chips={false} extent={claimExtent(claims)} />
        </section>
      ))}

      {others.length > 0 && (
        <section id="others">
          <div class="group-head">
            <h2>Other conclusions</h2>
            <p>of an experiment's own or of another paper; not counted above</p>
          </div>
          <ClaimList claims={others} chips extent={claimExtent(claims)} />
        </section>
      )}

      <section id="experiments">
        <h2>Experiments</h2>
        <p>Each page has the tables beside the paper's, figures, cost and provenance.</p>
        <ExperimentsTable all={all} />
      </section>

      <section id="tables">
        <h2>The paper's tables</h2>
        <p>Where each stands beside ours, or why it does not.</p>
        <PaperTables tables={tables} all={all} />
      </section>

      {languages > 0 && (
        <section id="languages">
          <h2>Do you speak one of the languages?</h2>
          <p>
            The texts of {plural(languages, "language")}{" "}
            were written by language models. Speakers can judge them:{" "}
            <a href="languages.html">samples of every language</a>, beside English, with their writers'
            doubts.
          </p>
        </section>
      )}
    </>
  );
}

/** Counts that say something: none where no verdict was given, and none of what has no conclusion at all. */
function counted<G extends Group>(groups: readonly G[]): G[] {
  const isJudged = groups.some(({ verdict, claims }) =>
    claims.length > 0 && verdict !== "none yet" && verdict !== "not run"
  );
  return isJudged ? groups.filter(({ verdict, claims }) => claims.length > 0 || verdict !== "none yet") : [];
}

/** Which verdicts do not know how far another training would differ. */
function oneSeed(main: readonly Results[]): string {
  const single = main.filter(({ slice }) =>
    new Set(slice.runs.filter(({ status }) => status === "done").map(({ seed }) => seed)).size === 1
  );
  if (single.length === 0) return "";
  const which = single.length === main.length ? "Every experiment" : plural(single.length, "experiment");
  return `${which} ran with one seed: there a verdict allows for other problems, not for another training.`;
}

/** The conclusions of one verdict. */
interface Group {
  readonly verdict: Shown;
  readonly claims: readonly unknown[];
}

/** The answer in short; what has been run at first scales alone is not called one. */
function lede(scales: readonly string[], groups: readonly Group[]): string {
  if (scales.length > 0 && scales.every((scale) => scale === "smoke")) {
    return "Not known yet: only smoke runs so far. Without --scale smoke, deno task experiment gives verdicts.";
  }
  return scales.length > 0 && scales.every((scale) => scaleNote(scale) !== undefined)
    ? `A first look, no answer yet: only runs at ${list(scales, "scale")}, whose numbers are below without ` +
      "a verdict. Without --scale, deno task experiment gives verdicts."
    : summary(groups);
}

function summary(groups: readonly Group[]): string {
  const count = (verdict: Shown) => groups.find((group) => group.verdict === verdict)?.claims.length ?? 0;
  const total = groups.reduce((sum, group) => sum + group.claims.length, 0);
  if (total === 0) return "No conclusion of the paper has been tested yet.";
  const parts = [
    `${count("supported")} ${count("supported") === 1 ? "holds" : "hold"}`,
    `${count("contradicted")} ${count("contradicted") === 1 ? "does" : "do"} not`,
    `${count("not resolvable")} cannot be resolved at this size`,
  ];
  if (count("not run") > 0) {
    parts.push(`${count("not run")} ${count("not run") === 1 ? "has" : "have"} not been run`);
  }
  if (count("none yet") > 0) {
    parts.push(
      `${count("none yet")} ${count("none yet") === 1 ? "has" : "have"} no verdict at a first scale`,
    );
  }
  return `Of the ${plural(total, "conclusion")} of the paper that the lab can test, ${
    parts.slice(0, -1).join(", ")
  } and ${parts.at(-1)}.`;
}

function list(names: readonly string[], noun: string): string {
  if (names.length === 0) return `no ${noun}`;
  return `${noun}${names.length > 1 ? "s" : ""} ${names.map((name) => `\u201c${name}\u201d`).join(", ")}`;
}
