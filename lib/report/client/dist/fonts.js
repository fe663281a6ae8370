"use strict";
(() => {
  addEventListener("DOMContentLoaded", () => {
    for (const note of document.querySelectorAll("details.fonts")) tellMissing(note);
  });
  function tellMissing(note) {
    const missing = [
      ...note.querySelectorAll("[data-letters]")
    ].filter(({ dataset }) => {
      const [first, second] = dataset.letters;
      return picture(first) === picture(second);
    });
    if (missing.length === 0) return;
    const names = missing.map(({ dataset }) => dataset.script).join(", ");
    note.querySelector(".missing").textContent = `This browser has no letters for ${names}: boxes stand for them.`;
    note.open = true;
  }
  function picture(letter) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 64;
    const context = canvas.getContext("2d");
    context.font = `32px ${getComputedStyle(document.body).fontFamily}`;
    context.fillText(letter, 8, 44);
    return canvas.toDataURL();
  }
})();
