/**
 * Parameters of models: flat records by name. The data is kept apart from the computation, so that freezing is a set of
 * names and one graph may hold the parameters of several models.
 * @module
 */
import { must } from "../checked.ts";
import { UserError } from "../errors.ts";
import type { Stream } from "../random.ts";
import { type Feeds, float32, input, type Tensor } from "../tensor/mod.ts";

/** Shapes by parameter name. */
export type ParameterShapes = Readonly<Record<string, readonly number[]>>;
/** Symbolic parameters by name. */
export type Parameters = Readonly<Record<string, Tensor>>;
/** Float32 data by parameter name, row-major. */
export type Weights = Readonly<Record<string, Float32Array>>;

/** How many numbers parameters of these shapes are. */
export function countParameters(shapes: ParameterShapes): number {
  return Object.values(shapes).reduce((sum, shape) => sum + shape.reduce((size, dim) => size * dim, 1), 0);
}

/** Parameters as graph inputs of their own names. */
export function parameterInputs(shapes: ParameterShapes): Parameters {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, input(name, shape)]));
}

/**
 * Weights as feeds, without a copy; only those named, if names are given.
 * @throws {UserError} naming a parameter that has no weight, or one of the wrong size
 */
export function parameterFeeds(shapes: ParameterShapes, weights: Weights, names?: Iterable<string>): Feeds {
  const wanted = names === undefined
    ? Object.keys(shapes)
    : [...names].filter((name) => Object.hasOwn(shapes, name));
  return Object.fromEntries(wanted.map((name) => {
    const shape = must(shapes[name], name), data = weights[name];
    if (data?.length !== shape.reduce((size, dim) => size * dim, 1)) {
      throw new UserError(
        `Cannot use the weights: "${name}" must be [${shape}], ${
          data ? `${data.length} numbers are given` : "it is missing"
        }`,
      );
    }
    return [name, float32(data, shape)];
  }));
}

/** How a fresh parameter is filled. */
export type Filler = (data: Float32Array, random: Stream) => void;

/** Fresh weights; every parameter has its own named stream below `random`, so that adding one moves no other. */
export function initWeights(
  shapes: ParameterShapes,
  random: Stream,
  fillerOf: (name: string, shape: readonly number[]) => Filler,
): Weights {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((size, dim) => size * dim, 1));
      fillerOf(name, shape)(data, random.child(name));
      return [name, data];
    }),
  );
}

/** Every number the same. */
export function constantFill(value: number): Filler {
  return (data) => void data.fill(value);
}

/** Draws from N(0, std^2). */
export function normalFill(std: number): Filler {
  return (data, random) => {
    for (let i = 0; i < data.length; i++) data[i] = std * random.normal();
  };
}

/** Draws from the uniform distribution on [-limit, limit). */
export function uniformFill(limit: number): Filler {
  return (data, random) => {
    for (let i = 0; i < data.length; i++) data[i] = limit * (2 * random.uniform() - 1);
  };
}
