/** How each system is asked and how often it was tried, as a page shows it. @module */
import { match, ok, strictEqual } from "node:assert/strict";
import { h } from "preact";
import { render } from "preact-render-to-string";
import type { SystemFacts } from "../../lib/lab/experiment/facts.ts";
import { FactsTable } from "../../lib/report/html/facts_table.tsx";
import { HOSTILE } from "./_store.ts";

const FACTS: SystemFacts = {
  reads: "tokens, then the instruction",
  prompts: [{ when: "asked", text: "<bos>{question}\nSolve:\n" }],
  parallel: [],
  tries: [],
};
const variant = (name: string, facts: Partial<SystemFacts> | null) => (
  { name, method: "m", patch: [], facts: facts && { ...FACTS, ...facts } }
);
const tried = (...counts: number[]) => ({
  tries: counts.map((count, i) => ({ count, what: "lr", source: `docs/log.md, "Entry ${i}"` })),
});
const page = (...variants: ReturnType<typeof variant>[]) => render(h(FactsTable, { slice: { variants } }));

Deno.test("a row has its prompt whole, whether it learns from translations, and its tries with where they are told", () => {
  const html = page(variant("A", { parallel: ["mapping", "x"], ...tried(2, 16) }), variant("B", {}));
  match(html, /<summary>tokens, then the instruction<\/summary>/);
  match(html, /<pre[^>]*>&lt;bos>\{question\}\nSolve:\n<\/pre>/);
  match(
    html,
    /<th scope="row" dir="auto">A<\/th>.*yes: mapping, x.*<summary>18<\/summary>.*16: lr \(docs\/log\.md, &quot;Entry 1&quot;\)/s,
  );
  match(
    html,
    /<th scope="row" dir="auto">B<\/th>.*<td class="wrap">no<\/td><td class="wrap">none \(taken over\)<\/td>/s,
  );
});

Deno.test("whether all had as many tries is counted, and rows of older records are said to be silent", () => {
  match(page(variant("A", tried(3)), variant("B", tried(1, 2))), /All rows had the same number, 3\./);
  match(page(variant("A", {}), variant("B", {})), /All rows had the same number, 0\./);
  const uneven = page(variant("A", tried(20)), variant("B", {}), variant("C", null));
  match(uneven, /did not have the same number: from 0 to 20\. 1 row of an older record does not say/);
  ok(!/older record/.test(page(variant("A", {}))));
  strictEqual(uneven.match(/<tr/g)?.length, 3);
});

Deno.test("whatever a record says is text", () => {
  for (const text of HOSTILE) {
    const facts = { reads: text, prompts: [{ when: text, text }], parallel: [text] };
    const tries = [{ count: 1, what: text, source: text }];
    const html = page(variant(text, { ...facts, tries }));
    ok(!/<(script|img|b)[ >]/.test(html), html);
  }
});
