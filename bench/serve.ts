/**
 * A peer's side of the benchmark: it runs in its own process, says on stdout that it is ready, measures one round for
 * each line on stdin, and ends with its peak memory. One JSON object a line; `bench/peer.ts` is the other side.
 * @module
 */
import { cpuUsage, resourceUsage, stdin } from "node:process";
import { createInterface } from "node:readline";

/** What a peer says of itself once it can start. */
export interface Ready {
  readonly name: string;
  readonly version: string;
  /** Threads it computes with. */
  readonly threads: number;
  /** Trainable numbers. */
  readonly parameters?: number;
}

/** What to do in a round; decoding has no setting. */
export interface RoundRequest {
  readonly steps?: number | undefined;
}

/** A round's result: how many tokens were trained on or generated, and what shows that the peers computed the same. */
export interface RoundAnswer {
  readonly tokens: number;
  /** Training loss of the last step. */
  readonly loss?: number;
  /** The first generated ids of each sequence, (batch, 8). */
  readonly first?: readonly (readonly number[])[];
}

/** A round as the benchmark receives it. */
export interface Round extends RoundAnswer {
  /** Wall time. */
  readonly seconds: number;
  /** Processor time of the peer's process, all threads. */
  readonly cpuSeconds: number;
}

/** Serves rounds until stdin ends. */
export async function serve(
  ready: Ready,
  round: (request: RoundRequest) => Promise<RoundAnswer> | RoundAnswer,
): Promise<void> {
  write(ready);
  for await (const line of createInterface({ input: stdin })) {
    const started = performance.now();
    const before = cpuUsage();
    const answer = await round(JSON.parse(line));
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = cpuUsage(before);
    write({ seconds, cpuSeconds: (user + system) / 1e6, ...answer } satisfies Round);
  }
  write({ peakBytes: resourceUsage().maxRSS * 1024 });
}

function write(value: unknown): void {
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(value) + "\n"));
}
