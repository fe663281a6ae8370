"use strict";
(() => {
  var BOX = "\u{50001}";
  var MOST_CODES = 8;
  addEventListener("DOMContentLoaded", () => {
    for (const note of document.querySelectorAll("details.fonts")) {
      tellMissing(note).finally(() => note.dataset.tried = "true");
    }
  });
  async function tellMissing(note) {
    const scripts = [
      ...note.querySelectorAll("[data-letters]")
    ];
    const characters = charactersOf(document.querySelector("main"));
    const first = lacking(scripts, characters);
    const wanted = [
      ...first.scripts.map(({ dataset }) => dataset.letters),
      ...first.characters
    ].join("");
    if (wanted === "") return;
    await Promise.allSettled([
      document.fonts.load(pageFont(), wanted)
    ]);
    const still = lacking(first.scripts, first.characters);
    const names = still.scripts.map(({ dataset }) => dataset.script);
    const missing = names.length > 0 ? names : codesOf(still.characters);
    if (missing.length === 0) return;
    note.querySelector(".missing").textContent = `This browser has no letters for ${missing.join(", ")}: boxes stand for them.`;
    note.hidden = false;
    note.open = true;
  }
  function lacking(scripts, characters) {
    const draw = drawer();
    const box = draw(BOX);
    return {
      scripts: scripts.filter(({ dataset }) => {
        const [one, other] = dataset.letters;
        return draw(one) === draw(other);
      }),
      characters: characters.filter((character) => draw(character) === box)
    };
  }
  function charactersOf(element) {
    const all = new Set(element.innerText.match(/[^\p{ASCII}\p{M}\p{Z}\p{C}]/gu));
    return [
      ...all
    ];
  }
  function codesOf(characters) {
    const codes = characters.map((c) => `U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
    const more = codes.length - MOST_CODES;
    return more > 0 ? [
      ...codes.slice(0, MOST_CODES),
      `${more} more characters`
    ] : codes;
  }
  function pageFont() {
    return `32px ${getComputedStyle(document.body).fontFamily}`;
  }
  function drawer() {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 64;
    const context = canvas.getContext("2d", {
      willReadFrequently: true
    });
    context.font = pageFont();
    return (letter) => {
      context.clearRect(0, 0, 64, 64);
      context.fillText(letter, 8, 44);
      return String.fromCharCode(...context.getImageData(0, 0, 64, 64).data.filter((_, i) => i % 4 === 3));
    };
  }
})();
