/**
 * Entry of `deno task experiment`.
 * @module
 */
import { exitWith } from "../exit.ts";
import { experimentMain } from "./experiment.ts";

if (import.meta.main) await exitWith(() => experimentMain(Deno.args));
