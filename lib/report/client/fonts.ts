/// <reference lib="dom" />
/**
 * Says what on the page this browser has no letters for, after it has loaded the site's own fonts for it. Of a script it
 * draws two letters: when they come out alike, both are the box that stands for a missing letter. Any other character of the
 * page is missing when it looks like one that Unicode does not have. Firefox writes a letter's code into its box, so that
 * there nothing is found and the note stays folded.
 * @module
 */

/** No character: all browsers draw a box. */
const BOX = "\u{50001}";
/** Codes that are told; more say no more. */
const MOST_CODES = 8;

addEventListener("DOMContentLoaded", () => {
  for (const note of document.querySelectorAll<HTMLDetailsElement>("details.fonts")) {
    tellMissing(note).finally(() => note.dataset.tried = "true");
  }
});

async function tellMissing(note: HTMLDetailsElement): Promise<void> {
  const scripts = [...note.querySelectorAll<HTMLElement>("[data-letters]")];
  const characters = charactersOf(document.querySelector("main")!);
  const first = lacking(scripts, characters);
  const wanted = [...first.scripts.map(({ dataset }) => dataset.letters), ...first.characters].join("");
  if (wanted === "") return;
  // A file that is not there leaves its boxes, and these are told.
  await Promise.allSettled([document.fonts.load(pageFont(), wanted)]);
  const still = lacking(first.scripts, first.characters);
  const names = still.scripts.map(({ dataset }) => dataset.script);
  const missing = names.length > 0 ? names : codesOf(still.characters);
  if (missing.length === 0) return;
  note.querySelector(".missing")!.textContent = `This browser has no letters for ${
    missing.join(", ")
  }: boxes stand for them.`;
  note.hidden = false;
  note.open = true;
}

/** Which of the scripts and characters come out as boxes now. */
function lacking(scripts: readonly HTMLElement[], characters: readonly string[]) {
  const draw = drawer();
  const box = draw(BOX);
  return {
    scripts: scripts.filter(({ dataset }) => {
      const [one, other] = dataset.letters!;
      return draw(one!) === draw(other!);
    }),
    characters: characters.filter((character) => draw(character) === box),
  };
}

/** Letters, digits and signs beyond ASCII, each once; a mark is drawn on a letter and a space has no shape. */
function charactersOf(element: HTMLElement): string[] {
  const all = new Set(element.innerText.match(/[^\p{ASCII}\p{M}\p{Z}\p{C}]/gu));
  return [...all];
}

/** "U+1200", "U+1208", "3 more characters". */
function codesOf(characters: readonly string[]): string[] {
  const codes = characters.map((c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`);
  const more = codes.length - MOST_CODES;
  return more > 0 ? [...codes.slice(0, MOST_CODES), `${more} more characters`] : codes;
}

/** The page's font, as CSS writes it. */
function pageFont(): string {
  return `32px ${getComputedStyle(document.body).fontFamily}`;
}

/** Draws a letter as the page does; equal strings are equal pictures. */
function drawer(): (letter: string) => string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 64;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.font = pageFont();
  return (letter) => {
    context.clearRect(0, 0, 64, 64);
    context.fillText(letter, 8, 44);
    return String.fromCharCode(...context.getImageData(0, 0, 64, 64).data.filter((_, i) => i % 4 === 3));
  };
}
