/**
 * Named random streams. A stream is identified by a seed and a path of names ("stage2", "order", ...), so that one use
 * of randomness never moves another: adding a dropout does not change the order of the data. The generator is
 * xoroshiro128+ (pure-rand); its start state is the SHA-256 of seed and path. No `Math.random` anywhere.
 * @module
 */
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { sha256 } from "./hash.ts";

/** The position of a stream: four 32-bit integers, as safe to store as to print. */
export type StreamState = readonly number[];

/** A stateful source of randomness; every method moves it on. */
export interface Stream {
  /** A float64 in [0, 1). */
  uniform(): number;
  /** An integer in [low, high], both ends included. */
  int(low: number, high: number): number;
  /** A float64 from N(0, 1) (Box-Muller; no value is held back, so the state says everything). */
  normal(): number;
  /** One element. @throws {RangeError} if there is none. */
  pick<T>(items: readonly T[]): T;
  /** A new array in random order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** An independent stream below this one's name; does not move this one. */
  child(...path: (string | number)[]): Stream;
  /** Where the stream stands; `streamAt` goes on from there. */
  state(): StreamState;
}

/** The stream named by `seed` and `path`, at its start. */
export function stream(seed: number, ...path: (string | number)[]): Stream {
  const digest = sha256(JSON.stringify([seed, ...path]));
  const words = [0, 8, 16, 24].map((at) => parseInt(digest.slice(at, at + 8), 16) | 0);
  return streamAt(words, seed, ...path);
}

/** A stream that continues at `state`, taken from `Stream.state()` of the stream of the same name. */
export function streamAt(state: StreamState, seed: number, ...path: (string | number)[]): Stream {
  const source = xoroshiro128plusFromState(state);
  const self: Stream = {
    uniform: () => uniformFloat64(source),
    int: (low, high) => uniformInt(source, low, high),
    normal: () => {
      const radius = Math.sqrt(-2 * Math.log(1 - self.uniform()));
      return radius * Math.cos(2 * Math.PI * self.uniform());
    },
    pick: (items) => {
      if (items.length === 0) throw new RangeError("Cannot pick from an empty list");
      return items[self.int(0, items.length - 1)]!;
    },
    shuffle: (items) => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = self.int(0, i);
        [out[i], out[j]] = [out[j]!, out[i]!];
      }
      return out;
    },
    child: (...more) => stream(seed, ...path, ...more),
    state: () => source.getState(),
  };
  return self;
}
