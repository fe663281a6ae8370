/**
 * What a stage learns from, drawn from the world and kept to a length: the same texts for every system, since length is
 * counted in characters and not in a model's tokens.
 * @module
 */
import { UserError } from "../errors.ts";
import type { Task, World } from "../world/world.ts";
import type { Stage } from "./recipe.ts";
import { answerText, questionText } from "./tasks.ts";

/** A text that is read and one that is to be written. */
export interface Pair {
  readonly source: string;
  readonly target: string;
}

type Limits = Pick<Stage, "examples" | "max_chars">;

/** How often `examples` are drawn before a limit counts as too low. */
const ROUNDS = 100;

/**
 * The first `examples` pairs of an endless sequence that are within `max_chars`.
 * @param draw pairs `from` to `from + count`
 * @throws {UserError} when next to none is
 */
export function shortEnough<T extends Pair>(
  { examples, max_chars }: Limits,
  draw: (from: number, count: number) => readonly T[],
): T[] {
  if (max_chars === null || examples === 0) return [...draw(0, examples)];
  const kept: T[] = [];
  for (let round = 0; kept.length < examples; round++) {
    if (round === ROUNDS) {
      throw new UserError(
        `Cannot draw ${examples} examples of at most ${max_chars} characters: of ${ROUNDS * examples} only ` +
          `${kept.length} are; raise max_chars`,
      );
    }
    const drawn = draw(round * examples, examples);
    kept.push(...drawn.filter(({ source, target }) => source.length + target.length <= max_chars));
  }
  return kept.slice(0, examples);
}

/** English items of a task with their answers, as a system reads and writes them. */
export function taskPairs(world: World, task: Task, limits: Limits, seed: number): Pair[] {
  return shortEnough(limits, (from, count) =>
    world.instructions(task, "en", { seed, count, from })
      .map((item) => ({ source: questionText(item), target: answerText(item) })));
}
