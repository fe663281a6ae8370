/**
 * The browser's scripts as single files, from the modules beside this one and Preact: a page opened from a folder may
 * load scripts but no modules. The result is committed in `dist/`, so that drawing a report needs no bundler:
 * `deno task client` writes it anew, and a test says when it is not current.
 * @module
 */

/** A file of `dist/` and the module it starts from. */
const ENTRIES = {
  "site.js": "site.tsx",
  "scheme.js": "scheme.ts",
  "fonts.js": "fonts.ts",
  "marks.js": "marks.tsx",
  "runs.js": "runs.tsx",
  "live.js": "live.tsx",
} as const;

export type ClientScript = keyof typeof ENTRIES;
export const CLIENT_SCRIPTS = Object.keys(ENTRIES) as readonly ClientScript[];
/** Those of the written site: `live.js` comes from a server alone. */
export const SITE_SCRIPTS = CLIENT_SCRIPTS.filter((name) => name !== "live.js");

/** Where a committed script lies. */
export function scriptPath(name: ClientScript): URL {
  return new URL(`dist/${name}`, import.meta.url);
}

/**
 * Bundles one script.
 * @throws {Error} when a module cannot be resolved or parsed.
 */
export async function bundleScript(name: ClientScript): Promise<string> {
  const { success, errors, outputFiles } = await Deno.bundle({
    entrypoints: [new URL(ENTRIES[name], import.meta.url).href],
    platform: "browser",
    format: "iife",
    write: false,
  });
  const text = outputFiles?.[0]?.text();
  if (!success || text === undefined) {
    throw new Error(`Cannot bundle "${ENTRIES[name]}": ${errors.map((error) => error.text).join("; ")}`);
  }
  // The bundler names each module by its path on this machine.
  return `"use strict";\n${text.replace(/^ *\/\/ .*\.(m?js|tsx?)\n/gm, "").trim()}\n`;
}

if (import.meta.main) {
  for (const name of CLIENT_SCRIPTS) await Deno.writeTextFile(scriptPath(name), await bundleScript(name));
}
