/**
 * The audit on synthetic papers: a clean one gives no finding, and each kind of error, seeded at a random place, is found
 * and explained. Then the real paper's known findings.
 */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { atLeast } from "../../lib/checked.ts";
import { auditPaper } from "../../lib/paper/audit/audit.ts";
import type { Rule } from "../../lib/paper/audit/finding.ts";
import { loadPaper, type PaperProse } from "../../lib/paper/paper.ts";
import { stream } from "../../lib/random.ts";
import {
  cleanPaper,
  GROUPS,
  LANGS,
  N,
  ofRule,
  prose,
  reprint,
  SYSTEMS,
  trials,
  without,
} from "./audit_paper.ts";

trials("auditPaper() finds nothing in a clean paper", (paper) => deepStrictEqual(auditPaper(paper), []));

trials(
  "auditPaper() finds a mean that is off, in a table that states its groups and in one that does not",
  (paper, source) => {
    const table = source.pick(["table-2", "table-3"]),
      system = source.pick(["Alpha", "Beta"]),
      scope = source.pick(["LR", "HR"]);
    const broken = without(
      reprint(
        paper,
        (c) =>
          c.table === table && c.system === system && c.scope === scope
            ? (c.value! + 2).toFixed(1)
            : undefined,
      ),
      ["table-1", table === "table-2" ? "table-3" : "table-2"],
    );
    const found = ofRule(auditPaper(broken), "mean");
    strictEqual(found.length, 1);
    strictEqual(found[0]!.cells[0]!.table, table);
    deepStrictEqual(
      found[0]!.cells.length,
      1 + GROUPS[scope]!.length,
      "the mean and its members, inferred where not stated",
    );
  },
);

trials("auditPaper() weighs group means where a system has no cells of its own", (paper, source) => {
  const system = source.pick(SYSTEMS.slice(2));
  const bare = {
    ...without(paper, ["table-3"]),
    tables: paper.tables.slice(0, 2).map((t) => ({
      ...t,
      cells: t.cells.filter((c) => t.id === "table-1" || c.system !== system),
    })),
  };
  deepStrictEqual(auditPaper(bare), []);
  const broken = reprint(
    bare,
    (c) => c.system === system && c.scope === "avg" ? (c.value! + 0.4).toFixed(1) : undefined,
  );
  const found = ofRule(auditPaper(broken), "mean");
  strictEqual(found.length, 1);
  const partly = {
    ...broken,
    tables: broken.tables.map((t) => ({
      ...t,
      cells: t.cells.filter((c) => c.system !== system || c.scope !== "HR"),
    })),
  };
  deepStrictEqual(auditPaper(partly), [], "not all groups are printed");
  ok(/group means give .* \(4 of LR [\d.]+, 6 of HR [\d.]+\)/.test(found[0]!.message), found[0]!.message);
});

trials(
  "auditPaper() checks the mean over all languages of a single system, where nothing can be inferred",
  (paper) => {
    const alone = {
      ...without(paper, ["table-1", "table-3"]),
      tables: [{ ...paper.tables[1]!, cells: paper.tables[1]!.cells.filter((c) => c.system === "Alpha") }],
    };
    deepStrictEqual(auditPaper(alone), []);
    const broken = reprint(alone, (c) => c.scope === "avg" ? (c.value! + 1).toFixed(1) : undefined);
    strictEqual(ofRule(auditPaper(broken), "mean").length, 1);
  },
);

trials("auditPaper() names the language that a mean leaves out", (paper, source) => {
  const system = source.pick(SYSTEMS), left = source.pick(GROUPS.LR!);
  const rest = (scope: string) => GROUPS[scope]!.filter((lang) => lang !== left);
  const cells = paper.tables[1]!.cells.filter((c) => c.system === system);
  const value = (lang: string) => cells.find((c) => c.scope === lang)!.value!;
  const shorter = (scope: string) =>
    (rest(scope).reduce((sum, lang) => sum + value(lang), 0) / rest(scope).length).toFixed(1);
  const changed = without(paper, ["table-1", "table-3"]);
  const broken = reprint(
    changed,
    (c) => c.system === system && ["LR", "avg"].includes(c.scope) ? shorter(c.scope) : undefined,
  );
  const found = ofRule(auditPaper(broken), "mean");
  const moved = ["LR", "avg"].filter((scope) =>
    Math.abs(Number(shorter(scope)) - cells.find((c) => c.scope === scope)!.value!) > 0.15
  );
  for (const scope of moved) {
    const one = found.find((f) => f.cells[0]!.column === scope);
    ok(one, `${system} ${scope} without ${left}`);
    if (moved.length === 2) {
      ok(one.explanations.some((e) => e.includes(`without ${left}`)), one.explanations.join("; "));
    }
  }
});

