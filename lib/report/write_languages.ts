/**
 * Writes the pages of a world's languages.
 * @module
 */
import { UserError } from "../errors.ts";
import { canonicalJson, sha256 } from "../hash.ts";
import type { FrameProps } from "./html/frame.tsx";
import { LanguagePage, LanguagesIndex } from "./html/languages_pages.tsx";
import type { WorldSheets } from "./sheets.ts";

/** Writes one page, see `writePage` in `write_report.ts`. */
type WritePage = (path: string, props: Omit<FrameProps, "path" | "languages">) => void;

/**
 * Writes `languages.html` and a page a language.
 * @returns the number of pages.
 * @throws {UserError} for a code that cannot be a file's name.
 */
export function writeLanguages(sheets: WorldSheets, writePage: WritePage): number {
  const foot = `The texts of the world ${sheets.world}. SHA-256: ${sheetsHash(sheets)}`;
  const shared = { foot, scripts: ["assets/fonts.js"] };
  writePage("languages.html", {
    ...shared,
    title: "Languages · LinguaLIFT Lab",
    children: LanguagesIndex({ sheets }),
  });
  for (const language of sheets.languages) {
    if (!/^[A-Za-z0-9-]+$/.test(language.code)) {
      throw new UserError(
        `Cannot write a page of language "${language.code}": name it by letters, digits and hyphens`,
      );
    }
    writePage(`languages/${language.code}.html`, {
      ...shared,
      scripts: [...shared.scripts, "assets/marks.js"],
      title: `${language.name} · LinguaLIFT Lab`,
      children: LanguagePage({ sheets, language }),
    });
  }
  return 1 + sheets.languages.length;
}

/** SHA-256 over all texts, so that a site written from other ones is known as stale. */
export function sheetsHash(sheets: WorldSheets): string {
  return sha256(canonicalJson(sheets));
}
