/** Tests of values that must be there: whatever the list or the record, it comes back itself or the error says what lacks. */
import fc from "fast-check";
import { ok, strictEqual, throws } from "node:assert";
import { atLeast, hasAtLeast, having, must } from "../lib/checked.ts";

const lists = fc.array(fc.integer(), { maxLength: 5 });

Deno.test("atLeast() gives back every list that is long enough, and refuses every other with both lengths", () => {
  fc.assert(fc.property(lists, fc.nat(5), (values, count) => {
    strictEqual(hasAtLeast(values, count), values.length >= count);
    if (values.length >= count) strictEqual(atLeast<number, number>(values, count), values);
    else throws(() => atLeast(values, count), new RegExp(`${values.length} values, needs ${count}$`));
  }));
});

Deno.test("having() gives back every record that has the names, and names the first that is not there", () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 4 });
  fc.assert(fc.property(names, names, (there, wanted) => {
    const record = Object.fromEntries(there.map((name, i): [string, number] => [name, i]));
    const lacking = wanted.find((name) => record[name] === undefined);
    if (lacking === undefined) strictEqual(having(record, ...wanted), record);
    else throws(() => having(record, ...wanted), (error: Error) => error.message.includes(`"${lacking}"`));
  }));
});

Deno.test("must() gives back every value but undefined, the empty ones too", () => {
  for (const value of [0, "", false, null, NaN]) ok(Object.is(must(value, "it"), value));
  throws(() => must(undefined, "it"), /internal: "it" is not there/);
});
