/**
 * A trained system as a folder that other libraries open: plain Llama where the LLM reads tokens alone, else a model class
 * of its own beside its parts (`python/lingualift_torch/modeling_lingualift.py`).
 * @module
 */
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../../errors.ts";
import { exists, removeTree, writeFileAtomic } from "../../files.ts";
import { openRows, tokenizerOf, type TorchFolder } from "../../engine/torch/rows.ts";
import type { Runtime } from "../../lab/experiment/types.ts";
import { loadTokenizer, TOKENIZER_FILES } from "../../model/checkpoint/tokenizer.ts";
import { openLlm } from "../../model/llm.ts";
import type { AnswerInput } from "../evaluate/answer.ts";
import { TASK_OF } from "../evaluate/score.ts";
import { modelFolders, type Trained } from "../models/models.ts";
import { type Instruction, INSTRUCTIONS } from "../reader/prompts.ts";
import { isFused, type ReadingByStates } from "../reader/reading.ts";
import { vocabularyOf } from "../reader/vocabulary.ts";

const PACKAGE = fileURLToPath(new URL("../../../python/lingualift_torch", import.meta.url));

/** The class and what it imports. */
const CODE = [
  "modeling_lingualift.py",
  ...["answer.py", "bridge.py", "errors.py", "examples.py", "mini_encoder.py", "models.py", "objective.py"],
  ...["parallel.py", "system.py"],
];

/** How the system is asked. */
export interface Asked {
  readonly instruction: Instruction;
  readonly max_new_tokens: number;
  /** What is written into the folder's README: which run it is. */
  readonly origin: string;
}

/** A system as its `answer` step has it. @throws {UserError} for one that is not whole without another system */
export function askedSystem(input: unknown): { system: Trained; asked: Omit<Asked, "origin"> } {
  const { asked, evaluation, translations, ...system } = input as AnswerInput;
  if (translations !== undefined) {
    throw new UserError("Cannot export a system that reads what another one translates");
  }
  return {
    system,
    asked: { instruction: TASK_OF[asked.items], max_new_tokens: evaluation.max_new_tokens },
  };
}

/**
 * Writes the folder, which must not be there yet or be empty; it is whole or not there.
 * @throws {UserError} for a folder with something in it, an encoder whose folder has only a graph, or a second attention
 */
export async function exportSystem(
  system: Trained,
  asked: Asked,
  to: string,
  runtime: Runtime,
): Promise<void> {
  if (exists(to) && [...Deno.readDirSync(to)].length > 0) {
    throw new UserError(
      `Cannot export to "${to}": there is something in it; name a folder that is empty or new`,
    );
  }
  if (isFused(system.reading)) {
    throw new UserError(
      "Cannot export a system whose LLM has a second attention (LayAlign): the exported class computes none; " +
        "export another row",
    );
  }
  const folders = modelFolders(system.reading, system, system.trained);
  const encoder = folders.states?.encoder;
  if (encoder?.kind === "checkpoint") {
    throw new UserError(
      `Cannot export the encoder "${basename(encoder.encoder)}": it is a graph; take one from safetensors`,
    );
  }
  const part = `${to}.part`;
  removeTree(part);
  try {
    const llm = folders.states === null ? part : join(part, "llm");
    copy(folders.llm, llm);
    copyTokenizer(system.llm_tokenizer.dir, llm);
    if (folders.states !== null) {
      Deno.copyFileSync(folders.states.bridge, join(part, "bridge.safetensors"));
      await writeClass(part, folders.llm, { encoder: encoder!, system, asked, runtime });
    }
    writeFileAtomic(join(part, "README.md"), readme(folders.states === null, asked));
    removeTree(to);
    Deno.renameSync(part, to);
  } finally {
    removeTree(part);
  }
}

/** The encoder, the code of the class, and the configuration by which it is found. */
async function writeClass(
  to: string,
  llm: string,
  { encoder, system, asked, runtime }: {
    encoder: TorchFolder;
    system: Trained;
    asked: Asked;
    runtime: Runtime;
  },
): Promise<void> {
  copy(encoder.encoder, join(to, "encoder"));
  copyTokenizer(encoder.kind === "mini" ? encoder.tokenizer : encoder.encoder, join(to, "encoder"));
  if (encoder.kind === "transformers") {
    // Some have a sentencepiece model alone.
    writeFileAtomic(
      join(to, "encoder", "tokenizer.json"),
      (await tokenizerOf(encoder.encoder, runtime)).json,
    );
  }
  for (const name of CODE) Deno.copyFileSync(join(PACKAGE, name), join(to, name));
  const { text: { boundaries: { before, after }, max_tokens } } = await openRows(encoder, runtime);
  const { config } = openLlm(llm);
  const own = {
    model_type: "lingualift",
    architectures: ["LinguaLiftForCausalLM"],
    auto_map: {
      AutoConfig: "modeling_lingualift.LinguaLiftConfig",
      AutoModelForCausalLM: "modeling_lingualift.LinguaLiftForCausalLM",
    },
    encoder: {
      kind: encoder.kind,
      before,
      after,
      max_tokens,
      ...(encoder.kind === "bert" && encoder.digits !== undefined ? { digits: encoder.digits } : {}),
    },
    beside: (system.reading as ReadingByStates).beside,
    instruction: INSTRUCTIONS[asked.instruction],
    stop_ids: vocabularyOf(config, loadTokenizer(system.llm_tokenizer.dir)).eos,
    max_new_tokens: asked.max_new_tokens,
  };
  writeFileAtomic(join(to, "config.json"), `${JSON.stringify(own, null, 2)}\n`);
}

/** The files of a folder, without those that the lab adds to its artifacts. */
function copy(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const { name, isFile } of Deno.readDirSync(from)) {
    if (isFile && name !== "step.json" && name !== "loss.csv") {
      Deno.copyFileSync(join(from, name), join(to, name));
    }
  }
}

/** A tokenizer's files; scripts in its patterns by the names that Oniguruma, the library behind Python's, has for them. */
function copyTokenizer(from: string, to: string): void {
  for (const name of TOKENIZER_FILES.filter((name) => exists(join(from, name)))) {
    const text = Deno.readTextFileSync(join(from, name));
    writeFileAtomic(join(to, name), text.replaceAll(/\\p\{Script=(\w+)\}/g, "\\p{$1}"));
  }
}

function readme(plain: boolean, { instruction, origin }: Asked): string {
  const text = INSTRUCTIONS[instruction];
  const use = plain
    ? `model = AutoModelForCausalLM.from_pretrained(folder)\ntokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")\n` +
      `# bos, the question, then ${JSON.stringify(text)}; greedy.`
    : "model = AutoModelForCausalLM.from_pretrained(folder, trust_remote_code=True)\n" +
      'print(model.generate(["A question in any language that the encoder knows."]))';
  return `# ${origin}\n\nExported by LinguaLIFT Lab.\n\n\`\`\`python\nfrom transformers import AutoModelForCausalLM\n` +
    `${plain ? "from tokenizers import Tokenizer\n" : ""}\n${use}\n\`\`\`\n`;
}
