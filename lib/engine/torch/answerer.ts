/**
 * A system that is asked, in PyTorch: prompts go out in as many parts as there are processes, each of which has the whole
 * model, and the answers come back in the order of the prompts.
 * @module
 */
import { loadBridge } from "../../model/bridge/file.ts";
import { drawOf } from "../../model/llama/generate.ts";
import { stream } from "../../random.ts";
import type { Answerer, Compute, Example, ModelFolders, Prompt, Sampling, TextEncoder } from "../engine.ts";
import { absoluteModel } from "./absolute.ts";
import { onOnnx } from "./encoder.ts";
import { openEncoder as openOnnxEncoder } from "../onnx/encoder.ts";
import { isTorch, openRows } from "./rows.ts";
import { type Session, sessionOf } from "./session.ts";

/** What goes with a request: the prompts, and the states of their texts where they are given. */
interface Sent {
  readonly prompts: readonly unknown[];
  readonly payload: Uint8Array<ArrayBuffer>;
}

type Intake = (prompts: readonly (Prompt | Example)[], max_text_tokens?: number) => Promise<Sent>;

export async function openAnswerer(model: ModelFolders, compute: Compute): Promise<Answerer> {
  const given = model.states !== null && !isTorch(model.states.encoder)
    ? await openOnnxEncoder(model.states.encoder, onOnnx(compute))
    : null;
  const intake = await intakeOf(model, compute, given);
  const parts = await Promise.all(
    Array.from({ length: (compute.processes ?? 1) / (compute.nodes ?? 1) }, async (_, gpu) => {
      const session = sessionOf(compute, gpu);
      const { message } = await session.ask("open", {
        model: absoluteModel(model),
        given: given !== null,
        compute: { ...compute, gpu },
      });
      return { session, opened: message.opened as number };
    }),
  );

  /** Each process takes its part, in order. */
  async function spread<T>(
    prompts: readonly (Prompt | Example)[],
    ask: (session: Session, opened: number, from: number, to: number) => Promise<readonly T[]>,
  ): Promise<T[]> {
    const answers = await Promise.all(parts.map(({ session, opened }, i) => {
      const [from, to] = [i, i + 1].map((n) => Math.floor(n * prompts.length / parts.length));
      return from === to ? [] : ask(session, opened, from!, to!);
    }));
    const all = answers.flat();
    if (all.length !== prompts.length) {
      throw new Error(`internal: ${prompts.length} prompts have ${all.length} answers`);
    }
    return all;
  }

  return {
    generate: (prompts, { max_new_tokens, stop_ids, max_text_tokens, sampling }) =>
      spread(prompts, async (session, opened, from, to) => {
        const asked = prompts.slice(from, to).map(({ text, ids }) => ({ text, ids }));
        const { prompts: own, payload } = await intake(asked, max_text_tokens);
        const { message } = await session.ask("generate", {
          opened,
          prompts: own,
          max_new_tokens,
          stop_ids,
          ...(sampling === undefined ? {} : drawsOf(sampling, from, to, max_new_tokens)),
        }, { payload });
        return message.ids as number[][];
      }),
    score: (examples) =>
      spread(examples, async (session, opened, from, to) => {
        const { prompts, payload } = await intake(examples.slice(from, to));
        const { message } = await session.ask("score", { opened, prompts }, { payload });
        return message.scores as number[];
      }),
    async dispose() {
      for (const { session, opened } of parts) await session.ask("close", { opened });
      await given?.dispose();
    },
  };
}

async function intakeOf(
  { states }: ModelFolders,
  compute: Compute,
  given: TextEncoder | null,
): Promise<Intake> {
  const none = new Uint8Array(0);
  const tokens = ({ ids, ...rest }: Prompt | Example) =>
    "target" in rest ? { ids, target: rest.target } : { ids };
  if (states === null) {
    return (prompts) => Promise.resolve({ prompts: prompts.map(tokens), payload: none });
  }
  if (isTorch(states.encoder)) {
    const { text } = await openRows(states.encoder, compute);
    return (prompts, most) => {
      const rows = prompts.map((one) => ({ ...tokens(one), encoder_ids: text.row(one.text!, most) }));
      return Promise.resolve({ prompts: rows, payload: none });
    };
  }
  const { config: { d_enc } } = loadBridge(states.bridge);
  return async (prompts, most) => {
    const read = await given!.encode(prompts.map(({ text }) => text!), most);
    const payload = new Uint8Array(read.reduce((sum, { byteLength }) => sum + byteLength, 0));
    let at = 0;
    for (const { buffer, byteOffset, byteLength } of read) {
      payload.set(new Uint8Array(buffer, byteOffset, byteLength), at);
      at += byteLength;
    }
    return {
      prompts: prompts.map((one, i) => ({ ...tokens(one), tokens: read[i]!.length / d_enc })),
      payload,
    };
  };
}

/** The draws of the named streams, so that what is drawn does not depend on the engine. */
function drawsOf({ temperature, seed, names }: Sampling, from: number, to: number, count: number) {
  const draws = names.slice(from, to).map((name) => {
    const own = stream(seed, "sampling", name);
    return Array.from({ length: count }, () => drawOf(own));
  });
  return { temperature, draws };
}
