/**
 * The graphs of a training: a whole step; for gradient accumulation a batch's gradients added to those before, and the
 * update from their sum; loss and metrics alone.
 * @module
 */
import { didYouMean, UserError } from "../errors.ts";
import type { Device } from "./device.ts";
import { gradients } from "./grad.ts";
import { add, mul } from "./ops/arithmetic.ts";
import { stopGradient } from "./ops/cast.ts";
import { adamW, type AdamWSettings, EXP_AVG, EXP_AVG_SQ, NEXT } from "./optim/adamw.ts";
import { describe, input, scalar, type Tensor } from "./tensor.ts";

/** What is trained, on what, and how. */
export interface TrainerSpec {
  /** float32 [], the mean over a batch. */
  readonly loss: Tensor;
  /** Every parameter by name: an `input` of that very name, float32, its sizes numbers. */
  readonly parameters: Readonly<Record<string, Tensor>>;
  /** Names of the parameters that learn; the others get no gradient and no moments. */
  readonly trainable: ReadonlySet<string>;
  readonly optimizer?: AdamWSettings;
  /** float32 scalars to report besides the loss. */
  readonly metrics?: Readonly<Record<string, Tensor>>;
  /**
   * float32 [] weight of a batch among several of one step or one evaluation, e.g. its number of targets where the
   * loss is a mean over targets; default: all the same.
   */
  readonly weight?: Tensor;
  readonly device?: Device;
  readonly threads?: number | undefined;
  /** See `CompileOptions.profile`. */
  readonly profile?: string | undefined;
}

/** Outputs by name, for `compile`. */
type Outputs = Readonly<Record<string, Tensor>>;

/** The graphs, and the inputs that hold summed gradients. */
export interface TrainingGraphs {
  readonly update: Outputs;
  readonly accumulate: Outputs;
  readonly apply: Outputs;
  readonly evaluate: Outputs;
  /** Every trained parameter and moment as `read.NAME`. */
  readonly read: Outputs;
  readonly gradients: Outputs;
}

/** Builds all graphs; nothing is compiled. @throws {UserError} as `createTrainer` does */
export function trainingGraphs(spec: TrainerSpec): TrainingGraphs {
  const { loss, optimizer = {}, metrics = {}, weight = scalar(1) } = spec;
  const names = checkedNames(spec);
  const parameters = names.map((name) => spec.parameters[name]!);
  const reported: Record<string, Tensor> = { loss };
  for (const [name, metric] of Object.entries(metrics)) reported[`metric.${name}`] = metric;
  const weighted = { ...reported, weight };

  const trained = zip(names, parameters, checkedGradients(loss, names, parameters));
  const summed = names.map((name, i) => input(`grad.${name}`, parameters[i]!.shape));
  const keep = input("keep_gradient", []);
  const more = checkedGradients(mul(loss, stopGradient(weight)), names, parameters);
  const accumulate: Record<string, Tensor> = { ...weighted };
  names.forEach((name, i) => accumulate[`${NEXT}grad.${name}`] = add(mul(summed[i]!, keep), more[i]!));

  const read: Record<string, Tensor> = {};
  names.forEach((name, i) => {
    read[`read.${name}`] = parameters[i]!;
    for (const prefix of [EXP_AVG, EXP_AVG_SQ]) {
      read[`read.${prefix}${name}`] = input(prefix + name, parameters[i]!.shape);
    }
  });
  return {
    update: { ...reported, ...adamW(trained, optimizer, Object.values(reported)) },
    accumulate,
    apply: adamW(zip(names, parameters, summed), optimizer, [], input("adamw.gradient_scale", [])),
    evaluate: weighted,
    read,
    gradients: Object.fromEntries(summed.map((tensor, i) => [`grad.${names[i]}`, tensor])),
  };
}

function zip(names: readonly string[], parameters: readonly Tensor[], gradients: readonly Tensor[]) {
  return names.map((name, i) => ({ name, parameter: parameters[i]!, gradient: gradients[i]! }));
}

/** The trained names in the order of the parameters, so that the order of a set changes nothing. */
function checkedNames({ parameters, trainable }: TrainerSpec): string[] {
  const names = Object.keys(parameters);
  for (const name of trainable) {
    if (!names.includes(name)) {
      throw new UserError(`Cannot train "${name}", there is no such parameter: ${didYouMean(name, names)}`);
    }
  }
  for (const [name, tensor] of Object.entries(parameters)) {
    const fits = tensor.node.kind === "input" && tensor.node.name === name && tensor.dtype === "float32" &&
      tensor.shape.every((dim) => typeof dim === "number");
    if (!fits) {
      throw new TypeError(
        `The parameter "${name}" must be a float32 input of that name, not ${describe(tensor)}`,
      );
    }
  }
  if (trainable.size === 0) throw new UserError("Cannot train: no parameter is trainable");
  return names.filter((name) => trainable.has(name));
}

function checkedGradients(loss: Tensor, names: readonly string[], parameters: readonly Tensor[]): Tensor[] {
  return gradients(loss, parameters).map((gradient, i) => {
    if (gradient === undefined) {
      throw new UserError(`Cannot train "${names[i]}": the loss does not depend on it`);
    }
    return gradient;
  });
}
