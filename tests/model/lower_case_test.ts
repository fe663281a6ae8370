/** Normalising as the reference library does, against its own ids and texts; and the ids that encoders read. @module */
import { deepStrictEqual, notStrictEqual, strictEqual } from "node:assert/strict";
import {
  BertNormalizer,
  LowercaseNormalizer,
  NFKCNormalizer,
  SequenceNormalizer,
} from "@huggingface/tokenizers";
import * as fc from "fast-check";
import { followReference } from "../../lib/model/checkpoint/_reference_normalizer.ts";
import { loadOnnxEncoder } from "../../lib/model/encoder/onnx.ts";
import { findOnnxFolder } from "../../lib/model/encoder/onnx_folder.ts";
import { loadTokenizer } from "../../lib/model/checkpoint/tokenizer.ts";
import { testWithMiniLm } from "./_models.ts";
import golden from "./lower_case.json" with { type: "json" };

const BERT = {
  type: "BertNormalizer" as const,
  clean_text: true,
  handle_chinese_chars: true,
  lowercase: true,
};
const NFKC_LOWER = {
  type: "Sequence" as const,
  normalizers: [{ type: "NFKC" as const }, { type: "Lowercase" as const }],
};

function corrected<T>(normalizer: T): T {
  followReference(normalizer);
  return normalizer;
}

Deno.test("followReference() makes the package's normalisers give the reference's texts", () => {
  const [bert, sequence] = [
    corrected(new BertNormalizer(BERT)),
    corrected(new SequenceNormalizer(NFKC_LOWER)),
  ];
  for (const { text, bert: expected, nfkc_lower } of golden.cases) {
    strictEqual(bert.normalize(text), expected, text);
    strictEqual(sequence.normalize(text), nfkc_lower, text);
  }
  // Else the golden texts would prove nothing.
  notStrictEqual(new BertNormalizer(BERT).normalize("ΣΑΣ"), "σασ");
});

Deno.test("a corrected lower case is that of each character, whatever stands beside it", () => {
  const lower = corrected(new LowercaseNormalizer({ type: "Lowercase" }));
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(..."ΣσςΑαİIıẞΌ'.\u0301 ")).map((cs) => cs.join("")),
  );
  fc.assert(
    fc.property(text, (text) => {
      strictEqual(lower.normalize(text), [...text].map((c) => (c === "Σ" ? "σ" : c.toLowerCase())).join(""));
    }),
    { numRuns: 500 },
  );
});

Deno.test("followReference() leaves normalisers alone that lower nothing", () => {
  followReference(null);
  for (
    const kept of [new NFKCNormalizer({ type: "NFKC" }), new BertNormalizer({ ...BERT, lowercase: false })]
  ) {
    strictEqual(corrected(kept).normalize("ΣΑΣ"), "ΣΑΣ");
  }
});

testWithMiniLm("MiniLM's tokenizer gives Python's ids, loaded alone and with the encoder", async (folder) => {
  const tokenizer = loadTokenizer(folder);
  for (const { text, minilm_ids } of golden.cases) deepStrictEqual(tokenizer.encode(text), minilm_ids, text);
  const encoder = await loadOnnxEncoder(findOnnxFolder(folder, { models: folder }), { threads: 1 });
  try {
    for (const { text, minilm_ids } of golden.cases) {
      strictEqual(encoder.countTokens(text), minilm_ids.length, text);
    }
    const [upper, lower] = await encoder.encode(["ΟΔΥΣΣΕΥΣ", "οδυσσευσ"]);
    deepStrictEqual(upper, lower);
  } finally {
    await encoder.dispose();
  }
});
