/**
 * The training engine: symbolic tensors, automatic differentiation, ONNX graphs and sessions. See README.md.
 * @module
 */
export type { Dim, Shape } from "./dims.ts";
export { dimProduct, dimSum } from "./dims.ts";
export type { Device } from "./device.ts";
export { requireDevice } from "./device.ts";
export { constant, describe, type DType, input, scalar, type Tensor, withGradient } from "./tensor.ts";
export { grad } from "./grad.ts";
export { withoutTelemetry } from "./telemetry.ts";
export { compile, type CompileOptions, type Feeds, type Session } from "./session.ts";
export { float32, float32Data, int32, int32Data, type Value } from "./value.ts";
export { openSafetensors, type Safetensors, type SafetensorsInput, writeSafetensors } from "./safetensors.ts";
export * from "./ops/activation.ts";
export * from "./ops/attention.ts";
export { cachedAttention, type CacheInputs } from "./ops/cached_attention.ts";
export {
  add,
  div,
  exp,
  log,
  maximum,
  minimum,
  mul,
  neg,
  type Operand,
  sqrt,
  square,
  sub,
} from "./ops/arithmetic.ts";
export { cast, stopGradient } from "./ops/cast.ts";
export * from "./ops/compare.ts";
export { infoNce } from "./ops/contrastive.ts";
export * from "./ops/cross_entropy.ts";
export { drawLast } from "./ops/draw.ts";
export { dropout, dropoutMask } from "./ops/dropout.ts";
export { full, iota, zerosLike } from "./ops/fill.ts";
export { gather, gatherLast } from "./ops/gather.ts";
export { matmul, type MatmulOptions } from "./ops/matmul.ts";
export { l2Normalize, layerNorm, rmsNorm } from "./ops/norm.ts";
export { padUnaliased } from "./ops/pad.ts";
export { expand, sum } from "./ops/broadcast.ts";
export type { ReduceOptions } from "./ops/_reduction.ts";
export { argmax, max, mean } from "./ops/reduce.ts";
export { selectRows } from "./ops/select_rows.ts";
export { concat, reshape, slice, split, transpose } from "./ops/shape.ts";
export { logSoftmax, softmax } from "./ops/softmax.ts";
export { type AdamWSettings } from "./optim/adamw.ts";
export { learningRate, type Schedule, type ScheduleType } from "./optim/schedule.ts";
export { createTrainer, type Report, type StepReport, type Trainer, type TrainerSpec } from "./trainer.ts";
export { loadTrainingState, saveTrainingState, type TrainingState } from "./training_state.ts";
