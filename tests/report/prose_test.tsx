/** Prose: the text of an experiment's header on its page. @module */
import { ok } from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { Prose } from "../../lib/report/html/section.tsx";

Deno.test("Prose escapes its text once, in and beside code", () => {
  const text = '"all" <b> & `x < y`';
  const html = renderToString(<Prose text={text} />);
  ok(html.includes("&quot;all&quot; &lt;b> &amp; <code"), html);
  ok(html.includes(">x &lt; y</code>"), html);
});
