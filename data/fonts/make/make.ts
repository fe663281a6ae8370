/**
 * `deno task fonts`: cuts the report's fonts out of Noto's, as npm has them, and writes `fonts.json`, which says what
 * they were made of and which characters each has. The same packages give the same bytes.
 * @module
 */
import { Buffer } from "node:buffer";
import { create } from "fontkitten";
import subsetFont from "subset-font";
import config from "./deno.json" with { type: "json" };
import { type Wanted, wantedFonts } from "./characters.ts";
import { SOURCES } from "./sources.ts";

const FOLDER = new URL("../", import.meta.url);
/** What browsers switch on by themselves, without vertical writing; `tnum` for tables. */
const FEATURES = [
  ...["abvf", "abvm", "abvs", "akhn", "blwf", "blwm", "blws", "calt", "ccmp", "cfar", "cjct", "clig", "curs", "dist"],
  ...["fina", "fin2", "fin3", "half", "haln", "init", "isol", "kern", "liga", "ljmo", "locl", "ltra", "ltrm", "mark"],
  ...["med2", "medi", "mkmk", "nukt", "pref", "pres", "pstf", "psts", "rclt", "rkrf", "rlig", "rphf", "rtla", "rtlm"],
  ...["tjmo", "tnum", "vatu", "vjmo"],
];
/** Of vertical writing, of variable fonts and of screens that draw letters without smoothing. */
const UNUSED_TABLES = ["BASE", "STAT", "gasp", "meta", "vhea", "vmtx"];

interface Made {
  readonly file: string;
  readonly family: string;
  /** The font's own name and version, and the package that it came in. */
  readonly name: string;
  readonly version: string;
  readonly source: string;
  readonly copyright: string;
  readonly bytes: number;
  readonly sha256: string;
  /** As the style sheet has them. */
  readonly ranges: string;
}

async function make({ file, family, source, characters }: Wanted): Promise<Made> {
  const woff2: Uint8Array = await subsetFont(Buffer.from(SOURCES[source]), characters, {
    targetFormat: "woff2",
    keepFeatures: FEATURES,
    noHinting: true,
    dropTables: UNUSED_TABLES,
  });
  const font = create(Buffer.from(woff2));
  if (!("characterSet" in font)) throw new Error(`Cannot make ${file}: ${source} is a collection of fonts`);
  await Deno.writeFile(new URL(`${file}.woff2`, FOLDER), woff2);
  return {
    file: `${file}.woff2`,
    family,
    name: font.fullName,
    version: String(font.version),
    source: config.imports[`@expo-google-fonts/${source}`].replace("npm:", ""),
    copyright: font.copyright,
    bytes: woff2.length,
    sha256: new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(woff2))).toHex(),
    ranges: rangesOf(font.characterSet),
  };
}

/** Code points as CSS's `unicode-range`, "U+41-5A, U+61", without U+FFFF, which ends a font's table of characters. */
function rangesOf(codes: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const code of [...new Set(codes)].filter((code) => code !== 0xffff).sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else runs.push([code, code]);
  }
  const hex = (code: number) => code.toString(16).toUpperCase();
  return runs.map(([first, last]) => `U+${hex(first)}${last > first ? `-${hex(last)}` : ""}`).join(", ");
}

const fonts: Made[] = [];
const written = (code: string) => Deno.readTextFileSync(new URL(`../world/lang/${code}.json`, FOLDER));
for (const wanted of wantedFonts(written)) fonts.push(await make(wanted));
const subsetter = config.imports["subset-font"].replace("npm:", "");
await Deno.writeTextFile(
  new URL("fonts.json", FOLDER),
  `${JSON.stringify({ subsetter, features: FEATURES.join(" "), fonts }, null, 2)}\n`,
);
