/**
 * Sentence pairs for retrieval (like Tatoeba): what test situations say, in English and another language. No training
 * text contains them.
 * @module
 */
import { atLeast } from "../../checked.ts";
import { stream } from "../../random.ts";
import type { TextPair } from "../world.ts";
import { languageOf } from "./data.ts";
import { WORLD_SEED } from "./math.ts";
import { drawUntil, isQuestion, type Situation, situationKey, splitOf } from "./partition.ts";
import { drawStory, renderParts } from "./problem.ts";
import { STORY_TYPES } from "./story_types.ts";

/** Pairs of English (`source`) and `code` (`target`); all different, and the same situations for every language. */
export function retrieval(
  code: string,
  { items = 250, split = "test" }: { readonly items?: number; readonly split?: "dev" | "test" } = {},
): TextPair[] {
  const [english, language] = [languageOf("en"), languageOf(code)];
  const s = stream(WORLD_SEED, "tatoeba", split);
  const seen = new Set<string>();
  return Array.from({ length: items }, (_, i) => {
    const situation = drawUntil(
      `${items} ${split} sentence pairs`,
      (): Situation => {
        const { type, roles } = drawStory(s.pick(STORY_TYPES), s);
        return { sentences: type.sentences.filter((part) => !isQuestion(part)), roles };
      },
      (one) => splitOf(situationKey(one)) === split && !seen.has(situationKey(one)),
    );
    seen.add(situationKey(situation));
    const [source, target] = atLeast(
      [english, language].map((one) => renderParts(one, situation.sentences, situation.roles)),
      2,
    );
    return { id: `tatoeba-${i}`, source, target };
  });
}
