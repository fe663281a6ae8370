/**
 * The paper's 48 languages as BCP 47 codes (Section 4, footnotes 2 to 4), in code order. What is known of each (family,
 * script, resource level) is in `data/languages.csv`; this list is what the text tools promise to handle.
 * @module
 */

/** Codes of the 48 languages of MMWP. */
export const LANGUAGES: readonly string[] = (
  "af ar be bg bn ca cs da de en es eu fi fr gu ha hi hr hu hy id is it ja kn ko lb mk ml mr nb ne nl pl pt ro ru sk " +
  "sl sr sv sw ta te th uk vi zh"
).split(" ");
