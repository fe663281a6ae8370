/**
 * Runs one multiplication on the device given as argument: whoever wants to know whether a device is there starts this
 * as a process of its own, because a fault in a driver ends it.
 * @module
 */
import { having } from "../checked.ts";
import { compile, type Device, float32, float32Data, input, matmul } from "./mod.ts";

async function probe(device: string): Promise<void> {
  const graph = { y: matmul(input("x", [1, 2]), input("w", [2, 1])) };
  const session = await compile(graph, { device: device as Device, threads: 1 });
  const { y } = having(await session.run({ x: float32([2, 3], [1, 2]), w: float32([5, 7], [2, 1]) }), "y");
  const [answer] = float32Data(y);
  await session.dispose();
  if (answer !== 31) throw new Error(`2 · 5 + 3 · 7 gave ${answer}`);
}

if (import.meta.main) await probe(Deno.args[0]!);
