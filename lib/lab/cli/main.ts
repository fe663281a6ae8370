/**
 * Entry of `deno task experiment`.
 * @module
 */
import { experimentMain } from "./experiment.ts";
import { exitWith } from "./terminal.ts";

if (import.meta.main) await exitWith(() => experimentMain(Deno.args));
