/** Refusals of the operating system, provoked for real through Deno's and Node's file functions. */
import { match, ok, strictEqual } from "node:assert/strict";
import * as fs from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { UserError } from "../lib/errors.ts";
import { writeFileAtomic } from "../lib/files.ts";
import { asUserError, EnvironmentError } from "../lib/os_errors.ts";

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

const folder = Deno.makeTempDirSync({ prefix: "refusals" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const file = join(folder, "file");
Deno.writeTextFileSync(file, "");
Deno.symlinkSync("loop", join(folder, "loop"));
const long = join(folder, "x".repeat(300));

/** What is done, the code, what the line says was done to which path. */
const REFUSED: readonly [string, () => unknown, string, string][] = [
  ["Deno.mkdirSync on a file", () => Deno.mkdirSync(file, { recursive: true }), "EEXIST", `write "${file}"`],
  ["Deno.mkdirSync below a file", () => Deno.mkdirSync(`${file}/a`), "ENOTDIR", `write "${file}/a"`],
  ["Deno.readTextFileSync of a folder", () => Deno.readTextFileSync(folder), "EISDIR", `read "${folder}"`],
  ["Deno.openSync of a folder", () => Deno.openSync(folder, { write: true }), "EISDIR", `open "${folder}"`],
  ["Deno.readDirSync of a file", () => [...Deno.readDirSync(file)], "ENOTDIR", `read "${file}"`],
  ["Deno.statSync in a circle", () => Deno.statSync(join(folder, "loop")), "ELOOP", `read "${folder}/loop"`],
  ["Deno.renameSync to a long name", () => Deno.renameSync(file, long), "ENAMETOOLONG", `write "${long}"`],
  ["writeFileAtomic() of a long name", () => writeFileAtomic(long, ""), "ENAMETOOLONG", `write "${long}"`],
  ["writeFileAtomic() below a file", () => writeFileAtomic(`${file}/a`, ""), "EEXIST", `write "${file}"`],
  ["writeFileAtomic() over a folder", () => writeFileAtomic(folder, "x"), "EISDIR", `write "${folder}"`],
  ["fs.writeFileSync to a folder", () => fs.writeFileSync(folder, ""), "EISDIR", `open "${folder}"`],
  ["fs.readdirSync of a file", () => fs.readdirSync(file), "ENOTDIR", `read "${file}"`],
  ["Deno.Command of a folder", () => new Deno.Command(folder).spawn(), "EACCES", `start "${folder}"`],
];

for (const [what, action, code, said] of REFUSED) {
  Deno.test(`asUserError() words ${what} as ${code}`, () => {
    const error = asUserError(thrownBy(action), "given");
    ok(error instanceof EnvironmentError, String(error));
    strictEqual(error.code, code);
    strictEqual(error.exitCode, 2);
    ok(error.message.startsWith(`Cannot ${said}: `), error.message);
    match(error.message, /^Cannot .*: [^\n]+; [^\n]+$/);
  });
}

Deno.test("asUserError() reads the words of libraries that pass on no code, whatever the path", () => {
  const libraries: [string, string][] = [
    ["No space left on device", "ENOSPC"],
    ["Permission denied", "EACCES"],
    ["Read-only file system", "EROFS"],
    ["Too many open files in system", "ENFILE"],
    ["Too many open files", "EMFILE"],
  ];
  const name = fc.string({ unit: "grapheme" }).filter((text) => !/["']/.test(text) && text !== "");
  fc.assert(fc.property(fc.constantFrom(...libraries), name, ([words, code], path) => {
    const error = asUserError(new Error(`IO Error: Cannot open file "${path}": ${words}`));
    ok(error instanceof EnvironmentError);
    strictEqual(error.code, code);
    strictEqual(error.path, path.replace(/\.\d+\.tmp$/, ""));
  }));
});

Deno.test("asUserError() leaves alone what is no refusal", () => {
  const others = [
    thrownBy(() => Deno.readTextFileSync(join(folder, "none"))),
    thrownBy(() => Deno.openSync(file, { write: true, createNew: true })),
    thrownBy(() => (undefined as unknown as string).length),
    new UserError("Cannot read it: Permission denied"),
    new Error("IO Error: Could not set lock on file: Resource temporarily unavailable"),
    "No space left on device",
    undefined,
  ];
  for (const error of others) strictEqual(asUserError(error, "path"), error);
});

Deno.test("isBelow() knows a folder from one whose name goes on", () => {
  const at = (path: string) =>
    asUserError(new Error(`IO Error: "${path}": Permission denied`)) as EnvironmentError;
  ok(at("/a/lab/x").isBelow("/a/lab") && at("/a/lab").isBelow("/a/lab"));
  ok(!at("/a/lab2/x").isBelow("/a/lab") && !at("/a").isBelow("/a/lab"));
});