trials("auditPaper() finds the one cell that breaks two means, and by how many items", (paper, source) => {
  const system = source.pick(SYSTEMS), lang = source.pick(GROUPS.LR!), items = source.int(4, 9);
  const broken = reprint(
    without(paper, ["table-1", "table-3"]),
    (c) => c.system === system && c.scope === lang ? (c.value! + 100 * items / N).toFixed(1) : undefined,
  );
  const found = ofRule(auditPaper(broken), "mean");
  const low = found.find((f) => f.cells[0]!.column === "LR")!;
  ok(low, `${system} ${lang} + ${items}`);
  ok(
    low.explanations.some((e) =>
      /(one of bn, sw, te and th|any one cell) were [\d.]+ \(\d+ of 250 items\) lower/.test(e)
    ),
    low.explanations.join("; "),
  );
});

trials(
  "auditPaper() finds values that no number of items gives, and sees through means of two runs",
  (paper, source) => {
    const system = source.pick(SYSTEMS), shift = source.pick([0.1, -0.1]);
    const base = without(paper, ["table-1", "table-3"]);
    const one = reprint(
      base,
      (c) => c.system === system && c.scope === "ja" ? (c.value! + shift).toFixed(1) : undefined,
    );
    const found = ofRule(auditPaper(one), "grim");
    strictEqual(found.length, 1);
    deepStrictEqual(
      found[0]!.cells.map((c) => c.column),
      ["ja"],
    );
    ok(!found[0]!.explanations.some((e) => e.includes("2 runs")));
    const halves = reprint(
      base,
      (c) =>
        c.system === system && c.kind === "score"
          ? (c.value! + (c.scope < "fr" ? 0.2 : 0)).toFixed(1)
          : undefined,
    );
    const runs = ofRule(auditPaper(halves), "grim");
    strictEqual(runs.length, 1);
    strictEqual(runs[0]!.cells.length, 4);
    ok(runs[0]!.explanations.some((e) => e.includes("means of 2 runs over 250 items")));
  },
);

trials("auditPaper() offers no mean of two runs where two values would fit one by chance", (paper) => {
  const few = reprint(
    without(paper, ["table-1", "table-3"]),
    (c) => c.scope === "bn" ? (c.value! + 0.2).toFixed(1) : undefined,
  );
  const two = {
    ...few,
    tables: few.tables.map((t) => ({
      ...t,
      cells: t.cells.filter((c) => c.scope === "bn" || c.scope === "de"),
    })),
  };
  const found = ofRule(auditPaper(two), "grim");
  strictEqual(found.length, SYSTEMS.length);
  for (const { explanations } of found) deepStrictEqual(explanations, []);
});

trials("auditPaper() decides between two numbers of items by the values", (paper, source) => {
  const between = { ...paper.benchmarks[0]!, n: 811, other_n: 800, other_source: "Table 9" };
  const real = source.pick([811, 800]);
  const counted = reprint(
    without(paper, ["table-1", "table-3"]),
    (c) => (100 * Math.round(c.value! * real / 100) / real).toFixed(2),
  );
  const papers = {
    ...counted,
    benchmarks: [between],
    tables: counted.tables.map((t) => ({ ...t, cells: t.cells.map((c) => c.n ? { ...c, n: 811 } : c) })),
  };
  const [found] = atLeast(ofRule(auditPaper(papers), "grim"), 1);
  deepStrictEqual(found.explanations, [`most values were computed over ${real} items`]);
});

trials(
  "auditPaper() finds a system with two values for one language, but not one printed with more decimals",
  (paper, source) => {
    const system = source.pick(["Alpha", "Beta"]), lang = source.pick(LANGS);
    const finer = reprint(
      paper,
      (c) => c.table === "table-3" && c.kind === "score" ? c.value!.toFixed(2) : undefined,
    );
    deepStrictEqual(auditPaper(finer), []);
    const broken = reprint(
      paper,
      (c) =>
        c.table === "table-3" && c.system === system && c.scope === lang
          ? (c.value! + 4).toFixed(1)
          : undefined,
    );
    const found = ofRule(auditPaper(broken), "conflict");
    strictEqual(found.length, 1);
    deepStrictEqual(
      found[0]!.cells.map((c) => c.table),
      ["table-2", "table-3"],
    );
    ok(found[0]!.message.includes(`${lang} `), found[0]!.message);
  },
);

