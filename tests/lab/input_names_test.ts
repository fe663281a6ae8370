/** A run's input files are told apart by their names: two files of one name are refused before anything runs. */
import { doesNotThrow, throws } from "node:assert/strict";
import { checkInputNames } from "../../lib/lab/plan/prepare.ts";

Deno.test("an encoder and an LLM in folders of the same name are refused, with both paths", () => {
  const name = "models/final/tokenizer.json";
  const [encoder, llm] = ["/encoder/final/tokenizer.json", "/llm/final/tokenizer.json"];
  throws(() => checkInputNames([{ name, path: encoder }, { name, path: llm }], "own"), {
    name: "UserError",
    message:
      `own: "${encoder}" and "${llm}" would both be the input "${name}"; give one of their folders another name`,
  });
  doesNotThrow(() => checkInputNames([{ name, path: llm }, { name, path: llm }], "own"));
});
