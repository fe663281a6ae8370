/** Laws of the colours: contrast, what green and red mean, and whose rules they are. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { styleSheet } from "../../lib/report/assets/style_sheet.ts";

Deno.test("text colours have a contrast of at least 4.5 on every ground they stand on, in both schemes", () => {
  const colours = [...styleSheet().matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
  for (const scheme of [2, 3]) {
    const of = (name: string) => colours.find((match) => match[1] === name)![scheme]!;
    for (const ground of ["paper", "surface", "sunk"]) {
      for (const ink of ["ink", "soft", "accent", "yes", "no", "open", "idle"]) {
        const ratio = contrast(of(ink), of(ground));
        ok(ratio >= 4.5, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
    for (const name of ["yes", "no", "open", "idle", "accent"]) {
      const ratio = contrast(of(name), of(`${name}-sunk`));
      ok(ratio >= 4.5, `${name} on ${name}-sunk: ${ratio.toFixed(2)}`);
    }
    for (let i = 1; i <= 8; i++) ok(contrast(of(`c${i}`), of("surface")) >= 3, `c${i}`);
  }
});

Deno.test("green and red mean a verdict: no system in a figure has a colour near them", () => {
  const colours = [...styleSheet().matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
  for (const scheme of [2, 3]) {
    const of = (name: string) => colours.find((match) => match[1] === name)![scheme]!;
    for (let i = 1; i <= 8; i++) {
      for (const verdict of ["yes", "no"]) {
        const apart = difference(of(`c${i}`), of(verdict));
        ok(apart >= 0.08, `c${i} is ${apart.toFixed(3)} from ${verdict}`);
      }
    }
  }
});

/** Distance in OKLab, where 0.02 can just be seen. */
function difference(a: string, b: string): number {
  const [x, y] = atLeast(
    [a, b].map((colour) => {
      const [r, g, b] = atLeast(linear(colour), 3);
      const [l, m, s] = atLeast(
        [
          0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
          0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
          0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
        ].map(Math.cbrt),
        3,
      );
      return [
        0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
      ];
    }),
    2,
  );
  return Math.hypot(...x.map((value, i) => value - y[i]!));
}

/** WCAG 2.1 contrast ratio of two "#rrggbb". */
function contrast(a: string, b: string): number {
  const [high, low] = atLeast([luminance(a), luminance(b)].sort((x, y) => y - x), 2);
  return (high + 0.05) / (low + 0.05);
}

/** Red, green and blue as amounts of light. */
function linear(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
}

function luminance(colour: string): number {
  const [r, g, b] = atLeast(linear(colour), 3);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

Deno.test("no rule of the style sheet is for a class that Vega gives its drawings", () => {
  const rules = styleSheet().match(/[^{}]+(?=\{)/g)!;
  // vega-scenegraph's SVG renderer: the drawing, groups by mark and role, backgrounds.
  const theirs = /\.(?:marks|mark-[a-z]+|role-[a-z]+|root|background|foreground|resize)(?![\w-])/;
  deepStrictEqual(rules.filter((rule) => theirs.test(rule)).map((rule) => rule.trim()), []);
});
