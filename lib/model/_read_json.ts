/**
 * Reading a JSON file of a checkpoint.
 * @module
 */
import { UserError } from "../errors.ts";

/** The parsed content. @throws {UserError} naming the file when it is missing or not JSON. */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(
      `Cannot read "${path}": there is no such file; a checkpoint folder in Hugging Face layout has it`,
      { cause: error },
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`Cannot read "${path}": it is not JSON`, { cause: error });
  }
}
