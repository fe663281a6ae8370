/// <reference lib="dom" />
/**
 * Figures as PNG: the drawing of the page with its colours written in, twice as fine as the screen's points.
 * @module
 */
import { saveFile } from "./save.ts";

const FINER = 2;

/** Gives each figure's list of downloads a button. */
export function offerPngs(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("figure.figure")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "PNG";
    button.addEventListener("click", () => {
      pngOf(figure.querySelector<SVGSVGElement>(".plot svg")!)
        .then((blob) => saveFile(`${figure.id}.png`, blob), reportError);
    });
    const item = document.createElement("li");
    item.append(button);
    figure.querySelector(".downloads")?.children[0]?.after(item);
  }
}

/** @throws {Error} when the browser cannot draw it */
async function pngOf(svg: SVGSVGElement): Promise<Blob> {
  const { width, height } = svg.getBoundingClientRect();
  const style = getComputedStyle(svg);
  const text = new XMLSerializer().serializeToString(svg)
    .replace(/var\((--[\w-]+)\)/g, (whole, name) => style.getPropertyValue(name).trim() || whole);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * FINER);
  canvas.height = Math.ceil(height * FINER);
  const context = canvas.getContext("2d")!;
  context.fillStyle = style.getPropertyValue("--surface").trim() || "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("Cannot draw the figure as PNG")))
  );
}
