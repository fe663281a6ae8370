/** Run records: read as written, or refused. */
import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { sha256 } from "../../lib/hash.ts";
import {
  decodeChecked,
  decodeRecord,
  encodeRecord,
  RECORD_VERSION,
  type RunRecord,
  TornRecord,
} from "../../lib/lab/record/record.ts";

const HASH = sha256("x");
const RECORD: RunRecord = {
  format: "lingualift-run",
  version: RECORD_VERSION,
  id: "toy~Toy~s1",
  experiment: "toy",
  experiment_version: 1,
  variant: "Toy",
  seed: 1,
  scale: "smoke",
  world: "mini",
  method: "toy",
  method_version: 1,
  identity: HASH,
  ingredients: { fields: { "a.b": "1" }, code: HASH, inputs: {}, other: {} },
  recipe: [{ path: "a.b", value: "1", by: "base" }],
  inputs: [],
  steps: [],
  declaration: HASH,
  provenance: { commit: "unknown" },
  started: "2026-01-01T00:00:00.000Z",
  finished: "2026-01-01T00:00:01.000Z",
  wall_s: 1,
  cpu_s: 1,
  peak_bytes: 1,
};

Deno.test("decodeRecord() reads what encodeRecord() wrote", () => {
  deepStrictEqual(decodeRecord(encodeRecord(RECORD), "r.json"), RECORD);
});

Deno.test("decodeChecked() notices every truncation and every changed character", () => {
  const text = encodeRecord(RECORD);
  fc.assert(fc.property(fc.nat(text.length - 1), (at) => {
    throws(() => decodeChecked(text.slice(0, at), "r.json"), TornRecord);
    const other = text[at] === "0" ? "1" : "0";
    throws(() => decodeChecked(text.slice(0, at) + other + text.slice(at + 1), "r.json"), TornRecord);
  }));
});

Deno.test("decodeRecord() refuses a newer format by name and says what to do", () => {
  throws(() => decodeRecord(encodeRecord({ ...RECORD, version: RECORD_VERSION + 1 }), "r.json"), {
    name: "UserError",
    message: /Cannot read "r.json": it has record format 2, this lab reads up to 1; update the repository/,
  });
});

Deno.test("decodeRecord() says which field of a malformed record is wrong", () => {
  const cases: [unknown, RegExp][] = [
    [{ ...RECORD, seed: "one" }, /Malformed record "r.json": seed/],
    [{ ...RECORD, identity: "abc" }, /identity/],
    [{ ...RECORD, extra: 1 }, /extra/],
    [[], /Malformed record/],
  ];
  for (const [value, message] of cases) {
    throws(() => decodeRecord(encodeRecord(value), "r.json"), (error: Error) => {
      strictEqual(error.name, "TornRecord");
      return message.test(error.message);
    });
  }
});
