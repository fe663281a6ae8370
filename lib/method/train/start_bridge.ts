/**
 * Step: the bridge that a system's training begins with, where it is not just drawn. Its states are standardised by the
 * moments of English ones, or its last layer is fitted in closed form: each English state to the LLM's own embeddings of the
 * tokens that stand in the same place. No text of another language, and no translation, has part in it. Ours; the paper and
 * its release begin with a random bridge.
 * @module
 */
import { join } from "node:path";
import { engineOf } from "../../engine/mod.ts";
import { UserError } from "../../errors.ts";
import type { StepContext, StepDefinition } from "../../lab/experiment/types.ts";
import { BRIDGE_FILE, type BridgeModel, saveBridge } from "../../model/bridge/file.ts";
import { STATES_MEAN, STATES_SCALE } from "../../model/bridge/layer.ts";
import { explainedVariance, ridgeBridge, type StateTargets } from "../../model/bridge/ridge.ts";
import { loadTokenizer } from "../../model/checkpoint/tokenizer.ts";
import { tokenPieces, tokenSpans } from "../../model/checkpoint/token_spans.ts";
import { type LlmEmbeddings, loadEmbeddings } from "../../model/llm.ts";
import { stream } from "../../random.ts";
import { encoderFolder, type Models } from "../models/models.ts";
import type { Bridge } from "../reader/reading.ts";
import type { BridgeStart } from "../recipe/fields.ts";
import { type EnglishSource, englishTexts } from "../source/english.ts";
import { openWorld, type WorldInput } from "../source/worlds.ts";
import { freshBridge } from "./fresh_bridge.ts";

interface Input extends Models, WorldInput {
  readonly seed: number;
  readonly bridge: Bridge;
  readonly weights: BridgeStart["weights"];
  readonly english: EnglishSource;
}

interface Output {
  /** States that were looked at. */
  readonly states: number;
  /** Share of the variance of held-out targets that a closed form explains; null for random weights. */
  readonly r2: number | null;
}

/** English texts that states are taken of. */
const TEXTS = 1500;
/** The last of them are held out of the closed form, to say how good it is. */
const HELD_OUT = 0.1;

export const startBridgeStep: StepDefinition<Input, Output> = {
  id: "start_bridge",
  version: 1,
  module: import.meta.url,
  async run(inputs: Input, context: StepContext) {
    const { seed, bridge, weights, encoder: source } = inputs;
    if (source === undefined) throw new TypeError("internal: a bridge needs an encoder");
    const llm = loadEmbeddings(inputs.llm.dir);
    const texts = englishTexts(openWorld(inputs), inputs.english, { seed, count: TEXTS });
    const encoder = await engineOf(context.runtime).encoder(encoderFolder(source), context.runtime);
    try {
      const states = await encoder.encode(texts);
      const drawn = freshBridge(bridge, encoder.hidden_size, llm, stream(seed, "alignment", "init"));
      const start = bridge.standardised ? withMoments(drawn, states) : drawn;
      const count = states.reduce((sum, { length }) => sum + length / encoder.hidden_size, 0);
      if (weights === "random") {
        saveBridge(join(context.dir, BRIDGE_FILE), start);
        return { states: count, r2: null };
      }
      const tokenizer = loadTokenizer(inputs.llm_tokenizer.dir);
      const pairs = texts.map((text, i) => {
        const ids = tokenizer.encode(text, { addSpecialTokens: false });
        const read = { states: states[i]!, pieces: encoder.pieces(text), d_enc: encoder.hidden_size };
        return overlapping(text, read, { ids, pieces: tokenPieces(tokenizer, ids) }, llm);
      });
      const held = Math.floor(texts.length * (1 - HELD_OUT));
      const [learned, unseen] = [joined(pairs.slice(0, held)), joined(pairs.slice(held))];
      if (learned.states.length < count * encoder.hidden_size / 2) {
        throw new UserError(
          `Cannot start the bridge in closed form: of ${count} tokens of the encoder only ` +
            `${learned.states.length / encoder.hidden_size} stand where the LLM has tokens too; ` +
            `take bridge_start.weights "random"`,
        );
      }
      const { threads } = context.runtime;
      const fitted = await ridgeBridge(start, learned, threads);
      saveBridge(join(context.dir, BRIDGE_FILE), fitted);
      return { states: count, r2: await explainedVariance(fitted, unseen, threads) };
    } finally {
      await encoder.dispose();
    }
  },
};

/** The bridge with the mean and the deviation of every dimension of the states. */
function withMoments({ config, weights }: BridgeModel, states: readonly Float32Array[]): BridgeModel {
  const { d_enc } = config;
  const count = states.reduce((sum, { length }) => sum + length / d_enc, 0);
  const mean = new Float64Array(d_enc), square = new Float64Array(d_enc);
  for (const text of states) text.forEach((x, i) => mean[i % d_enc]! += x / count);
  for (const text of states) {
    text.forEach((x, i) => square[i % d_enc]! += (x - mean[i % d_enc]!) ** 2 / count);
  }
  return {
    config,
    weights: {
      ...weights,
      [STATES_MEAN]: Float32Array.from(mean),
      // A dimension that never changes says nothing, whatever it is multiplied with.
      [STATES_SCALE]: Float32Array.from(square, (variance) => variance > 0 ? 1 / Math.sqrt(variance) : 0),
    },
  };
}

/** The states of a text whose tokens overlap tokens of the LLM, each with the mean of their embeddings. */
function overlapping(
  text: string,
  encoder: { readonly states: Float32Array; readonly pieces: readonly string[]; readonly d_enc: number },
  own: { readonly ids: readonly number[]; readonly pieces: readonly string[] },
  { config: { hidden_size: d_lm }, embeddings }: LlmEmbeddings,
): StateTargets {
  const { d_enc } = encoder;
  const tokens = tokenSpans(own.pieces, text);
  // Of a text that is longer than the encoder reads, the first tokens have states.
  const read = encoder.pieces.slice(0, encoder.states.length / d_enc);
  const found = tokenSpans(read, text).flatMap((span, k) => {
    const over = span === null ? [] : own.ids.filter((_, i) => {
      const token = tokens[i];
      return token && Math.min(token.to, span.to) > Math.max(token.from, span.from);
    });
    return over.length === 0 ? [] : [{ k, over }];
  });
  const states = new Float32Array(found.length * d_enc), targets = new Float32Array(found.length * d_lm);
  found.forEach(({ k, over }, row) => {
    states.set(encoder.states.subarray(k * d_enc, (k + 1) * d_enc), row * d_enc);
    for (let d = 0; d < d_lm; d++) {
      targets[row * d_lm + d] = over.reduce((sum, id) => sum + embeddings[id * d_lm + d]!, 0) / over.length;
    }
  });
  return { states, targets };
}

function joined(parts: readonly StateTargets[]): StateTargets {
  const join = (arrays: readonly Float32Array[]) => {
    const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const array of arrays) {
      all.set(array, at);
      at += array.length;
    }
    return all;
  };
  return {
    states: join(parts.map(({ states }) => states)),
    targets: join(parts.map(({ targets }) => targets)),
  };
}
