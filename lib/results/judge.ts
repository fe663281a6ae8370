/**
 * Judges an experiment's claims on the estimates that its tables print.
 * @module
 */
import { hashJson } from "../hash.ts";
import { type AnyExperiment, claimsOf } from "../lab/plan/resolve.ts";
import type { VerdictFile } from "../lab/record/verdicts.ts";
import type { Store } from "../store/open.ts";
import { estimatesOf } from "./estimates.ts";
import { readResults } from "./read_results.ts";
import type { SliceKey } from "./slice.ts";

/** What is judged and on what. */
export interface Judgement extends Pick<SliceKey, "scale" | "world"> {
  readonly experiment: AnyExperiment;
  /** Ids of the runs that count, with their seeds. */
  readonly runs: readonly { readonly id: string; readonly seed: number }[];
  /** Hash of the code of the claims and of the estimates: changed ones are judged again. */
  readonly code: string;
}

/** Names what a verdict file was judged on. */
export function judgedOn({ runs, code }: Pick<Judgement, "runs" | "code">): string {
  return hashJson([code, runs.map(({ id }) => id).sort()]);
}

/** The verdicts on what the store holds. */
export async function judge(store: Store, judgement: Judgement): Promise<VerdictFile> {
  const { experiment, scale, world, runs } = judgement;
  const results = estimatesOf(await readResults(store, { experiment: experiment.id, scale, world }));
  return {
    format: "lingualift-verdicts",
    experiment: experiment.id,
    scale,
    world,
    judged: judgedOn(judgement),
    seeds: [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b).join(","),
    claims: claimsOf(experiment, world).map((claim) => ({
      id: claim.id,
      sentence: claim.sentence,
      source: claim.source,
      ...claim.check(results),
    })),
  };
}
