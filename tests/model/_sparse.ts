/** Checkpoints of any size on next to no disk: safetensors whose data is a hole in the file (zeros when read). @module */
import { type LlamaConfig, llamaParameterShapes } from "../../lib/model/llama/config.ts";
import { checkTensors, openCheckpoint } from "../../lib/model/checkpoint/open.ts";

/** A Hugging Face folder of a Llama model in float16, its tensors spread over `shards` sparse files. */
export function writeSparseLlama(folder: string, config: LlamaConfig, shards: number): void {
  const entries = Object.entries(llamaParameterShapes(config));
  const weight_map: Record<string, string> = {};
  const perShard = Math.ceil(entries.length / shards);
  for (let i = 0; i < shards; i++) {
    const name = `model-0000${i + 1}-of-0000${shards}.safetensors`;
    let at = 0;
    const header: Record<string, unknown> = {};
    for (const [tensor, shape] of entries.slice(i * perShard, (i + 1) * perShard)) {
      const end = at + 2 * shape.reduce((a, b) => a * b, 1);
      header[tensor] = { dtype: "F16", shape, data_offsets: [at, end] };
      weight_map[tensor] = name;
      at = end;
    }
    writeSparseFile(`${folder}/${name}`, header, at);
  }
  Deno.writeTextFileSync(`${folder}/model.safetensors.index.json`, JSON.stringify({ weight_map }));
  const json = { architectures: ["LlamaForCausalLM"], ...config };
  Deno.writeTextFileSync(`${folder}/config.json`, JSON.stringify(json));
}

/** A safetensors file whose `bytes` of data are a hole: it claims them and occupies a few blocks of the disk. */
export function writeSparseFile(
  path: string,
  header: Readonly<Record<string, unknown>>,
  bytes: number,
): void {
  const json = new TextEncoder().encode(JSON.stringify(header));
  using file = Deno.openSync(path, { write: true, create: true });
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(json.length), true);
  file.writeSync(length);
  file.writeSync(json);
  file.truncateSync(8 + json.length + bytes);
}

/** Opens a checkpoint, checks that it has tensors of these shapes, and reads one. */
export function openedTensor(
  folder: string,
  shapes: Readonly<Record<string, readonly number[]>>,
  name: string,
): number[] {
  const checkpoint = openCheckpoint(folder);
  checkTensors(checkpoint, shapes);
  return [...checkpoint.float32(name)];
}
