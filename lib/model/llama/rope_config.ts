/**
 * The rotary part of a configuration in its three spellings: `rope_theta` with `rope_scaling` (its `rope_type` called
 * `type` in older files), and `rope_parameters`, where transformers 5 writes all of it.
 * Source: `RotaryEmbeddingConfigMixin` of huggingface/transformers.
 * @module
 */
import * as v from "valibot";
import { UserError } from "../../errors.ts";
import { checkFields } from "../checkpoint/_parse_config.ts";

const above0 = v.pipe(v.number(), v.finite(), v.gtValue(0));

const SCALINGS = {
  default: v.object({ rope_type: v.literal("default") }),
  linear: v.object({ rope_type: v.literal("linear"), factor: above0 }),
  llama3: v.object({
    rope_type: v.literal("llama3"),
    factor: above0,
    low_freq_factor: above0,
    high_freq_factor: above0,
    original_max_position_embeddings: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
};

/** Frequency scalings that are implemented. */
export const ropeScaling = v.variant("rope_type", [SCALINGS.default, SCALINGS.linear, SCALINGS.llama3]);

/** A frequency scaling of the rotary position embedding. */
export type RopeScaling = v.InferOutput<typeof ropeScaling>;

/** The base of the frequencies. */
export const ropeTheta = above0;

/**
 * The configuration with `rope_theta` and `rope_scaling` alone, not checked yet; what else it has stays.
 * @throws {UserError} where two spellings disagree, and for a field that the scaling does not have
 */
export function withOneRope(config: unknown, source: string): unknown {
  if (config === null || typeof config !== "object") return config;
  const { rope_parameters, ...rest } = config as Record<string, unknown>;
  const fields = agreed([["rope_scaling", rest.rope_scaling], ["rope_parameters", rope_parameters]], source);
  if (fields === undefined) return rest;
  if (typeof fields !== "object" || Array.isArray(fields)) return { ...rest, rope_scaling: fields };
  const { type, rope_type, rope_theta, ...scaling } = fields as Record<string, unknown>;
  const kind = agreed([["rope_type", rope_type], ["type", type]], source) ?? "default";
  const known = SCALINGS[String(kind) as keyof typeof SCALINGS];
  // Of another type nothing is known; the schema names it.
  if (known !== undefined) {
    const any = new Set(Object.keys(known.entries));
    checkFields(scaling, { any, only: { partial_rotary_factor: 1 } }, `${source} (rope type "${kind}")`);
  }
  const theta = agreed([["rope_theta", rest.rope_theta], ["rope_theta of the scaling", rope_theta]], source);
  const one = { ...rest, rope_scaling: { ...scaling, rope_type: kind } };
  return theta === undefined ? one : { ...one, rope_theta: theta };
}

/** The value that is given, or undefined; `null` counts as not given. */
function agreed([[a, x], [b, y]]: [[string, unknown], [string, unknown]], source: string): unknown {
  const [first, second] = [x ?? undefined, y ?? undefined];
  if (first === undefined || second === undefined) return first ?? second;
  if (JSON.stringify(first) === JSON.stringify(second)) return first;
  throw new UserError(
    `Cannot use ${source}: its ${a} is ${JSON.stringify(first)} and its ${b} ${
      JSON.stringify(second)
    }; keep one`,
  );
}
