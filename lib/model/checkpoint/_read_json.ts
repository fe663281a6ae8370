/**
 * Reading a JSON file of a checkpoint.
 * @module
 */
import { UserError } from "../../errors.ts";

/** The parsed content. @throws {UserError} naming the file when it is missing or not JSON. */
export function readJsonFile(path: string): unknown {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Deno.readFileSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(
      `Cannot read "${path}": there is no such file; a checkpoint folder in Hugging Face layout has it`,
      { cause: error },
    );
  }
  try {
    // Fatal, so that no byte becomes another character (of a vocabulary, say) unnoticed.
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new UserError(`Cannot read "${path}": it is not JSON in UTF-8`, { cause: error });
  }
}
