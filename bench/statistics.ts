/**
 * From rounds to numbers: medians, and ratios of rounds that ran next to each other, because the speed of a shared
 * machine moves by more than the differences that are measured.
 * @module
 */
import type { Measured } from "./peer.ts";

/** The middle value (the mean of the two middle ones). @throws {RangeError} for no values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("Cannot take the median of nothing");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Tokens per second, median over the rounds. */
export function tokensPerSecond({ rounds }: Measured): number {
  return median(rounds.map(({ tokens, seconds }) => tokens / seconds));
}

/** How many times faster `ours` is: the median over turns of the ratio of tokens per second. */
export function speedRatio(ours: Measured, peer: Measured): number {
  const speed = ({ rounds }: Measured, turn: number) => rounds[turn]!.tokens / rounds[turn]!.seconds;
  return median(ours.rounds.map((_, turn) => speed(ours, turn) / speed(peer, turn)));
}
