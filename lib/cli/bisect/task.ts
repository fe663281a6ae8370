/**
 * Entry of `deno task bisect`.
 * @module
 */
import { exitWith } from "../exit.ts";
import { bisectMain } from "./bisect.ts";

if (import.meta.main) await exitWith(() => bisectMain(Deno.args));
