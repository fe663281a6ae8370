/**
 * Step: stage 2, Task-Transfer (Section 3.3). Input: English items of the task through encoder and alignment layer;
 * target: the answer. In the paper the LLM learns and the alignment layer stays as stage 1 left it.
 * @module
 */
import type { Artifact, StepContext, StepDefinition } from "../../lab/types.ts";
import type { Task } from "../../world/world.ts";
import { taskPairs } from "../examples.ts";
import { openWorld } from "../worlds.ts";
import { type StageInput, trainStage } from "./stage.ts";

interface Input extends StageInput {
  /** Where stage 2 goes on from; null: a fresh alignment layer on the pre-trained LLM. */
  readonly aligned: Artifact | null;
  readonly task: Task;
}

export const taskTransferStep: StepDefinition<Input, { loss: { first: number; last: number } }> = {
  id: "task_transfer",
  version: 1,
  module: import.meta.url,
  run(inputs: Input, context: StepContext) {
    const { seed, stage, aligned, task } = inputs;
    const pairs = taskPairs(openWorld(inputs), task, stage, seed)
      .map((pair) => ({ ...pair, instruction: task }));
    return trainStage(aligned, { name: "transfer", pairs }, inputs, context);
  },
};
