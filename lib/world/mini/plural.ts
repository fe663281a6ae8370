/**
 * CLDR plural categories of whole numbers for the lab's 48 languages, from make-plural (generated from CLDR's rules;
 * `Intl.PluralRules` is not used because Deno's data lacks be eu ha hy is lb mk ne and would answer in English).
 * @module
 */
import * as cardinals from "make-plural/cardinals";
import { UserError } from "../../errors.ts";

/** The cardinal category of a whole number, e.g. `pluralCategory("ru", 23)` is "few". */
export function pluralCategory(code: string, n: number): string {
  const rule = (cardinals as Record<string, ((n: number) => string) | undefined>)[code];
  if (rule === undefined) throw new UserError(`Cannot count in "${code}": CLDR has no plural rule for it`);
  return rule(n);
}
