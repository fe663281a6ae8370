/**
 * A folder as transformers.js reads it, with the smallest encoder there is: a text's states are rows of a table, so that
 * what should come out is known without running anything.
 * @module
 */
import onnxProto from "onnx-proto";

/** Token i has id i; states of token i are [i, i + 0.5] unless said. */
export const WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "one", "two", "three", "four"];
export const SIZE = 2;

/** Writes it. `output` is what the graph calls its states, `side` where the tokenizer pads. */
export function writeLookupEncoder(
  folder: string,
  {
    output = "last_hidden_state",
    file = "model.onnx",
    side = "right",
    maxTokens = 512,
    states = (id: number) => [id, id + 0.5],
  } = {},
): void {
  Deno.mkdirSync(`${folder}/onnx`, { recursive: true });
  const write = (name: string, json: unknown) =>
    Deno.writeTextFileSync(`${folder}/${name}`, JSON.stringify(json));
  write("config.json", { model_type: "bert", hidden_size: SIZE });
  write("tokenizer_config.json", {
    tokenizer_class: "PreTrainedTokenizer",
    pad_token: "[PAD]",
    padding_side: side,
    model_max_length: maxTokens,
  });
  write("tokenizer.json", tokenizerJson());
  Deno.writeFileSync(`${folder}/onnx/${file}`, lookupGraph(output, states));
}

function tokenizerJson() {
  const special = (content: string) => ({ id: WORDS.indexOf(content), content, special: true });
  const token = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  return {
    version: "1.0",
    added_tokens: WORDS.slice(0, 4).map(special),
    normalizer: null,
    pre_tokenizer: { type: "BertPreTokenizer" },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    post_processor: {
      type: "TemplateProcessing",
      single: [token("[CLS]"), { Sequence: { id: "A", type_id: 0 } }, token("[SEP]")],
      special_tokens: Object.fromEntries(
        ["[CLS]", "[SEP]"].map((id) => [id, { id, ids: [WORDS.indexOf(id)], tokens: [id] }]),
      ),
    },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    },
  };
}

function lookupGraph(output: string, states: (id: number) => number[]): Uint8Array {
  const { AttributeProto, ModelProto, TensorProto } = onnxProto.onnx;
  const { FLOAT, INT64 } = TensorProto.DataType;
  const value = (name: string, elemType: number, dims: readonly string[]) => ({
    name,
    type: { tensorType: { elemType, shape: { dim: dims.map((dimParam) => ({ dimParam })) } } },
  });
  const axis = { name: "axis", type: AttributeProto.AttributeType.INT, i: 0 };
  const graph = {
    name: "lookup",
    input: [value("input_ids", INT64, ["batch", "length"])],
    output: [value(output, FLOAT, ["batch", "length", "size"])],
    initializer: [{
      name: "table",
      dataType: FLOAT,
      dims: [WORDS.length, SIZE],
      floatData: WORDS.flatMap((_, id) => states(id)),
    }],
    node: [{ opType: "Gather", input: ["table", "input_ids"], output: [output], attribute: [axis] }],
  };
  return ModelProto.encode({ irVersion: 8, opsetImport: [{ domain: "", version: 17 }], graph }).finish();
}
