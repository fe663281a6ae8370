/**
 * What computes, as a plan knows it: cards by their data sheets, processors by what was measured.
 * @module
 */
import type { Dtype } from "../engine.ts";

/** What computes, as a plan knows it. */
export interface Device {
  readonly name: string;
  /** Its memory. */
  readonly bytes: number;
  /** Floating-point operations a second that training reaches. */
  readonly flops: number;
  /** Bytes a second that its memory gives, which writing answers is bound by. */
  readonly bytes_per_s: number;
}

/** Share of a card's data sheet that training reaches. Ours: published runs of models of this size lie at 0.3 to 0.5. */
const UTILISATION = 0.4;

interface Card {
  readonly name: string;
  readonly gib: number;
  /** 1e12 operations a second, dense, by the data sheet. */
  readonly tflops: Readonly<Record<Dtype, number>>;
  /** 1e9 bytes a second. */
  readonly gbps: number;
}

/** Data sheets of NVIDIA. */
const CARDS: Readonly<Record<string, Card>> = {
  "a100-40gb": { name: "A100 40 GB", gib: 40, tflops: { float32: 19.5, bfloat16: 312 }, gbps: 1555 },
  "a100-80gb": { name: "A100 80 GB", gib: 80, tflops: { float32: 19.5, bfloat16: 312 }, gbps: 2039 },
  "h100-80gb": { name: "H100 80 GB", gib: 80, tflops: { float32: 67, bfloat16: 989 }, gbps: 3350 },
  "h200-141gb": { name: "H200 141 GB", gib: 141, tflops: { float32: 67, bfloat16: 989 }, gbps: 4800 },
  "l40s-48gb": { name: "L40S 48 GB", gib: 48, tflops: { float32: 91.6, bfloat16: 362 }, gbps: 864 },
  "rtx4090-24gb": { name: "RTX 4090 24 GB", gib: 24, tflops: { float32: 82.6, bfloat16: 165 }, gbps: 1008 },
};

/** The cards that a plan can be made for. */
export const CARD_NAMES: readonly string[] = Object.keys(CARDS);

/** A card by its name among `CARD_NAMES`. */
export function cardDevice(card: string, dtype: Dtype = "float32"): Device {
  const { name, gib, tflops, gbps } = CARDS[card]!;
  return {
    name,
    bytes: gib * 2 ** 30,
    flops: UTILISATION * tflops[dtype] * 1e12,
    bytes_per_s: gbps * 1e9,
  };
}

/** A card that is here: as fast as the one of the table that it is, by its name and memory; else nobody knows. */
export function cardLike(here: { readonly name: string; readonly bytes: number }, dtype?: Dtype): Device {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const known = CARD_NAMES.find((name) =>
    plain(here.name).includes(plain(name.split("-")[0]!)) &&
    Math.abs(here.bytes / (CARDS[name]!.gib * 2 ** 30) - 1) < 0.15
  );
  const { flops, bytes_per_s } = known === undefined
    ? { flops: NaN, bytes_per_s: NaN }
    : cardDevice(known, dtype);
  return { ...here, flops, bytes_per_s };
}

/** Memory of a desktop machine's two channels. */
const CPU_BYTES_PER_S = 20e9;

/**
 * This machine's processor.
 * @param flops_a_thread that the engine reaches in training
 */
export function cpuDevice(bytes: number, threads: number, flops_a_thread: number): Device {
  const flops = threads * flops_a_thread;
  return {
    name: `processor, ${threads} ${threads === 1 ? "thread" : "threads"}`,
    bytes,
    flops,
    bytes_per_s: CPU_BYTES_PER_S,
  };
}
