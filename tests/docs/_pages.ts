/** The repository's pages, and what stands in them. */
import { join } from "node:path";
import { ROOT } from "../../lib/lab/record/paths.ts";

/** A page of the repository by its path. */
export function page(path: string): string {
  return Deno.readTextFileSync(join(ROOT, path));
}

/** The blocks of code of one language, in order. */
export function blocksOf(markdown: string, language: string): string[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language)
    .map(([, , code]) => code!);
}

/** Every page that people read: Markdown outside of data, tables and what is generated elsewhere. */
export function pages(): string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const { name, isDirectory, isSymlink } of Deno.readDirSync(join(ROOT, folder))) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (isSymlink || name === "node_modules" || (name.startsWith(".") && isDirectory)) continue;
      if (isDirectory) visit(path);
      else if (name.endsWith(".md")) found.push(path);
    }
  };
  visit("");
  return found.sort();
}
