/**
 * The fingerprint of one module: the hash of its syntax tree without types, comments, positions and spelling of
 * literals. Formatting and comments do not change it; any change that could change behaviour does. Types are removed
 * by Deno's `stripTypeScriptTypes`, the tree is acorn's (ESTree).
 * @module
 */
import { type Node, parse } from "acorn";
import { stripTypeScriptTypes } from "node:module";
import { UserError } from "../../errors.ts";
import { sha256 } from "../../hash.ts";
import { isTree } from "../plan/patch.ts";

/** One module as the closure needs it. */
export interface Fingerprint {
  readonly hash: string;
  /** Specifiers of its static imports, re-exports and literal dynamic imports, in order. */
  readonly imports: readonly string[];
  /** Committed files it names as `new URL("x", import.meta.url)`, as bundlers find assets. */
  readonly assets: readonly string[];
}

/** @throws {UserError} when the source does not parse. */
export function fingerprint(source: string, path: string): Fingerprint {
  const tree = parseSource(source, path);
  const imports: string[] = [];
  const assets: string[] = [];
  const text = JSON.stringify(tree, function (this: unknown, key, value) {
    if (key === "start" || key === "end") return undefined;
    // The tree holds a literal's value; how it was spelt ('a' or "a", 1e3 or 1000) does not matter.
    if (key === "raw" && isTree(this) && this.type === "Literal") return undefined;
    if (typeof value === "bigint") return undefined;
    if (isTree(value)) {
      collectImport(value, imports);
      collectAsset(value, assets);
    }
    return value;
  });
  return { hash: sha256(text), imports, assets };
}

function parseSource(source: string, path: string): Node {
  try {
    return parse(withoutTypes(source), { ecmaVersion: "latest", sourceType: "module" });
  } catch (error) {
    throw new UserError(`Cannot read "${path}" as TypeScript: ${(error as Error).message.split("\n")[0]}`, {
      cause: error,
    });
  }
}

/** Enums and parameter properties are no mere types: they need the slower transformation. */
function withoutTypes(source: string): string {
  try {
    return stripTypeScriptTypes(source);
  } catch {
    // Deno takes both modes; the types it has from Node know one.
    return stripTypeScriptTypes(source, { mode: "transform" as "strip" });
  }
}

const IMPORTING = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
]);

function collectImport(node: Readonly<Record<string, unknown>>, into: string[]): void {
  if (!IMPORTING.has(node.type as string) || !isTree(node.source)) return;
  if (typeof node.source.value === "string") into.push(node.source.value);
}

function collectAsset(node: Readonly<Record<string, unknown>>, into: string[]): void {
  if (node.type !== "NewExpression" || !isTree(node.callee) || node.callee.name !== "URL") return;
  const [file, base] = node.arguments as Readonly<Record<string, unknown>>[];
  if (!isTree(file) || typeof file.value !== "string" || !isTree(base)) return;
  const isHere = base.type === "MemberExpression" && isTree(base.object) &&
    base.object.type === "MetaProperty";
  if (isHere && isTree(base.property) && base.property.name === "url") into.push(file.value);
}
