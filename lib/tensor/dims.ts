/**
 * Sizes of tensor axes: a number, or a name for a size that is only known when the graph runs ("B"). Products and sums
 * of names are names too, in one canonical spelling ("4*B*T", "P+T"), so that equal sizes are equal strings and a
 * reshape of [B, T, 4] to [B*T, 4] can be checked without knowing B and T.
 * @module
 */

/** The size of one axis. */
export type Dim = number | string;
/** Sizes of all axes, outermost first; [] is a scalar. */
export type Shape = readonly Dim[];

/** A sum of products: the coefficient of each product of names; the key "" holds the constant. */
type Polynomial = ReadonlyMap<string, number>;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Sizes that were parsed before: every run of a session checks the same few. */
const parsed = new Map<string, Polynomial>();

function parse(dim: Dim): Polynomial {
  if (typeof dim === "number") {
    if (!Number.isSafeInteger(dim) || dim < 0) {
      throw new TypeError(`A size must be a whole number, not ${dim}`);
    }
    return new Map([["", dim]]);
  }
  const known = parsed.get(dim);
  if (known !== undefined) return known;
  const sum = new Map<string, number>();
  for (const term of dim.split("+")) {
    const factors = term.split("*");
    const coefficient = /^\d+$/.test(factors[0]!) ? Number(factors.shift()) : 1;
    for (const factor of factors) {
      if (!NAME.test(factor)) {
        throw new TypeError(`A size is a number, a name, or their sum or product, not "${dim}"`);
      }
    }
    addTerm(sum, factors.sort().join("*"), coefficient);
  }
  parsed.set(dim, sum);
  return sum;
}

function addTerm(sum: Map<string, number>, key: string, coefficient: number): void {
  sum.set(key, (sum.get(key) ?? 0) + coefficient);
}

function print(sum: Polynomial): Dim {
  const terms = [...sum].filter(([, coefficient]) => coefficient !== 0).sort(([a], [b]) => (a < b ? 1 : -1));
  if (terms.length === 0) return 0;
  if (terms.length === 1 && terms[0]![0] === "") return terms[0]![1];
  return terms.map(([key, c]) => (key === "" ? `${c}` : c === 1 ? key : `${c}*${key}`)).join("+");
}

/** The canonical spelling of a size: "T*B" becomes "B*T". @throws {TypeError} for anything that is no size. */
export function canonicalDim(dim: Dim): Dim {
  return print(parse(dim));
}

/** The product of sizes. */
export function dimProduct(dims: Shape): Dim {
  let product: Polynomial = new Map([["", 1]]);
  for (const dim of dims) {
    const next = new Map<string, number>();
    for (const [key, c] of product) {
      for (const [otherKey, d] of parse(dim)) {
        const key2 = [...key.split("*"), ...otherKey.split("*")].filter((name) => name !== "").sort().join(
          "*",
        );
        addTerm(next, key2, c * d);
      }
    }
    product = next;
  }
  return print(product);
}

/** The sum of sizes. */
export function dimSum(dims: Shape): Dim {
  const sum = new Map<string, number>();
  for (const dim of dims) for (const [key, c] of parse(dim)) addTerm(sum, key, c);
  return print(sum);
}

/** The names in a size, each once. */
export function dimNames(dim: Dim): string[] {
  if (typeof dim === "number") return [];
  return [...new Set([...parse(dim).keys()].flatMap((key) => (key === "" ? [] : key.split("*"))))];
}

/** The size as a number, given what its names stand for; undefined when one of them is not known. */
export function evaluateDim(dim: Dim, sizes: ReadonlyMap<string, number>): number | undefined {
  if (typeof dim === "number") return dim;
  const plain = sizes.get(dim);
  if (plain !== undefined) return plain;
  let sum = 0;
  for (const [key, coefficient] of parse(dim)) {
    let product = coefficient;
    for (const name of key === "" ? [] : key.split("*")) {
      const size = sizes.get(name);
      if (size === undefined) return undefined;
      product *= size;
    }
    sum += product;
  }
  return sum;
}

/** The terms of a size as [coefficient, names], for writing the arithmetic into a graph. */
export function dimTerms(dim: Dim): [number, string[]][] {
  return [...parse(dim)].map(([key, c]) => [c, key === "" ? [] : key.split("*")]);
}

/** Whether two shapes are the same, size by size. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/**
 * The shape that `a` and `b` broadcast to (numpy's rules), or undefined. A name meets only itself and 1.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: Dim[] = [];
  for (let i = 0; i < rank; i++) {
    const [x, y] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1];
    if (x !== y && x !== 1 && y !== 1) return undefined;
    shape.push(x === 1 ? y : x);
  }
  return shape;
}
