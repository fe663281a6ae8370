/**
 * `deno task docs`: writes the pages of `docs/` that follow from the code. A test says when one is not current.
 * @module
 */
import { join } from "node:path";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { print } from "./terminal/print.ts";
import { writeFileAtomic } from "../files.ts";
import { ROOT } from "../lab/record/paths.ts";
import { recipePage } from "../docs/recipe_page.ts";
import { tasksPage } from "../docs/tasks_page.ts";

/** The written pages by name. */
export const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  "recipe.md": recipePage,
  "tasks.md": tasksPage,
};

/** @returns the exit code. */
async function docsMain(args: readonly string[]): Promise<number> {
  if (!parse(command("docs", "Writes the pages of docs/ that follow from the code"), args)) return 0;
  for (const [name, page] of Object.entries(PAGES)) {
    writeFileAtomic(join(ROOT, "docs", name), await page());
    print(`Wrote docs/${name}`);
  }
  return 0;
}

if (import.meta.main) await exitWith(() => docsMain(Deno.args));
