/**
 * What a schema's source says of its fields: the doc comments of `v.strictObject({ ... })`, by path. Comments and not
 * `v.description`, since a comment is no part of a step's fingerprint: better words train nothing again.
 * @module
 */
import { type Node, parse } from "acorn";
import { stripTypeScriptTypes } from "node:module";

type Tree = Node & Readonly<Record<string, unknown>>;
interface Comment {
  readonly text: string;
  readonly end: number;
}

/** The doc comment before each field of the schema that the module calls `name`, by dotted path. */
export function fieldComments(module: URL, name: string): Map<string, string> {
  const comments: Comment[] = [];
  const source = stripTypeScriptTypes(Deno.readTextFileSync(module));
  const tree = parse(source, {
    ecmaVersion: "latest",
    sourceType: "module",
    onComment: (isBlock, text, _, end) => isBlock && text.startsWith("*") && comments.push({ text, end }),
  }) as unknown as Tree;
  const declared = new Map(children(tree).flatMap((node) => declarations(node)));
  const imported = new Map(children(tree).flatMap((node) => importsOf(node, module)));
  const found = new Map<string, string>();

  const visit = (node: Tree | undefined, path: string): void => {
    if (node?.type === "Identifier") {
      const from = imported.get(node.name as string);
      if (from) {
        for (const [below, text] of fieldComments(from, node.name as string)) {
          found.set(join(path, below), text);
        }
      }
      return visit(declared.get(node.name as string), path);
    }
    // `...size.entries`: the fields of another schema.
    if (node?.type === "MemberExpression") return visit(node.object as Tree, path);
    if (node?.type === "CallExpression") {
      for (const argument of node.arguments as Tree[]) visit(argument, path);
    } else if (node?.type === "ArrayExpression") {
      for (const element of node.elements as Tree[]) visit(element, path);
    } else if (node?.type === "ObjectExpression") {
      for (const property of node.properties as Tree[]) {
        if (property.type === "SpreadElement") visit(property.argument as Tree, path);
        else field(property, path);
      }
    }
  };
  const field = (property: Tree, path: string): void => {
    const here = join(path, (property.key as Tree & { name: string }).name);
    const before = comments.find(({ end }) =>
      end <= property.start && source.slice(end, property.start).trim() === ""
    );
    if (before) found.set(here, plain(before.text));
    visit(property.value as Tree, here);
  };
  visit(declared.get(name), "");
  return found;
}

function children(tree: Tree): Tree[] {
  return (tree.body as Tree[]).map((node) => node.declaration as Tree ?? node);
}

function declarations(node: Tree): [string, Tree][] {
  if (node.type !== "VariableDeclaration") return [];
  return (node.declarations as Tree[]).map((one) => [(one.id as Tree).name as string, one.init as Tree]);
}

function importsOf(node: Tree, module: URL): [string, URL][] {
  if (node.type !== "ImportDeclaration") return [];
  const source = (node.source as Tree).value as string;
  if (!source.startsWith(".")) return [];
  return (node.specifiers as Tree[]).map((
    one,
  ) => [(one.local as Tree).name as string, new URL(source, module)]);
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function plain(comment: string): string {
  return comment.replace(/^\*/, "").replace(/\n\s*\* ?/g, " ").replace(/\s+/g, " ").trim();
}
