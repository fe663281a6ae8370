/** The committed fonts: whole, as the style sheet has them, and with every character of every language. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { basename } from "node:path";
import { create } from "fontkitten";
import * as v from "valibot";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { sha256 } from "../../lib/hash.ts";
import { fontFiles, ownFonts } from "../../lib/report/assets/font_faces.ts";
import { styleSheet } from "../../lib/report/assets/style_sheet.ts";
import { mini } from "../../lib/world/mini/mod.ts";
import { LANGUAGE_FOLDER } from "../../lib/world/mini/language.ts";
import type { LanguageSheet } from "../../lib/report/sheets.ts";
import type { BenchmarkId } from "../../lib/world/world.ts";

const FOLDER = new URL("../../data/fonts/", import.meta.url);
const MANIFEST = v.object({
  subsetter: v.string(),
  fonts: v.array(v.object({
    file: v.string(),
    source: v.string(),
    copyright: v.string(),
    bytes: v.number(),
    sha256: v.string(),
  })),
});
const manifest = v.parse(MANIFEST, readJson("fonts.json"));
const fonts = new Map(ownFonts().map((font) => [font.file, font]));
/** What the fonts themselves say that they have. */
const characters = new Map([...fonts.keys()].map((file) => [file, charactersIn(file)]));
/** Which family a language's letters come from, where it is not the one of all. */
const FAMILY: Readonly<Record<string, string>> = { zh: "Lab Noto SC", ja: "Lab Noto JP", ko: "Lab Noto KR" };

function readJson(name: string): unknown {
  return JSON.parse(Deno.readTextFileSync(new URL(name, FOLDER)));
}

function charactersIn(file: string): Set<number> {
  const font = create(Buffer.from(Deno.readFileSync(new URL(file, FOLDER))));
  ok("characterSet" in font, file);
  // The last entry of a font's table, which is no character.
  return new Set(font.characterSet.filter((code) => code !== 0xffff));
}

/** The code points of a `unicode-range`. */
function codesIn(ranges: string): Set<number> {
  return new Set(
    ranges.split(", ").flatMap((range) => {
      const [first, last = first] = range.replace("U+", "").split("-").map((hex) => parseInt(hex, 16));
      return Array.from({ length: last! - first! + 1 }, (_, i) => first! + i);
    }),
  );
}

Deno.test("the committed fonts are those that fonts.json tells of, from the packages that the maker locks, with the licence", () => {
  const maker = JSON.stringify(readJson("make/deno.json"));
  const lock = JSON.stringify(readJson("make/deno.lock"));
  const licence = Deno.readTextFileSync(new URL("OFL.txt", FOLDER));
  const files = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).filter((name) =>
    name.endsWith(".woff2")
  );
  deepStrictEqual(manifest.fonts.map(({ file }) => file).sort(), files.sort());
  for (const { file, source, copyright, bytes, sha256: hash } of manifest.fonts) {
    const content = Deno.readFileSync(new URL(file, FOLDER));
    deepStrictEqual([content.length, sha256(content)], [bytes, hash], file);
    ok(maker.includes(`"npm:${source}"`) && lock.includes(`"${source}"`), source);
    ok(licence.includes(copyright), `${file}: ${copyright}`);
  }
  ok(maker.includes(`"npm:${manifest.subsetter}"`), manifest.subsetter);
  match(licence, /SIL OPEN FONT LICENSE Version 1\.1/);
});

Deno.test("all fonts together have less than 3 MB", () => {
  ok(manifest.fonts.reduce((sum, { bytes }) => sum + bytes, 0) < 3e6);
});

Deno.test("the style sheet has a rule for each file that the site copies, whose range is the characters of the font", () => {
  const rules = [
    ...styleSheet().matchAll(
      /@font-face \{\s+font-family: "([^"]+)";\s+src: url\("fonts\/([^"]+)"\) format\("woff2"\);\s+unicode-range: ([^;]+);\s+\}/g,
    ),
  ].map(([, family, file, ranges]) => ({ family: family!, file: file!, ranges: ranges! }));
  deepStrictEqual(
    [...rules.map(({ file }) => file), "OFL.txt"],
    fontFiles().map(({ pathname }) => basename(pathname)),
  );
  for (const { family, file, ranges } of rules) {
    strictEqual(family, fonts.get(file)!.family);
    deepStrictEqual([...codesIn(ranges)], [...characters.get(file)!].sort((a, b) => a - b), file);
  }
});

Deno.test("no character is in two files of a family, but those that join letters and the circle that carries a mark", () => {
  const shared = new Set([0x200c, 0x200d, 0x25cc]);
  for (const [family, list] of Map.groupBy(fonts.values(), (font) => font.family)) {
    const all = list.flatMap(({ file }) => [...characters.get(file)!]).filter((code) => !shared.has(code));
    strictEqual(all.length, new Set(all).size, family);
  }
});

/** What a page can show of a language of the mini world. */
function textsOf(sheet: LanguageSheet): string {
  const { code } = sheet;
  const benchmarks: BenchmarkId[] = ["mmwp", "mgsm", "msvamp", "xnli", "xcsqa"];
  return [
    JSON.stringify(sheet),
    Deno.readTextFileSync(new URL(`${code}.json`, LANGUAGE_FOLDER)),
    ...benchmarks.map((id) => JSON.stringify(mini.benchmark(id, code, { items: 40 }))),
    JSON.stringify(mini.instructions("math", code, { seed: 1, count: 40 })),
    JSON.stringify(mini.retrieval(code, { items: 40 })),
  ].join("\n");
}

Deno.test("every character of every text in the 48 languages is in a font of its language", () => {
  const { languages } = miniSheets();
  strictEqual(languages.length, 48);
  let tried = 0;
  for (const sheet of languages) {
    const { code } = sheet;
    const families = ["Lab Noto", FAMILY[code]];
    const has = [...fonts.values()].filter(({ family }) => families.includes(family))
      .map(({ file }) => characters.get(file)!);
    const written = [...new Set(textsOf(sheet).normalize("NFC"))].filter((c) => !/\p{C}/u.test(c));
    const lost = written.filter((c) => !has.some((font) => font.has(c.codePointAt(0)!)));
    deepStrictEqual(
      lost,
      [],
      `${code}: add them in data/fonts/make/characters.ts and run \`deno task fonts\``,
    );
    tried += written.length;
  }
  ok(tried > 48 * 60, String(tried));
});

Deno.test("the report's own signs are in its fonts", () => {
  const latin = [...fonts.values()].filter(({ family }) => family === "Lab Noto")
    .flatMap(({ file }) => [...characters.get(file)!]);
  const own = [...new Set(Deno.readDirSync(new URL("../../lib/report/html/", import.meta.url)))]
    .map(({ name }) => Deno.readTextFileSync(new URL(`../../lib/report/html/${name}`, import.meta.url))).join(
      "",
    );
  const signs = new Set(own.match(/[^\p{ASCII}]/gu));
  ok(signs.size > 3);
  const told = [...own.matchAll(/\\u([\da-f]{4})/g)].map(([, hex]) => parseInt(hex!, 16));
  const lost = [...[...signs].map((c) => c.codePointAt(0)!), ...told].filter((code) =>
    !latin.includes(code) && !/\p{C}|\p{Zl}|\p{Zp}/u.test(String.fromCodePoint(code))
  );
  deepStrictEqual(lost.map((code) => String.fromCodePoint(code)), []);
});
