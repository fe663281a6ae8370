/** The pages on a machine whose only font has ASCII: letters come from the site, on the screen and on paper. */
/// <reference lib="dom" />
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { miniSheets } from "../../lib/cli/mini_sheets.ts";
import { ownFonts } from "../../lib/report/assets/font_faces.ts";
import { SCRIPT_FONTS } from "../../lib/report/fonts.ts";
import { testSite } from "./_site.ts";

/** The one font of the machine, as a PDF names it (`latin_only.py`). */
const MACHINE = "LatinOnly-Regular";
/** A language of every script, and two whose Latin letters few fonts have; the font that must draw it. */
const DRAWN_BY: Readonly<Record<string, string>> = {
  ar: "NotoSansArabic-Regular",
  bn: "NotoSansBengali-Regular",
  gu: "NotoSansGujarati-Regular",
  ha: "NotoSans-Regular",
  hi: "NotoSansDevanagari-Regular",
  hy: "NotoSansArmenian-Regular",
  ja: "NotoSansJP-Regular",
  kn: "NotoSansKannada-Regular",
  ko: "NotoSansKR-Regular",
  ml: "NotoSansMalayalam-Regular",
  ru: "NotoSans-Regular",
  ta: "NotoSansTamil-Regular",
  te: "NotoSansTelugu-Regular",
  th: "NotoSansThai-Regular",
  vi: "NotoSans-Regular",
  zh: "NotoSansSC-Regular",
};
const mini = miniSheets();
/** A language of a script that the fonts lack. */
const strange = {
  ...mini.languages[0]!,
  code: "am",
  name: "Amharic",
  script: "Ethiopic",
  endonym: "\u1200\u1208",
};
const site = testSite([{ seeds: [1, 2] }], {
  sheets: { ...mini, languages: [...mini.languages, strange] },
  fonts: dirname(fileURLToPath(import.meta.url)),
});

/** The page's note after it has tried: whether it is shown, and what it says. */
async function note(page: Page): Promise<{ shown: boolean; missing: string }> {
  await page.waitForFunction(() =>
    document.querySelector<HTMLElement>("details.fonts")!.dataset.tried === "true"
  );
  return await page.$eval("details.fonts", (details) => ({
    shown: (details as HTMLDetailsElement).open && details.checkVisibility(),
    missing: details.querySelector(".missing")!.textContent!,
  }));
}

/** Glyphs by font in the texts of the page's first section, asked of the browser, and how many of them may be ASCII's. */
async function glyphs(page: Page): Promise<{ fonts: Map<string, number>; ascii: number }> {
  const session = await page.createCDPSession();
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeIds } = await session.send("DOM.querySelectorAll", {
    nodeId: root.nodeId,
    selector: "#problems .own p",
  });
  const fonts = new Map<string, number>();
  for (const nodeId of nodeIds) {
    const { fonts: used } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
    for (const { postScriptName, glyphCount } of used) {
      fonts.set(postScriptName, (fonts.get(postScriptName) ?? 0) + glyphCount);
    }
  }
  const text = await page.$$eval("#problems .own p", (list) => list.map((p) => p.textContent).join(""));
  return { fonts, ascii: text.match(/\p{ASCII}/gu)?.length ?? 0 };
}

for (const [code, font] of Object.entries(DRAWN_BY)) {
  site.test(`the page of ${code} and its PDF have letters from the site's ${font}`, async () => {
    const { page, complaints } = await site.open(`languages/${code}.html`);
    deepStrictEqual(await note(page), { shown: false, missing: "" });
    deepStrictEqual(complaints, []);
    const { fonts, ascii } = await glyphs(page);
    ok(fonts.get(font)! > 100, JSON.stringify([...fonts]));
    ok((fonts.get(MACHINE) ?? 0) <= ascii, `boxes: ${JSON.stringify([...fonts])}, ${ascii} ASCII`);
    const pdf = new TextDecoder("latin1").decode(await page.pdf());
    const embedded = new Set([...pdf.matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)].map(([, name]) => name));
    ok(embedded.has(font) && /\/FontFile2 \d+ 0 R/.test(pdf), [...embedded].join(", "));
    await page.close();
  });
}

site.test("the list of languages has letters for all but the strange one, whose codes it tells", async () => {
  const { page, complaints } = await site.open("languages.html");
  deepStrictEqual(await note(page), {
    shown: true,
    missing: "This browser has no letters for U+1200, U+1208: boxes stand for them.",
  });
  deepStrictEqual(complaints, []);
  await page.close();
});

