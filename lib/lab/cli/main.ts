/**
 * Entry of `deno task experiment`.
 * @module
 */
import { exitWith } from "../../cli/exit.ts";
import { experimentMain } from "./experiment.ts";

if (import.meta.main) await exitWith(() => experimentMain(Deno.args));
