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
  readonly item?: string | undefined;
  readonly lang?: string | undefined;
  readonly only?: Only | undefined;
  /** What the address says besides and nothing here reads: "itm=mgsm-2", "only=some". */
  readonly unread?: readonly string[] | undefined;
}

/** Right or wrong answers alone. */
export type Only = "right" | "wrong";

/** The sheet that `location.hash` names, or null. */
export function readAddress(hash: string): Address | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const cell = fields.get("cell");
  if (cell === null) return null;
  const only = fields.get("only");
  const isOnly = only === "right" || only === "wrong";
  const unread = [...fields].filter(([name]) =>
    !["cell", "item", "lang", "only"].includes(name) || (name === "only" && !isOnly)
  );
  return {
    cell,
    item: fields.get("item") || undefined,
    lang: fields.get("lang") || undefined,
    only: isOnly ? only : undefined,
    unread: unread.length > 0 ? unread.map(([name, value]) => `${name}=${value}`) : undefined,
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
