/**
 * Greedy decoding without a cache: the whole sequence goes through the training graph for every new token. Slow, and
 * shares nothing with the cached decoder but the layers; it is what the cached decoder is checked against.
 * @module
 */
import { atLeast, having } from "../../checked.ts";
import { argmax, compile, type CompileOptions, input, int32Data } from "../../tensor/mod.ts";
import type { Generated, GenerateOptions } from "./generate.ts";
import { embedTokens, llamaLogits, llamaParameters } from "./graph.ts";
import { eosTokenIds } from "./config.ts";
import { llamaFeeds, type LlamaModel } from "./model.ts";
import { padIds } from "../padding.ts";
import { type IdPrompts, promptBatch } from "./prompts.ts";

/** Continues every prompt as `createGenerator(model).generate` does; `side` is that of the padding. */
export async function generateUncached(
  model: LlamaModel,
  prompts: IdPrompts,
  options: GenerateOptions & { readonly side?: "left" | "right" },
  compileOptions: Pick<CompileOptions, "device" | "threads"> = {},
): Promise<Generated[]> {
  const { config } = model;
  promptBatch(prompts, config); // for its errors: ids that the model does not have would read beyond its embeddings
  const stops = options.stopIds ?? eosTokenIds(config);
  const parameters = llamaParameters(config);
  const [ids, attention_mask, position_ids] = atLeast(
    ["ids", "attention_mask", "position_ids"].map((name) => input(name, ["B", "T"], "int32")),
    3,
  );
  const logits = llamaLogits(config, parameters, embedTokens(parameters, ids), attention_mask, position_ids);
  const session = await compile({ next: argmax(logits) }, compileOptions);
  const feeds = llamaFeeds(model);
  const rows = prompts.map((prompt) => ({
    prompt,
    ids: [] as number[],
    finish: undefined as Generated["finish_reason"] | undefined,
  }));
  for (;;) {
    const open = rows.filter((row) => row.finish === undefined);
    if (open.length === 0) break;
    const padded = padIds(open.map((row) => [...row.prompt, ...row.ids]), options);
    const { next } = having(await session.run({ ...feeds, ...padded }), "next");
    const mask = int32Data(padded.attention_mask);
    const length = padded.ids.dims[1]!;
    open.forEach((row, i) => {
      const last = mask.lastIndexOf(1, (i + 1) * length - 1);
      const id = int32Data(next)[last]!;
      if (stops.includes(id)) row.finish = "stop";
      else {
        row.ids.push(id);
        const full = row.prompt.length + row.ids.length >= config.max_position_embeddings;
        if (full || row.ids.length >= options.maxNewTokens) row.finish = "length";
      }
    });
  }
  await session.dispose();
  return rows.map((row) => ({ ids: row.ids, finish_reason: row.finish! }));
}
