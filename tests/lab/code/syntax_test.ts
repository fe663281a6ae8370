/** What of a file changes its fingerprint. */
import { deepStrictEqual, notStrictEqual, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { fingerprint } from "../../../lib/lab/code/syntax.ts";

const SOURCE = `import { a, type B } from "./a.ts";
import type { C } from "./c.ts";
/** Doc. */
export function f<T extends B>(x: T, y = 1e3): number {
  // why
  const text = 'one' + \`two \${x}\`;
  return text.length * -y ?? (x as unknown as C)!.n;
}
export * from "./d.ts";
const late = () => import("./e.ts");
const table = new URL("../data/t.csv", import.meta.url);
`;

const hash = (source: string): string => fingerprint(source, "x.ts").hash;

Deno.test("fingerprint() does not see comments, formatting, types, quotes or spelling of numbers", () => {
  const cosmetic = [
    SOURCE.replace("// why", "/* because */"),
    SOURCE.replace(/\n {2}/g, "\n\n      "),
    SOURCE.replace("/** Doc. */", ""),
    SOURCE.replace("x: T, y = 1e3): number", "x: unknown, y: number = 1000,\n): string"),
    SOURCE.replace("'one'", '"one"'),
    SOURCE.replace('import type { C } from "./c.ts";\n', ""),
  ];
  for (const source of cosmetic) strictEqual(hash(source), hash(SOURCE), source);
});

Deno.test("fingerprint() sees every change of what is computed", () => {
  const edits: [string, string][] = [
    ["1e3", "1e4"],
    ["'one'", "'One'"],
    ["`two", "`Two"],
    ["* -y", "* +y"],
    ["* -y", "/ -y"],
    ["??", "||"],
    ["const text", "let text"],
    ["./a.ts", "./b.ts"],
    ["export function", "export async function"],
    ["text.length", "text?.length"],
    ["import { a,", "import { a as z,"],
  ];
  const hashes = edits.map(([from, to]) => {
    strictEqual(SOURCE.includes(from), true, from);
    return hash(SOURCE.replace(from, to));
  });
  for (const [at, changed] of hashes.entries()) {
    notStrictEqual(changed, hash(SOURCE), edits[at]!.join(" -> "));
  }
  strictEqual(new Set(hashes).size, edits.length);
});

Deno.test("fingerprint() sees every string and number literal", () => {
  fc.assert(fc.property(fc.string(), fc.string(), fc.double(), fc.double(), (s, t, x, y) => {
    const of = (text: string, number: number): string =>
      hash(`export const v = [${JSON.stringify(text)}, ${Object.is(number, -0) ? "-0" : number}];`);
    strictEqual(of(s, x) === of(t, y), s === t && Object.is(x, y));
  }));
});

Deno.test("fingerprint() lists imports that exist at run time, and committed files named by URL", () => {
  const { imports, assets } = fingerprint(SOURCE, "x.ts");
  deepStrictEqual(imports, ["./a.ts", "./d.ts", "./e.ts"]);
  deepStrictEqual(assets, ["../data/t.csv"]);
});

Deno.test("fingerprint() sees regular expressions and big integers", () => {
  notStrictEqual(hash("export const r = /a+/u;"), hash("export const r = /a+/;"));
  notStrictEqual(hash("export const n = 1n;"), hash("export const n = 2n;"));
});

Deno.test("fingerprint() names the file of source that does not parse", () => {
  throws(() => fingerprint("const = 1;", "broken.ts"), /Cannot read "broken.ts" as TypeScript/);
});

Deno.test("fingerprint() reads enums and parameter properties too", () => {
  const source = "export enum E { A, B }\nexport class C { constructor(private x: E) {} }";
  strictEqual(hash(source), hash(source.replace("{ A, B }", "{\n  A, // first\n  B,\n}")));
  notStrictEqual(hash(source), hash(source.replace("A, B", "B, A")));
});
