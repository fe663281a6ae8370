/// <reference lib="dom" />
/**
 * Says which scripts of the page this browser has no letters for. It draws two letters of each: when they come out alike,
 * both are the box that stands for a missing letter. Firefox writes the letter's code into its box, so that there nothing
 * is found and the note stays folded.
 * @module
 */

addEventListener("DOMContentLoaded", () => {
  for (const note of document.querySelectorAll<HTMLDetailsElement>("details.fonts")) tellMissing(note);
});

function tellMissing(note: HTMLDetailsElement): void {
  const missing = [...note.querySelectorAll<HTMLElement>("[data-letters]")].filter(({ dataset }) => {
    const [first, second] = dataset.letters!;
    return picture(first!) === picture(second!);
  });
  if (missing.length === 0) return;
  const names = missing.map(({ dataset }) => dataset.script).join(", ");
  note.querySelector(".missing")!.textContent =
    `This browser has no letters for ${names}: boxes stand for them.`;
  note.open = true;
}

/** A letter as the page draws it. */
function picture(letter: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 64;
  const context = canvas.getContext("2d")!;
  context.font = `32px ${getComputedStyle(document.body).fontFamily}`;
  context.fillText(letter, 8, 44);
  return canvas.toDataURL();
}
