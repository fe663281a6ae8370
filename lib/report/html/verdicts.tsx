/**
 * The paper's conclusions and what our answers say about them.
 * @module
 */
import type { ComponentChildren } from "preact";
import type { Verdict } from "../../lab/experiment/types.ts";
import { type Shown, verdictTitle } from "../../lab/experiment/verdict_words.ts";
import type { ClaimRow } from "../../results/slice.ts";
import { extentOf, Forest } from "./forest.tsx";

interface Look<V = Shown> {
  readonly verdict: V;
  readonly style: string;
  readonly title: string;
  readonly meaning: string;
}

/** In the order of the overview. */
export const VERDICTS: readonly Look<Verdict>[] = ([
  {
    verdict: "supported",
    style: "v-supported",
    meaning: "our answers show it, beyond what chance explains",
  },
  {
    verdict: "contradicted",
    style: "v-contradicted",
    meaning: "our answers speak against it as it is stated",
  },
  {
    verdict: "not resolvable",
    style: "v-unresolved",
    meaning: "with this many problems neither yes nor no can be told",
  },
  {
    verdict: "not run",
    style: "v-not-run",
    meaning: "some of the runs it needs are missing",
  },
] as const).map((look) => ({ ...look, title: verdictTitle(look.verdict) }));

/** Verdicts, and what stands for one where the scale is none to judge by. */
export const LOOKS: readonly Look[] = [...VERDICTS, {
  verdict: "none yet",
  style: "v-none-yet",
  title: verdictTitle("none yet"),
  meaning: "a first look or a smoke run, whose numbers are no answer to the paper",
}];

export function lookOf(verdict: Shown): Look {
  const look = LOOKS.find((entry) => entry.verdict === verdict);
  if (!look) throw new TypeError(`Unknown verdict "${verdict}"`);
  return look;
}

/** The verdict's sign: its shape differs, not only its colour. */
export function VerdictIcon({ verdict, size = 14 }: { verdict: Shown; size?: number }) {
  const shape: Record<Shown, ComponentChildren> = {
    "supported": <path d="M2.5 7.5l3.2 3.2l6 -7" />,
    "contradicted": <path d="M3 3l8 8M11 3l-8 8" />,
    "not resolvable": (
      <path d="M2 5.6c2 -2.2 4 -2.2 5 -0.8s3 1.4 5 -0.8M2 10.1c2 -2.2 4 -2.2 5 -0.8s3 1.4 5 -0.8" />
    ),
    "not run": <circle cx="7" cy="7" r="4.4" />,
    "none yet": <path d="M2.5 7h9" />,
  };
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {shape[verdict]}
    </svg>
  );
}

export function VerdictChip({ verdict }: { verdict: Shown }) {
  const look = lookOf(verdict);
  return (
    <span class={`verdict ${look.style}`}>
      <VerdictIcon verdict={verdict} />
      {look.title}
    </span>
  );
}

/** Where a conclusion stands on a page; `slice` where the page has several slices' conclusions. */
export function claimAnchor(claim: string, slice?: string): string {
  return ["claim", ...(slice ? [slice] : []), claim].join("-");
}

/** A claim with its place on this page and the page that has its numbers. */
export interface PlacedClaim extends ClaimRow {
  readonly id: string;
  readonly shown: Shown;
  readonly where: ComponentChildren;
  /** What it would take to resolve it; undefined where that is not known or not needed. */
  readonly price?: string | undefined;
}

/** Whether a conclusion is the paper's: its source then begins with a place in it, not with the name of another work. */
export function ofPaper({ source }: Pick<ClaimRow, "source">): boolean {
  return /^(Abstract|Section|Appendix|Table|Figure)\b/.test(source);
}

/** Claims one below the other; their drawings share one axis. `chips` shows each claim's verdict. */
export function ClaimList({ claims, chips, extent }: {
  claims: readonly PlacedClaim[];
  chips: boolean;
  extent: readonly [number, number];
}) {
  const drawings = claims.map(drawingsOf);
  return (
    <ol class="claims">
      {claims.map((claim, i) => (
        <li key={claim.id} id={claim.id} class={lookOf(claim.shown).style}>
          <div>
            {chips && <VerdictChip verdict={claim.shown} />}
            <blockquote dir="auto">{claim.sentence}</blockquote>
            <p class="where">
              {claim.source} <span aria-hidden="true">·</span> {claim.where} <span aria-hidden="true">·</span>
              {" "}
              <a class="self" href={`#${encodeURIComponent(claim.id)}`} title="Link to this conclusion">
                <code>{claim.claim}</code>
              </a>
            </p>
          </div>
          <div>
            {partsOf(claim, drawings[i]!).map(({ drawing, because }, at) => (
              <div key={at} class="part">
                {drawing && (
                  <Forest {...drawing} extent={drawing.kind === "share" ? [0, 1] : extent} labelled />
                )}
                {because && <p class="numbers" dir="auto">{because}</p>}
              </div>
            ))}
            {claim.price && <p class="numbers">{claim.price}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** One axis for all drawings of a page. */
export function claimExtent(claims: readonly ClaimRow[]): readonly [number, number] {
  const drawings = claims.flatMap(drawingsOf).filter(({ kind }) => kind === "difference");
  return extentOf(drawings.flatMap((d) => [d.low, d.high, d.threshold ?? 0]));
}

/** Each part's drawing with its sentence below; where not every part has numbers, drawings first. */
function partsOf({ because }: ClaimRow, drawings: readonly Drawing[]) {
  const sentences = because.split("\n");
  if (drawings.length === sentences.length) {
    return drawings.map((drawing, i) => ({ drawing, because: sentences[i] }));
  }
  return [
    ...drawings.map((drawing) => ({ drawing, because: undefined })),
    ...sentences.map((sentence) => ({ drawing: undefined, because: sentence })),
  ];
}

interface Drawing {
  readonly kind: "difference" | "share";
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly threshold?: number | undefined;
}

/**
 * What a claim's numbers can be drawn as: `value`, `low`, `high`, for a claim of several parts with "1." before each.
 * A share has an `n` and no `p`; the difference of two groups, which nothing pairs, has neither.
 */
export function drawingsOf({ numbers }: Pick<ClaimRow, "numbers">): Drawing[] {
  const parts = new Set(Object.keys(numbers).map((name) => /^\d+\./.exec(name)?.[0] ?? ""));
  return [...parts].flatMap((part): Drawing[] => {
    const [value, low, high, threshold, p, n] = ["value", "low", "high", "threshold", "p", "n"].map((x) =>
      numbers[part + x]
    );
    if (value == null || low == null || high == null) return [];
    return [{
      kind: p == null && n != null ? "share" : "difference",
      value,
      low,
      high,
      threshold: threshold ?? undefined,
    }];
  });
}
