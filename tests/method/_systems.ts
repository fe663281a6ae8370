/** All compared systems, for laws that hold of each. @module */
import type { DefinedSystem } from "../../lib/method/system.ts";
import { crossin } from "../../lib/method/systems/crossin.ts";
import { langbridge } from "../../lib/method/systems/langbridge.ts";
import { layalign } from "../../lib/method/systems/layalign.ts";
import { lingualift } from "../../lib/method/systems/lingualift.ts";
import { mapo } from "../../lib/method/systems/mapo.ts";
import { merlin } from "../../lib/method/systems/merlin.ts";
import { mindmerger } from "../../lib/method/systems/mindmerger.ts";
import { monoSft } from "../../lib/method/systems/mono_sft.ts";
import { multiSft } from "../../lib/method/systems/multi_sft.ts";
import { qalign } from "../../lib/method/systems/qalign.ts";
import { translateEn } from "../../lib/method/systems/translate_en.ts";

/** But Mono-SFT's flavours, whose data only the mini world can write. */
// deno-lint-ignore no-explicit-any -- existential: each has a recipe type of its own
export const SYSTEMS: readonly DefinedSystem<any>[] = [
  lingualift,
  monoSft,
  multiSft,
  mapo,
  qalign,
  translateEn,
  langbridge,
  mindmerger,
  crossin,
  merlin,
  layalign,
];
