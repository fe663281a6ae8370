/// <reference lib="deno.worker" />
/**
 * Draws the report in a thread of its own, so that the server answers meanwhile. Started by `draw.ts`.
 * @module
 */
import { UserError } from "../../errors.ts";
import { asUserError } from "../../os_errors.ts";
import { writeReport } from "../../report/write_report.ts";
import { miniSheets } from "../mini_sheets.ts";
import type { Drawing, Drawn } from "./draw.ts";

self.addEventListener("message", ({ data }: MessageEvent<Drawing>) => {
  draw(data).then((drawn) => self.postMessage(drawn));
});

async function draw({ store, out }: Drawing): Promise<Drawn> {
  try {
    const { pages } = await writeReport({ store, out, sheets: miniSheets() });
    return { pages };
  } catch (error) {
    const known = asUserError(error);
    if (known instanceof UserError) return { problem: known.message };
    return { problem: error instanceof Error ? error.stack ?? error.message : String(error) };
  }
}
