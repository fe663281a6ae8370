/**
 * One thing that `deno task doctor` looked at.
 * @module
 */
import { capitalised } from "../../format.ts";
import { asUserError, EnvironmentError } from "../../os_errors.ts";
import { UserError } from "../../errors.ts";

/** `advice` says what to do when it is not "ok". */
export interface Examination {
  readonly name: string;
  readonly state: "ok" | "warning" | "error";
  readonly found: string;
  readonly advice?: string | undefined;
}

/** Looks; what a person can act on becomes an examination, too, so that the rest is still looked at. */
export async function examined(
  name: string,
  look: () => Examination[] | Promise<Examination[]>,
): Promise<Examination[]> {
  try {
    return await look();
  } catch (error) {
    const known = asUserError(error);
    if (known instanceof EnvironmentError) {
      return [{
        name,
        state: "error",
        found: `"${known.path}": ${known.wrong}`,
        advice: capitalised(known.remedy),
      }];
    }
    if (known instanceof UserError) return [{ name, state: "warning", found: known.message }];
    throw error;
  }
}