site.test("a page loads only the fonts whose characters it shows", async () => {
  // "math" has the arrows to the neighbours.
  for (const [code, expected] of [["th", ["latin", "thai", "math"]], ["en", ["latin", "math"]]] as const) {
    const { page } = await site.open(`languages/${code}.html`);
    await note(page);
    const ranges = await page.evaluate(() =>
      [...document.fonts].filter(({ status }) => status === "loaded").map(({ unicodeRange }) => unicodeRange)
    );
    const loaded = ownFonts().filter((font) => ranges.includes(font.ranges)).map(({ file }) =>
      file.replace(".woff2", "")
    );
    strictEqual(loaded.length, ranges.length);
    deepStrictEqual(loaded, expected, code);
    await page.close();
  }
});

/** Milliseconds of a processor that a page takes until it and its fonts are there, whoever else uses the machine. */
async function opens(path: string): Promise<number> {
  const { page } = await site.open(path);
  const session = await page.createCDPSession();
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () =>
    (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")!.value;
  const before = await spent();
  await page.reload({ waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready.then(() => true));
  const took = (await spent() - before) * 1000;
  await page.close();
  ok(took > 1, `${path}: nothing was measured`);
  return took;
}

site.test("the pages with most text and most fonts, and an experiment's, open in less than a second of a processor", async () => {
  const largest = [...Deno.readDirSync(join(site.folder, "languages"))]
    .map(({ name }) => ({
      path: `languages/${name}`,
      size: Deno.statSync(join(site.folder, "languages", name)).size,
    }))
    .reduce((one, other) => other.size > one.size ? other : one).path;
  for (const path of [largest, "languages.html", "experiments/stage_removal.mini.micro.html"]) {
    const took = await opens(path);
    ok(took < 1000, `${path}: ${took} ms`);
  }
});

site.test("letters join as their scripts join them, and stay apart where they are kept apart", async () => {
  const { page } = await site.open("languages.html");
  await note(page);
  const alike = await page.evaluate(async () => {
    const pairs = ["क्ष", "ক্ষ", "ક્ષ", "ಕ್ಷ", "ക്ക", "க்ஷ", "క్ష", "بب"];
    const font = `32px ${getComputedStyle(document.body).fontFamily}`;
    await document.fonts.load(font, pairs.join(""));
    const picture = (text: string) => {
      const canvas = document.createElement("canvas");
      const context = canvas.getContext("2d")!;
      context.font = font;
      context.fillText(text, 8, 60);
      return canvas.toDataURL();
    };
    // The zero-width non-joiner stands before the last letter.
    return pairs.filter((text) => picture(text) === picture(text.replace(/.$/u, "\u200c$&")));
  });
  deepStrictEqual(alike, []);
  await page.close();
});

site.test("the page of a script that has no font of its own has a note, which is shown where it is needed", async () => {
  for (const [code, needed] of [["am", true], ["vi", false]] as const) {
    const { page } = await site.open(`languages/${code}.html`);
    strictEqual((await note(page)).shown, needed, code);
    strictEqual(await page.$eval("details.fonts", (details) => details.checkVisibility()), needed, code);
    await page.close();
  }
});

site.test("pages whose texts nobody knows beforehand have the note, hidden until a letter is missing", async () => {
  const known = await site.open("samples/mini.mgsm.html");
  deepStrictEqual(await note(known.page), { shown: false, missing: "" });
  strictEqual(await known.page.$eval("details.fonts", (details) => details.checkVisibility()), false);
  await known.page.close();
  const path = join(site.folder, "samples/mini.mgsm.html");
  Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("</h1>", " \u{1F34E} \u1200 \u732B</h1>"));
  const { page } = await site.open("samples/mini.mgsm.html");
  deepStrictEqual(await note(page), {
    shown: true,
    missing: "This browser has no letters for U+1F34E, U+1200: boxes stand for them.",
  });
  await page.close();
});

site.test("a page whose fonts were left behind says which scripts it has no letters for", async () => {
  const folder = join(site.folder, "assets/fonts");
  Deno.renameSync(folder, `${folder}.away`);
  try {
    const { page } = await site.open("languages.html");
    const { shown, missing } = await note(page);
    strictEqual(shown, true);
    for (const { script } of SCRIPT_FONTS) ok(missing.includes(script), `${script}: ${missing}`);
    await page.close();
  } finally {
    Deno.renameSync(`${folder}.away`, folder);
  }
});
