"use strict";
(() => {
  var BOX = "\u{50001}";
  var MOST_CODES = 8;
  var DRAWN = /[^\p{ASCII}\p{M}\p{Z}\p{C}]/gu;
  var SIZE = 32;
  addEventListener("load", () => {
    for (const note of document.querySelectorAll("details.fonts")) {
      tellMissing(note).finally(() => note.dataset.tried = "true");
    }
  });
  async function tellMissing(note) {
    await document.fonts.ready;
    const scripts = [
      ...note.querySelectorAll("[data-letters]")
    ];
    const first = lacking(scripts, shownIn(document.querySelector("main")));
    const ofScripts = first.scripts.flatMap(({ dataset }) => [
      ...dataset.letters
    ].map((character) => ({
      character,
      family: bodyFamily()
    })));
    const wanted = [
      ...ofScripts,
      ...first.characters
    ];
    if (wanted.length === 0) return;
    await Promise.allSettled(wanted.map(({ character, family }) => document.fonts.load(fontOf(family), character)));
    const still = lacking(first.scripts, first.characters);
    const names = still.scripts.map(({ dataset }) => dataset.script);
    const missing = names.length > 0 ? names : codesOf(still.characters);
    if (missing.length === 0) return;
    const list = missing.join(", ");
    note.querySelector(".missing").textContent = `This browser has no letters for ${list}: boxes stand for them.`;
    note.hidden = false;
    note.open = true;
  }
  function shownIn(main) {
    const shown = /* @__PURE__ */ new Map();
    const families = /* @__PURE__ */ new Map();
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const characters = text.textContent.match(DRAWN);
      if (characters === null) continue;
      const element = text.parentElement.closest("body, [lang]");
      const family = families.get(element) ?? getComputedStyle(element).fontFamily;
      families.set(element, family);
      for (const character of characters) shown.set(character + family, {
        character,
        family
      });
    }
    return [
      ...shown.values()
    ];
  }
  function lacking(scripts, characters) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIZE;
    const context = canvas.getContext("2d", {
      willReadFrequently: true
    });
    const draw = (character, family) => {
      context.font = fontOf(family);
      context.clearRect(0, 0, SIZE, SIZE);
      context.fillText(character, 4, 24);
      return new Uint32Array(context.getImageData(0, 0, SIZE, SIZE).data.buffer);
    };
    const isAlike = (one, other) => one.every((pixel, i) => pixel === other[i]);
    const boxes = /* @__PURE__ */ new Map();
    for (const { family } of characters) {
      if (!boxes.has(family)) boxes.set(family, draw(BOX, family));
    }
    return {
      scripts: scripts.filter(({ dataset }) => {
        const [one, other] = [
          ...dataset.letters
        ].map((letter) => draw(letter, bodyFamily()));
        return isAlike(one, other);
      }),
      characters: characters.filter(({ character, family }) => isAlike(draw(character, family), boxes.get(family)))
    };
  }
  function codesOf(shown) {
    const codes = [
      ...new Set(shown.map(({ character }) => character.codePointAt(0)))
    ].map((code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
    const more = codes.length - MOST_CODES;
    return more > 0 ? [
      ...codes.slice(0, MOST_CODES),
      `${more} more`
    ] : codes;
  }
  function bodyFamily() {
    return getComputedStyle(document.body).fontFamily;
  }
  function fontOf(family) {
    return `20px ${family}`;
  }
})();
