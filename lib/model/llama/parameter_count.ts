/**
 * How large a Llama model is.
 * @module
 */
import { countParameters } from "../parameters.ts";
import { llamaParameterShapes, type LlamaSizes } from "./config.ts";

/** The number of parameters of a configuration. */
export function parameterCount(config: LlamaSizes): number {
  return countParameters(llamaParameterShapes(config));
}
