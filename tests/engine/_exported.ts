/**
 * Exported folders, opened in Python: what a script there says, beside the lab's answers.
 * @module
 */
import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { INSTRUCTIONS } from "../../lib/method/reader/prompts.ts";
import type { Bench } from "../method/_tiny.ts";
import { TESTED } from "./_engines.ts";

const { compute } = TESTED.find(({ engine }) => engine.name === "torch")!;

/** Opens a folder by its own class and answers questions: folder, questions as JSON. */
export const ASKS_CLASS = `import json, sys
from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained(sys.argv[1], trust_remote_code=True)
print(json.dumps(model.generate(json.loads(sys.argv[2]))))`;

/** The questions as they were asked, without what the LLM was told after them. */
export function questionsOf({ answers }: Bench): string[] {
  const told = INSTRUCTIONS.math;
  return answers.map(({ prompt }) => prompt.endsWith(told) ? prompt.slice(0, -told.length) : prompt);
}

/** The lab's answers, which are not all nothing. */
export function isAnswered(said: unknown, { answers }: Bench): void {
  const outputs = answers.map(({ output }) => output);
  ok(outputs.some((output) => output !== ""), "nothing was written");
  deepStrictEqual(said, outputs);
}

/** What a script prints as JSON; it runs elsewhere than in the lab's folder. */
export function python(folder: string, script: string, args: readonly string[]): unknown {
  const { success, stdout, stderr } = new Deno.Command(compute!.program!, {
    args: ["-c", script, ...args],
    cwd: folder,
    env: { HF_HOME: join(folder, "hf"), HF_HUB_OFFLINE: "1" },
  }).outputSync();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(text(stderr));
  return JSON.parse(text(stdout).trim().split("\n").at(-1)!);
}