trials("auditPaper() finds two systems with the same row, and a row printed twice", (paper, source) => {
  const [a, b] = atLeast(source.shuffle(SYSTEMS), 2);
  const values = new Map(
    paper.tables[1]!.cells.filter((c) => c.system === a).map((c) => [c.scope, c.printed]),
  );
  const broken = reprint(
    without(paper, ["table-1", "table-3"]),
    (c) => c.system === b ? values.get(c.scope) : undefined,
  );
  const found = ofRule(auditPaper(broken), "duplicate");
  strictEqual(found.length, 1);
  ok(found[0]!.message.includes(a) && found[0]!.message.includes(b));
  const elsewhere = {
    ...broken,
    tables: broken.tables.map((t) => ({
      ...t,
      cells: t.cells.map((c) => c.system === b ? { ...c, benchmark: "other" } : c),
    })),
  };
  deepStrictEqual(
    ofRule(auditPaper(elsewhere), "duplicate"),
    [],
    "the same values on another benchmark are no copy",
  );
  const twice = {
    ...paper,
    tables: paper.tables.map((t) =>
      t.id === "table-1" ? { ...t, cells: [...t.cells, ...t.cells.slice(0, 3)] } : t
    ),
  };
  strictEqual(ofRule(auditPaper({ ...twice, prose: [] }), "duplicate").length, 1);
});

trials("auditPaper() finds every kind of sentence that its cells contradict", (paper, source) => {
  const [value, difference, countOf, best] = atLeast(paper.prose, 4);
  const off = (p: PaperProse) => ({
    ...p,
    number: (Number(p.number) + source.pick([1, -1])).toFixed(p.op === "count" ? 0 : 1),
  });
  const loser = SYSTEMS.find((s) => !best.cells.startsWith(`table-2 > ${s} `))!;
  for (
    const wrong of [off(value), off(difference), off(countOf), {
      ...best,
      cells: `table-2 > ${loser} > LR ; table-2 > * > LR`,
    }]
  ) {
    strictEqual(ofRule(auditPaper({ ...paper, prose: [wrong] }), "prose").length, 1, wrong.op);
  }
  const swapped = paper.tables[1]!.cells.find((c) => c.system === "Alpha" && c.scope === "de")!.value! -
    paper.tables[1]!.cells.find((c) => c.system === "Beta" && c.scope === "de")!.value!;
  const [found] = ofRule(
    auditPaper({ ...paper, prose: [{ ...difference, number: swapped.toFixed(1) }] }),
    "prose",
  );
  if (found) {
    ok(
      found.explanations.some((e) => e.includes("difference of the column de")),
      found.explanations.join("; "),
    );
  }
});

Deno.test("auditPaper() refuses prose that points nowhere or at several cells", () => {
  const paper = cleanPaper(stream(1, "references"));
  const audit = (cells: string) => () => auditPaper({ ...paper, prose: [prose("value", "1", cells)] });
  throws(audit("table-9 > Alpha > bn"), /Cannot find the cell "table-9 > Alpha > bn" of prose "value"/);
  throws(audit("table-3 > Average > Alpha"), /Cannot tell which cell/);
  throws(audit("table-2 > Alpha"), /wanted table > row > column/);
});

Deno.test("auditPaper() finds the known errors of the real paper", () => {
  const findings = auditPaper(loadPaper());
  const has = (rule: Rule, message: RegExp, explanation = /^/) =>
    ok(
      ofRule(findings, rule).some((f) =>
        message.test(f.message) &&
        (explanation.source === "^" || f.explanations.some((e) => explanation.test(e)))
      ),
      `${rule} ${message} ${explanation}`,
    );
  has(
    "mean",
    /Table 14 \(LinguaLIFT, Avg\.\) prints 57\.5, but its 11 cells give 56\.84/,
    /without te, as are all 2 means/,
  );
  has(
    "mean",
    /Table 14 \(w\/o task-transfer, Avg\.\) prints 8\.49/,
    /one of bn, sw, te and th were 0\.40 \(1 of 250 items\) lower/,
  );
  has("mean", /Table 17 \(w\/o freezing Language Alignment Layer in Task-Transfer, HR\.\) prints 58\.8/);
  has("grim", /Table 10, Translate-En \(MetaMath\) on mgsm: 7 of 11/, /means of 2 runs/);
  has("grim", /MMWP has 811 items .* or 800/, /811/);
  has("conflict", /LinguaLIFT \(MetaMath\) on mmwp .* 10 of 21 shared values differ/, /always lower/);
  has(
    "conflict",
    /LinguaLIFT \(MetaMath\) on mgsm .* Tables 2, 10 and 24 on one side and Tables 14 and 16 on the other/,
  );
  has(
    "duplicate",
    /LangBridge \(MetaMath\) and MindMerger-Soft \(MetaMath\) \(Low-Resource Retrain\) have the same 4 values/,
  );
  ok(
    !findings.some((f) => f.explanations.some((e) => e.includes("2 runs over 811"))),
    "1,622 items could give any value",
  );
  has("prose", /it says 10\.2, .* is 11\.2/);
  has("prose", /it says 8\.49 as .* give 8\.52 to 8\.53/);
  has("prose", /it says 2\.6, .* is 3\.4/, /column Avg\./);
  has("prose", /it says 811, .* is 800/);
  has("prose", /56\.1, but MetaMathOctopus-MAPO-DPO† has 57\.8/);
});
