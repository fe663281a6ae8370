/**
 * Whether two items are one problem in two languages, which not every set of training data says.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Item, TaskData } from "../../world/world.ts";

/** @throws {UserError} where they are not: nothing can be learned from them as from a translation */
export function checkSameItem(one: Item, other: Item, data: TaskData): void {
  if (one.id === other.id) return;
  throw new UserError(
    `Cannot pair "${one.id}" with "${other.id}": "${data}" does not say which of its problems are translations of each ` +
      'other; take "world" or "multimwp" as task_data',
  );
}
