/** The plan of the house as laws: who may know whom, that no import comes back, and what every file begins with. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { filesBelow } from "../lib/lab/code/closure.ts";
import { ROOT } from "../lib/lab/record/paths.ts";

/** What each room of `lib` may import besides itself and the files at the top of `lib`. */
const MAY_KNOW: Readonly<Record<string, readonly string[]>> = {
  cli: [
    ...["docs", "report", "paper", "results", "store", "lab", "method", "engine"],
    ...["model", "tensor", "text", "world", "metric"],
  ],
  docs: ["paper", "lab", "method"],
  report: ["paper", "results", "store", "lab", "metric"],
  paper: ["results"],
  results: ["store", "lab", "metric"],
  lab: ["store", "metric"],
  store: [],
  method: ["lab", "engine", "model", "tensor", "text", "world", "metric"],
  engine: ["model", "tensor"],
  model: ["tensor"],
  world: ["text", "metric"],
  text: ["tensor"],
  tensor: [],
  metric: [],
};
/** No file of code is longer. */
const MOST_LINES = 400;

const isCode = (path: string) => /\.tsx?$/.test(path) && !/client\/dist\//.test(path);
const sources = ["lib", "experiments", "bench", "tests"].flatMap((folder) => filesBelow(join(ROOT, folder)))
  .concat(join(ROOT, "mod.ts")).filter(isCode);
const texts = new Map(sources.map((path) => [relative(ROOT, path), Deno.readTextFileSync(path)]));
const IMPORT = /(?:^|\n)(?:import|export)\s[^;"']*?from\s+"(\.[^"]+)"|(?:^|\n)import\s+"(\.[^"]+)"/g;
const imports = new Map([...texts].map(([file, text]) => [
  file,
  [...text.matchAll(IMPORT)].map(([, from, bare]) => join(dirname(file), (from ?? bare)!)),
]));

/** A file's room in `lib`; "" for what lies at its top, undefined outside. */
function roomOf(file: string): string | undefined {
  const [top, room, ...rest] = file.split("/");
  return top !== "lib" ? undefined : rest.length === 0 ? "" : room;
}

Deno.test("every import goes to a file that is there", () => {
  ok(texts.size > 500);
  const lost = [...imports].flatMap(([file, list]) =>
    list.filter((to) => !texts.has(to) && to !== "deno.json" && !to.includes("client/dist")).map((to) =>
      `${file} -> ${to}`
    )
  );
  // Test folders keep programs in strings, which import what a test writes.
  deepStrictEqual(lost.filter((line) => !line.startsWith("tests/")), []);
});

Deno.test("arrows between the rooms of lib point one way", () => {
  const rooms = new Set([...texts.keys()].map(roomOf).filter((room) => room));
  deepStrictEqual([...rooms].sort(), Object.keys(MAY_KNOW).sort());
  const wrong = [...imports].flatMap(([file, list]) => {
    const from = roomOf(file);
    if (from === undefined) return [];
    const known = ["", from, ...MAY_KNOW[from] ?? []];
    return list.filter((to) => to !== "deno.json" && !known.includes(roomOf(to) ?? "outside")).map((to) =>
      `${file} -> ${to}`
    );
  });
  deepStrictEqual(wrong, []);
});

Deno.test("a room that may be known does not know who knows it", () => {
  const reaches = (room: string): string[] => MAY_KNOW[room]!.flatMap((to) => [to, ...reaches(to)]);
  for (const room of Object.keys(MAY_KNOW)) ok(!reaches(room).includes(room), room);
});

Deno.test("methods know the engine by its interface alone, but for the pre-training of mini models", () => {
  const wrong = [...imports].flatMap(([file, list]) =>
    roomOf(file) === "method" && !file.startsWith("lib/method/pretrain/")
      ? list.filter((to) => to.startsWith("lib/engine/onnx/")).map((to) => `${file} -> ${to}`)
      : []
  );
  deepStrictEqual(wrong, []);
});

Deno.test("no file imports itself by way of others", () => {
  const done = new Set<string>();
  const circles: string[] = [];
  function visit(file: string, path: readonly string[]): void {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file].join(" -> "));
    if (at >= 0 || done.has(file)) return;
    for (const to of imports.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  }
  for (const file of imports.keys()) visit(file, []);
  deepStrictEqual(circles, []);
});

