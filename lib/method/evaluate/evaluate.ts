/**
 * What is measured of a trained system: its answers, which sentences its states find, and where they lie.
 * @module
 */
import type { Artifact, RunContext } from "../../lab/experiment/types.ts";
import type { BenchmarkId } from "../../world/world.ts";
import type { Models, Trained } from "../models/models.ts";
import { isFused, type Reading } from "../reader/reading.ts";
import type { Evaluation, Recipe } from "../recipe/fields.ts";
import { benchmarkInput, hasData, instructionData, type WorldInput, worldInput } from "../source/worlds.ts";
import type { Asked, Asking } from "./asking.ts";
import { agreementStep } from "./agreement.ts";
import { type AnswerInput, answerStep } from "./answer.ts";
import { answerFusedStep } from "./answer_fused.ts";
import { itemsAsked } from "./items_asked.ts";
import { isRetrieval, RETRIEVAL, toAsk, WRITTEN, writtenItems } from "./benchmarks.ts";
import { statesOf } from "./pooling.ts";
import { floorStep } from "./floor.ts";
import { projectStatesStep } from "./project_states.ts";
import { retrieveStep } from "./retrieve.ts";
import { TASK_OF } from "./score.ts";
import { translateByCommandStep, type TranslatorCommand } from "./translate_by_command.ts";
import { translateQuestionsStep } from "./translate_questions.ts";
import { writeEnglishStep, WRITTEN_ITEMS } from "./write_english.ts";

/** Sentences a language in a drawing of states. */
const DRAWN = 20;

/** A system that has been trained. */
interface Evaluated {
  readonly models: Models;
  /** The last training; null: the LLM as it came. */
  readonly trained: Artifact | null;
  readonly reading: Reading;
  readonly evaluation: Evaluation;
  readonly task_data: Recipe["task_data"];
  /** What writes its questions in English first: a system of its own, or a program; null: nothing does. */
  readonly translator: Trained | TranslatorCommand | null;
}

/** A benchmark's questions in English. */
function translations(
  translator: Trained | TranslatorCommand,
  { world, asked, evaluation: { items, split, batch_size }, context }: {
    world: WorldInput;
    asked: Asked;
    evaluation: Pick<Asking, "items" | "split" | "batch_size">;
    context: RunContext;
  },
): Promise<Artifact> {
  if ("run" in translator) {
    const input = { command: translator, ...world, asked, evaluation: { items, split } };
    return context.step(translateByCommandStep, input);
  }
  const evaluation = { items, split, batch_size };
  return context.step(translateQuestionsStep, { ...translator, ...world, asked, evaluation });
}

/** Measures what the experiment asks for. */
export async function evaluate(
  { models, trained, reading, evaluation: { retrieval_items, ...asking }, task_data, translator }: Evaluated,
  context: RunContext,
): Promise<void> {
  const { benchmarks, seed } = context;
  for (const asked of toAsk(benchmarks)) {
    const world = benchmarkInput(context, asked.items);
    const evaluation = evaluationOf(asking, asked.items);
    const english = translator === null
      ? {}
      : { translations: await translations(translator, { world, asked, evaluation, context }) };
    const answers = await answersOf(
      { ...models, ...world, trained, reading, asked, evaluation, ...english },
      context,
    );
    // Numbers are seldom the same by chance; of labels and choices agreement says what accuracy does not.
    if (TASK_OF[asked.items] !== "math") {
      await context.step(agreementStep, { answers, benchmarks: asked.benchmarks });
    }
    const learned = instructionData({ task: TASK_OF[asked.items], task_data });
    const { items, split } = evaluation;
    const isHere = context.world !== "open" || learned.every((need) => hasData(context, need));
    const withTraining = benchmarkInput(context, asked.items, isHere ? learned : []);
    await context.step(floorStep, {
      ...{ ...withTraining, asked, items, split },
      task_data: isHere ? task_data : null,
    });
  }
  const written = benchmarks.find(({ id }) => id === WRITTEN);
  if (written !== undefined) {
    const of = writtenItems(context.world);
    const { items, split, batch_size } = asking;
    await context.step(writeEnglishStep, {
      ...{ ...models, ...benchmarkInput(context, of), trained, reading },
      ...{ of, languages: written.languages, items: Math.min(items, WRITTEN_ITEMS), split, batch_size },
    });
  }
  if (trained === null || models.encoder === undefined) return;
  const sources = statesOf({ ...models, encoder: models.encoder }, trained);
  const retrievals = benchmarks.flatMap(({ id, languages }) => isRetrieval(id) ? [{ id, languages }] : []);
  for (const { id, languages } of retrievals) {
    const source = sources[RETRIEVAL[id].states];
    const world = worldInput(context, ["tatoeba"]);
    await context.step(retrieveStep, {
      ...world,
      source,
      benchmark: id,
      languages,
      items: retrieval_items,
      split: asking.split,
    });
  }
  // They search the same sentences, so that one floor is all of theirs.
  const [first] = retrievals;
  if (first !== undefined) {
    const asked = {
      items: "retrieval" as const,
      languages: first.languages,
      benchmarks: retrievals.map(({ id }) => id),
    };
    const world = worldInput(context, ["tatoeba"]);
    await context.step(floorStep, { ...world, asked, items: retrieval_items, split: asking.split });
  }
  // A comparison of all three is also drawn.
  if (retrievals.length === Object.keys(RETRIEVAL).length) {
    const items = Math.min(DRAWN, retrieval_items);
    const world = worldInput(context, ["tatoeba"]);
    await context.step(projectStatesStep, { ...world, sources: Object.values(sources), items, seed });
  }
}

/** @throws {TypeError} for a system with a second attention that has learned nothing, or reads translations */
async function answersOf(input: AnswerInput, context: RunContext): Promise<Artifact<null>> {
  const { reading, trained, translations, ...rest } = input;
  if (!isFused(reading)) return await context.step(answerStep, input);
  if (trained === null || translations !== undefined) {
    throw new TypeError(
      "internal: a system with a second attention has learned nothing, or reads translations",
    );
  }
  return await context.step(answerFusedStep, { ...rest, reading, trained });
}

function evaluationOf(
  { fewer_items, ...evaluation }: Omit<Evaluation, "retrieval_items">,
  id: BenchmarkId,
): Asking {
  return { ...evaluation, items: itemsAsked({ ...evaluation, fewer_items }, id) };
}
