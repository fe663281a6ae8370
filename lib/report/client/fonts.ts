/// <reference lib="dom" />
/**
 * Says what on the page has no letters, neither in this browser's fonts nor in the site's own. Of a script it draws two
 * letters: when they come out alike, both are the box that stands for a missing letter. Any other character of the page is
 * missing when it looks like one that Unicode does not have. Firefox writes a letter's code into its box, so that there
 * nothing is found and the note stays folded.
 * @module
 */

/** No character: all browsers draw a box. */
const BOX = "\u{50001}";
/** Codes that are told; of more their number is. */
const MOST_CODES = 8;
/** Letters, digits and signs beyond ASCII; a mark is drawn on a letter and a space has no shape. */
const DRAWN = /[^\p{ASCII}\p{M}\p{Z}\p{C}]/gu;
const SIZE = 32;

/** A character and the fonts in which the page shows it. */
interface Shown {
  readonly character: string;
  readonly family: string;
}

// After the page and its fonts are there, so that it waits for nothing.
addEventListener("load", () => {
  for (const note of document.querySelectorAll<HTMLDetailsElement>("details.fonts")) {
    tellMissing(note).finally(() => note.dataset.tried = "true");
  }
});

async function tellMissing(note: HTMLDetailsElement): Promise<void> {
  await document.fonts.ready;
  const scripts = [...note.querySelectorAll<HTMLElement>("[data-letters]")];
  const first = lacking(scripts, shownIn(document.querySelector("main")!));
  const ofScripts = first.scripts.flatMap(({ dataset }) =>
    [...dataset.letters!].map((character) => ({ character, family: bodyFamily() }))
  );
  const wanted = [...ofScripts, ...first.characters];
  if (wanted.length === 0) return;
  // A file that is not there leaves its boxes, and these are told.
  await Promise.allSettled(
    wanted.map(({ character, family }) => document.fonts.load(fontOf(family), character)),
  );
  const still = lacking(first.scripts, first.characters);
  const names = still.scripts.map(({ dataset }) => dataset.script);
  const missing = names.length > 0 ? names : codesOf(still.characters);
  if (missing.length === 0) return;
  const list = missing.join(", ");
  note.querySelector(".missing")!.textContent =
    `This browser has no letters for ${list}: boxes stand for them.`;
  note.hidden = false;
  note.open = true;
}

/** Each character once for each font that the page gives it; Chinese, Japanese and Korean have their own. */
function shownIn(main: HTMLElement): Shown[] {
  const shown = new Map<string, Shown>();
  const families = new Map<Element, string>();
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const characters = text.textContent!.match(DRAWN);
    if (characters === null) continue;
    const element = text.parentElement!.closest("body, [lang]")!;
    const family = families.get(element) ?? getComputedStyle(element).fontFamily;
    families.set(element, family);
    for (const character of characters) shown.set(character + family, { character, family });
  }
  return [...shown.values()];
}

/** Which of the scripts and characters come out as boxes now. */
function lacking(scripts: readonly HTMLElement[], characters: readonly Shown[]) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const draw = (character: string, family: string) => {
    context.font = fontOf(family);
    context.clearRect(0, 0, SIZE, SIZE);
    context.fillText(character, 4, 24);
    return new Uint32Array(context.getImageData(0, 0, SIZE, SIZE).data.buffer);
  };
  const isAlike = (one: Uint32Array, other: Uint32Array) => one.every((pixel, i) => pixel === other[i]);
  const boxes = new Map<string, Uint32Array>();
  for (const { family } of characters) {
    if (!boxes.has(family)) boxes.set(family, draw(BOX, family));
  }
  return {
    scripts: scripts.filter(({ dataset }) => {
      const [one, other] = [...dataset.letters!].map((letter) => draw(letter, bodyFamily()));
      return isAlike(one!, other!);
    }),
    characters: characters.filter(({ character, family }) =>
      isAlike(draw(character, family), boxes.get(family)!)
    ),
  };
}

/** "U+1200", "U+1208", "3 more". */
function codesOf(shown: readonly Shown[]): string[] {
  const codes = [...new Set(shown.map(({ character }) => character.codePointAt(0)!))]
    .map((code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
  const more = codes.length - MOST_CODES;
  return more > 0 ? [...codes.slice(0, MOST_CODES), `${more} more`] : codes;
}

function bodyFamily(): string {
  return getComputedStyle(document.body).fontFamily;
}

function fontOf(family: string): string {
  return `20px ${family}`;
}