Deno.test("every file begins with what it is", () => {
  const bare = [...texts].filter(([, text]) => !/^(?:\/\/\/ <reference .*\n)?\/\*\*/.test(text));
  deepStrictEqual(bare.map(([file]) => file), []);
});

Deno.test("no file is longer than a person reads at once", () => {
  const long = [...texts].filter(([, text]) => text.split("\n").length > MOST_LINES).map(([file]) => file);
  deepStrictEqual(long, []);
});

Deno.test("what a file of lib exports as a value is used by another", () => {
  const unused = [...texts].filter(([file]) => file.startsWith("lib/")).flatMap(([file, text]) =>
    [...text.matchAll(/\nexport (?:async )?(?:function\*?|const|class) (\w+)/g)].map(([, name]) => name)
      .filter((name) => {
        const mention = new RegExp(`\\b${name}\\b`);
        // An entry point is called by its own last line.
        const isEntry = new RegExp(`import\\.meta\\.main\\)[^;]*\\b${name}\\(`).test(text);
        return !isEntry && ![...texts].some(([other, code]) => other !== file && mention.test(code));
      })
      .map((name) => `${file}: ${name}`)
  );
  deepStrictEqual(unused, []);
});

Deno.test("no test changes or measures the process that it shares with others, which run at the same time", () => {
  const shared = /\bDeno\.(env\.(set|delete)|chdir|umask|memoryUsage|addSignalListener|exit)\(/;
  const alone = ["tests/_elsewhere.ts", "tests/house_test.ts"];
  const wrong = [...texts].filter(([file]) => file.startsWith("tests/") && !alone.includes(file))
    .flatMap(([file, text]) =>
      text.split("\n").filter((line) => shared.test(line)).map((line) => `${file}: ${line.trim()}`)
    );
  deepStrictEqual(wrong, []);
});

/** A module's exports as `deno doc --json` gives them. */
interface Documented {
  readonly nodes: Readonly<Record<string, { readonly symbols: readonly Exported[] }>>;
}
interface Exported {
  readonly name: string;
  readonly declarations: readonly { readonly jsDoc?: unknown }[];
}

Deno.test("every export of a mod.ts says what it is", async () => {
  const modules = [...texts.keys()].filter((file) =>
    /(^|\/)mod\.ts$/.test(file) && !file.startsWith("tests/")
  );
  ok(modules.length > 5);
  for (const module of modules) {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["doc", "--json", join(ROOT, module)],
    }).output();
    deepStrictEqual(code, 0, new TextDecoder().decode(stderr));
    const { nodes }: Documented = JSON.parse(new TextDecoder().decode(stdout));
    const silent = Object.values(nodes).flatMap(({ symbols }) => symbols)
      .filter(({ declarations }) => declarations.every(({ jsDoc }) => jsDoc === undefined))
      .map(({ name }) => name);
    deepStrictEqual(silent, [], module);
  }
});

Deno.test("the files that a README of lib names are there", () => {
  const readmes = filesBelow(join(ROOT, "lib")).filter((path) => path.endsWith("README.md"));
  ok(readmes.length >= Object.keys(MAY_KNOW).length);
  const lost = readmes.flatMap((readme) => {
    const room = relative(ROOT, dirname(readme));
    const named = [...Deno.readTextFileSync(readme).matchAll(/`([\w./]+\.tsx?)`/g)].map(([, name]) => name!);
    return named.filter((name) =>
      ![...texts.keys()].some((file) =>
        file === name || (file.startsWith(`${room}/`) && file.endsWith(`/${name}`))
      )
    )
      .map((name) => `${room}/README.md: ${name}`);
  });
  deepStrictEqual(lost, []);
});
