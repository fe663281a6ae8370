/** `deno task audit` as a person runs it: text, JSON, a bad flag. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";

function audit(...args: string[]): { code: number; out: string; err: string } {
  const { code, stdout, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", "audit", ...args],
  }).outputSync();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("deno task audit prints its findings by rule, and the same ones as JSON", () => {
  const { code, out } = audit();
  strictEqual(code, 0);
  const json = JSON.parse(audit("--json").out) as { findings: { rule: string; message: string }[] };
  ok(json.findings.length > 0);
  for (const { message } of json.findings) ok(out.includes(message));
  deepStrictEqual([...new Set(json.findings.map((f) => f.rule))], [
    "mean",
    "grim",
    "conflict",
    "duplicate",
    "prose",
  ]);
});

Deno.test("deno task audit answers an unknown flag in one line and exits 2", () => {
  const unknown = audit("--jsn");
  strictEqual(unknown.code, 2);
  strictEqual(unknown.err.trim().split("\n").length, 1);
  ok(unknown.err.includes("--jsn"), unknown.err);
});
