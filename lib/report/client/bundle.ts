/**
 * The browser's script out of the TypeScript beside this file: types stripped (positions kept), imports and exports
 * dropped, one scope around all. Modules would need a server; a report opens from a folder.
 * @module
 */
import { stripTypeScriptTypes } from "node:module";

/** In order of dependence. */
const SITE = ["recompute.ts", "data.ts", "dom.ts", "evidence.ts", "figures.ts", "main.ts"];

/** `assets/site.js`. */
export function siteScript(): string {
  return scope(SITE);
}

/** `assets/scheme.js`, for the head. */
export function schemeScript(): string {
  return scope(["scheme.ts"]);
}

function scope(files: readonly string[]): string {
  const parts = files.map((file) => {
    const source = Deno.readTextFileSync(new URL(file, import.meta.url));
    const script = stripTypeScriptTypes(source)
      .replace(/^import [^;]*?from "\.\/[\w.]+";\n/gm, "")
      .replace(/^export /gm, "");
    return script.split("\n").map((line) => line.trimEnd()).join("\n").replace(/\n{3,}/g, "\n\n");
  });
  const body = parts.join("\n");
  if (/^\s*(import|export)\b/m.test(body)) {
    throw new Error("internal: an import or export is left in the site's script");
  }
  return `"use strict";\n(() => {\n${body}\n})();\n`;
}
