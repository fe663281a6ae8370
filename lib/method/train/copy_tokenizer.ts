/**
 * A trained LLM's tokenizer, which is the one that it came with.
 * @module
 */
import { join } from "node:path";
import { exists } from "../../files.ts";
import { TOKENIZER_FILES } from "../../model/checkpoint/tokenizer.ts";

/** Puts the LLM's tokenizer into its folder, so that other libraries can open it. */
export function copyTokenizer(from: string, to: string): void {
  for (const name of TOKENIZER_FILES) {
    if (exists(join(from, name))) Deno.copyFileSync(join(from, name), join(to, name));
  }
}
