/**
 * The part of a page's address that opens a sheet: which number, beside which other one, which of its answers. Everything
 * else after "#" is an ordinary place on the page.
 * @module
 */

/** What a sheet shows. */
export interface Address {
  /** Key of a cell. */
  readonly cell: string;
  /** Another system, to read answer by answer beside the cell's. */
  readonly with?: string | undefined;
  /** Of the cell's runs that of this seed alone; the other system's too, unless `withSeed` says another. */
  readonly seed?: number | undefined;
  readonly withSeed?: number | undefined;
  /** A problem's id, or words to look for. */
  readonly item?: string | undefined;
  readonly lang?: string | undefined;
  /** A sort of problem. */
  readonly kind?: string | undefined;
  /** A kind of mistake. */
  readonly mistake?: string | undefined;
  readonly only?: Only | undefined;
  /** What the address says besides and nothing here reads: "itm=mgsm-2", "only=some". */
  readonly unread?: readonly string[] | undefined;
}

/** How an answer came out; beside another system's, how the two did. */
export const ONE = ["wrong", "right"] as const;
export const TWO = ["both", "first", "second", "neither"] as const;
export type Only = typeof ONE[number] | typeof TWO[number];

const TEXTS = ["with", "item", "lang", "kind", "mistake"] as const;
const SEEDS = { seed: "seed", withSeed: "with_seed" } as const;
/** Fields of an address, as they are called there. */
export const FIELDS = ["cell", ...TEXTS, ...Object.values(SEEDS), "only"];

/** The sheet that `location.hash` names, or null. */
export function readAddress(hash: string): Address | null {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const cell = fields.get("cell");
  if (cell === null) return null;
  const only = [...ONE, ...TWO].find((one) => one === fields.get("only"));
  const seedOf = (name: string) =>
    /^\d{1,9}$/.test(fields.get(name) ?? "") ? Number(fields.get(name)) : undefined;
  const unread = [...fields].filter(([name]) =>
    !FIELDS.includes(name) || (name === "only" && only === undefined) ||
    (name.endsWith("seed") && seedOf(name) === undefined)
  );
  return {
    cell,
    ...Object.fromEntries(TEXTS.map((name) => [name, fields.get(name) || undefined])),
    seed: seedOf(SEEDS.seed),
    withSeed: seedOf(SEEDS.withSeed),
    only,
    unread: unread.length > 0 ? unread.map(([name, value]) => `${name}=${value}`) : undefined,
  };
}

/** An address as a link: "#cell=mgsm%7CLinguaLIFT%7Csw". */
export function hrefOf(address: Address): string {
  const { cell, seed, withSeed, only } = address;
  const fields = new URLSearchParams({ cell });
  const rest = {
    ...Object.fromEntries(TEXTS.map((name) => [name, address[name]])),
    [SEEDS.seed]: seed?.toString(),
    [SEEDS.withSeed]: withSeed?.toString(),
    only,
  };
  for (const [name, value] of Object.entries(rest)) if (value) fields.set(name, value);
  return `#${fields}`;
}

/** The id of the part of a page that `location.hash` names, "" for none. */
export function partNamed(hash: string): string {
  const text = hash.slice(1);
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a "%" that encodes nothing
  }
}
