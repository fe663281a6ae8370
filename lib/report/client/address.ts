/**
 * The part of a page's address that opens a sheet: which number, which of its answers. Everything else after "#" is an
 * ordinary place on the page.
 * @module
 */

/** What a sheet shows. */
export interface Address {
  /** Key of a cell. */
  readonly cell: string;
  /** A problem's id, or words to look for. */
  readonly item?: string;
  readonly lang?: string;
  readonly only?: Only;
}

/** Right or wrong answers alone. */
export type Only = "right" | "wrong";

/** The sheet that `location.hash` names, or null. */
export function readAddress(hash: string): Address | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const cell = fields.get("cell");
  if (cell === null) return null;
  const only = fields.get("only");
  return {
    cell,
    item: fields.get("item") || undefined,
    lang: fields.get("lang") || undefined,
    only: only === "right" || only === "wrong" ? only : undefined,
  };
}

/** An address as a link: "#cell=mgsm%7CLinguaLIFT%7Csw". */
export function hrefOf({ cell, item, lang, only }: Address): string {
  const fields = new URLSearchParams({ cell });
  for (const [name, value] of Object.entries({ item, lang, only })) {
    if (value) fields.set(name, value);
  }
  return `#${fields}`;
}
