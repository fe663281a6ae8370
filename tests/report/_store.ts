/**
 * Small stores for the report's tests, written straight into the schema: answers from a seeded model with known skill,
 * and some that try to break out of the page.
 * @module
 */
import { DuckDBInstance } from "@duckdb/node-api";
import { sha256 } from "../../lib/hash.ts";
import type { Knockouts } from "../../lib/lab/experiment/types.ts";
import type { FigureChoice } from "../../lib/lab/experiment/figure.ts";
import { createStatements, quote, runNumber, SCHEMA_VERSION } from "../../lib/store/schema.ts";
import { writeSeal } from "../../lib/store/seal.ts";
import { MISTAKES } from "../../lib/metric/mod.ts";
import { stream } from "../../lib/random.ts";

/** Texts that must show as text, whatever they hold. */
export const HOSTILE = [
  `<script>window.pwned = 1</script>`,
  `</script><img src=x onerror="window.pwned = 2">`,
  `"' onmouseover='window.pwned = 3' &amp; &lt;b&gt;`,
  "التفاح \u202e\u200f 12 ثم <b>٣</b>",
  "\u{1F34E}\u{1F468}\u200d\u{1F469}\u200d\u{1F467} costs \u2028 3 \u0000 \ud800 [ok](javascript:alert(1))"
    .replace(
      "\u0000",
      "",
    ).replace("\ud800", ""),
  "`; DROP TABLE sample; -- ${window.pwned = 4}",
];

export interface StoreOptions {
  readonly experiment?: string;
  readonly scale?: string;
  readonly seeds?: readonly number[];
  readonly items?: number;
  /** Added to the skill of one variant, to make a regression or an improvement. */
  readonly shift?: Readonly<Record<string, number>>;
  /** Leave this variant's runs out. */
  readonly without?: string;
  /** Drop the first item of one language from one run, so that the marks have a gap. */
  readonly gap?: boolean;
  /** The experiment's own figures. */
  readonly figures?: Readonly<Record<string, FigureChoice>>;
  /** Its variants that ask another's system without a part of what it reads. */
  readonly knockouts?: Readonly<Record<string, Knockouts>>;
  /** What an item is; "problem" without it. */
  readonly unit?: string;
  /** The id of an item; "p007" without it. */
  readonly item?: (number: number) => string;
  /** The experiment's title. */
  readonly title?: string;
  /** Also a run that the base's first has taken the place of, and one that failed. */
  readonly extraRuns?: boolean;
}

const GROUPS = { LR: ["bn", "sw", "te", "th"], HR: ["de", "en", "es", "fr", "ja", "ru", "zh"] };
const LANGUAGES = [...GROUPS.LR, ...GROUPS.HR].sort();
const SKILL: Record<string, Record<string, number>> = {
  "LinguaLIFT": { LR: 0.55, HR: 0.72 },
  "w/o Language-Align": { LR: 0.3, HR: 0.7 },
  "w/o Task-Transfer": { LR: 0.04, HR: 0.06 },
  "Mono-SFT": { LR: 0.12, HR: 0.69 },
};
const PATCH: Record<string, unknown[]> = {
  "w/o Language-Align": [{ path: "align", from: '{"steps":600,"lr":0.001}', to: "null" }],
  "w/o Task-Transfer": [{ path: "transfer", from: '{"steps":900,"lr":0.0005}', to: "null" }],
  "Mono-SFT": [{ path: "align", from: '{"steps":600,"lr":0.001}', to: "null" }, {
    path: "encoder",
    from: '"mini"',
    to: "null",
  }],
};

/** What a row's record says of its system; of one nothing, as of older records. */
function factsOf(variant: string): string | null {
  if (variant === "w/o Task-Transfer") return null;
  const tries = [{ count: 3, what: "lr <b>of</b> stage 2", source: 'docs/log.md, "Rates"' }];
  return JSON.stringify({
    reads: "tokens, then the instruction",
    prompts: [
      { when: "asked", text: "<bos>{question}\nSolve step by step:\n" },
      { when: "transfer", text: "<bos>{question}\nSolve step by step:\n{solution}<eos>" },
      { when: "hostile", text: HOSTILE.join("\n") },
    ],
    parallel: variant === "LinguaLIFT" ? ["mapping"] : [],
    tries: variant === "Mono-SFT" ? [] : tries,
  });
}

/** Changes a store as if the lab had written it so. */
export async function change(path: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const db = await instance.connect();
  await db.run(sql);
  await writeSeal(db);
  db.closeSync();
  instance.closeSync();
}

/** Writes a store at `path` with one experiment of four variants. */
export async function writeStore(path: string, options: StoreOptions = {}): Promise<void> {
  const { experiment = "stage_removal", scale = "micro", seeds = [1, 2, 3], items = 60 } = options;
  const instance = await DuckDBInstance.create(path);
  const db = await instance.connect();
  const here = [experiment, scale, "mini"].map(quote).join(", ");
  const waiting = new Map<string, string[]>();
  const insert = (table: string, ...values: (string | number | boolean | null)[]) => {
    const cells = values.map((x) => typeof x === "string" ? quote(x) : x === null ? "NULL" : String(x));
    waiting.set(table, [...(waiting.get(table) ?? []), `(${cells.join(", ")})`]);
  };
  const insertHere = (table: string, ...values: (string | number | boolean | null)[]) =>
    insert(table, experiment, scale, "mini", ...values);
  await db.run("BEGIN");
  if ((await db.runAndReadAll("SELECT table_name FROM duckdb_tables() ORDER BY 1")).currentRowCount === 0) {
    for (const statement of createStatements()) await db.run(statement);
    insert("meta", "schema_version", String(SCHEMA_VERSION));
  }
  await db.run(`DELETE FROM experiment WHERE (experiment, scale, world) = (${here})`);
  insertHere(
    "experiment",
    1,
    options.title ?? "What each of the two stages buys",
    "Stage removal: what each of LinguaLIFT's two stages buys (Figure 3a, Tables 14 and 15).\n\nWithout `Language-Align` expect the low-resource mean on MGSM to fall by about 13 points. Takes 20 minutes on two cores.",
    "lingualift",
    "LinguaLIFT",
    JSON.stringify({ mgsm: "table-14" }),
    "{}",
    JSON.stringify(options.knockouts ?? {}),
    JSON.stringify(options.figures ?? {}),
  );
  const variants = Object.keys(SKILL);
  for (const [position, variant] of variants.entries()) {
    insertHere(
      "variant",
      position,
      variant,
      "lingualift",
      JSON.stringify(PATCH[variant] ?? []),
      factsOf(variant),
    );
  }
  insertHere("benchmark", 0, "mgsm", "MGSM", options.unit ?? "problem", null, null);
  const groups = { ...GROUPS, avg: LANGUAGES };
  for (const [at, [group, languages]] of Object.entries(groups).entries()) {
    for (const lang of languages) {
      insertHere("scope", "mgsm", group, at, lang, LANGUAGES.indexOf(lang));
    }
  }
  writeClaims(insertHere, seeds);
  for (const variant of variants) {
    if (variant === options.without) continue;
    for (const seed of seeds) writeRun(variant, seed);
  }
  if (options.extraRuns) writeExtraRuns();
  for (const [table, rows] of waiting) await db.run(`INSERT INTO ${table} VALUES ${rows.join(",")}`);
  await writeSeal(db);
  await db.run("COMMIT");
  db.closeSync();
  instance.closeSync();

  function writeExtraRuns() {
    const before = `${experiment}-LinguaLIFT-1-${scale}-before`, failed = `${experiment}-failed`;
    const times = ["2026-11-20 01:00:00", "2026-11-20 01:06:40"] as const;
    for (
      const [id, variant, status, error] of [
        [before, "LinguaLIFT", "done", null],
        [failed, "Mono-SFT", "failed", "Out of <b>memory</b>"],
      ] as const
    ) {
      const run = runNumber(sha256(id));
      const [identity, isCurrent] = [sha256(id + "x"), false];
      insert(
        "run",
        run,
        id,
        experiment,
        scale,
        "mini",
        1,
        variant,
        1,
        "lingualift",
        1,
        identity,
        status,
        isCurrent,
        ...times,
        400,
        0,
        0,
        0,
        error,
      );
    }
    insert("recipe", runNumber(sha256(before)), "align.steps", "600", "base");
    insert("recipe", runNumber(sha256(before)), "transfer.lr", "0.9", "scale");
    insert("score", runNumber(sha256(before)), "mgsm", "lang", "sw", "accuracy", 20, 1, 0.05, "acc|v1");
  }

  function writeRun(variant: string, seed: number) {
    const id = `${experiment}-${variant}-${seed}-${scale}`;
    const run = runNumber(sha256(id));
    insert(
      "run",
      run,
      id,
      experiment,
      scale,
      "mini",
      1,
      variant,
      seed,
      "lingualift",
      1,
      sha256(id + "x"),
      "done",
      true,
      "2026-11-21 01:00:00",
      "2026-11-21 01:06:40",
      400 + seed,
      760,
      1.4e9,
      items * LANGUAGES.length,
      null,
    );
    insert("recipe", run, "align.steps", variant === "w/o Language-Align" ? "0" : "600", "base");
    insert("recipe", run, "transfer.lr", "0.0005", "scale");
    for (
      const [key, value] of Object.entries({
        commit: "3c2dac3dbb08",
        dirty: "false",
        cpu: "Test CPU",
        deno: "2.9.6",
        threads: "2",
      })
    ) {
      insert("provenance", run, key, value);
    }
    insert("step", run, 0, "pretrain", null, 1, sha256("pretrain"), seed !== 1, 120, 230);
    insert("step", run, 1, "fit", "align", 1, sha256(id + "1"), false, 90, 170);
    const noise = stream(7, "curve", variant, seed);
    for (let i = 1; i <= 100; i++) {
      // That of Mono-SFT goes on falling.
      const level = variant === "Mono-SFT" ? 3 - i / 50 : 0.5 + 2.5 * Math.exp(-i / 12);
      insert("curve", run, 1, i * 6, level + noise.normal() * 0.02, 0.002 * (1 - i / 101), 1);
    }
    insert(
      "score",
      run,
      "tatoeba",
      "other",
      "sw",
      "top1",
      100,
      41 + seed,
      0.41 + seed / 100,
      "top1|direction=xx-en|v1",
    );
    // Coordinates of a map, see MapFigure: 3 texts in each language, on two panels.
    for (const [i, lang] of options.figures ? LANGUAGES.entries() : []) {
      for (const panel of ["before", "after"]) {
        for (let text = 0; text < 3; text++) {
          const at = stream(7, "map", panel, lang, text, seed);
          const apart = panel === "before" ? i : 0;
          insert(
            "score",
            run,
            panel,
            "other",
            `${lang} ${text}`,
            "map x",
            null,
            null,
            apart + at.normal(),
            "tsne",
          );
          insert("score", run, panel, "other", `${lang} ${text}`, "map y", null, null, at.normal(), "tsne");
        }
      }
    }
    const random = stream(7, "answers", variant, seed), parts = stream(7, "parts", variant, seed);
    /** Operation, operands, sum: all of a right answer, each of a wrong one now and then. */
    const partsOf = (correct: boolean) =>
      [0.3, 0.5, 0.8].map((share) => correct || parts.uniform() < share).join(", ");
    const rows: string[] = [];
    const counts = new Map<string, [number, number]>();
    for (let i = 0; i < items; i++) {
      const item = options.item?.(i) ?? `p${String(i).padStart(3, "0")}`;
      const hardness = stream(7, "hardness", i).normal() * 0.18;
      for (const lang of LANGUAGES) {
        if (options.gap && variant === "LinguaLIFT" && seed === seeds[0] && lang === "bn" && i === 0) {
          continue;
        }
        const level = GROUPS.LR.includes(lang) ? "LR" : "HR";
        const skill = SKILL[variant]![level]! + (options.shift?.[variant] ?? 0) + hardness;
        const correct = random.uniform() < skill;
        const gold = String(7 + i % 23), extracted = correct ? gold : String(5 + i % 11);
        const output = i < HOSTILE.length ? HOSTILE[i]! : `Step by step.\nThe answer is ${extracted}.`;
        const prompt = `${lang}: A basket holds ${i + 3} apples <and> "${i}" pears. How many?`;
        rows.push(
          `(${run}, 'mgsm', ${quote(lang)}, ${quote(item)}, ${quote(sha256(prompt).slice(0, 16))}, ${
            quote(output)
          }, ${i === 9 ? "NULL" : quote(extracted)}, ${quote(gold)}, ${correct}, ${partsOf(correct)}, ${
            quote(i % 2 === 0 ? "buy" : "sell")
          }, ${correct ? "NULL" : quote(i === 9 ? "none" : MISTAKES[1 + i % 6]!)})`,
        );
        const [n, k] = counts.get(lang) ?? [0, 0];
        counts.set(lang, [n + 1, k + Number(correct)]);
        if (variant === "LinguaLIFT" && seed === seeds[0]) {
          insert("prompt", sha256(prompt).slice(0, 16), prompt);
        }
      }
    }
    waiting.set("sample", (waiting.get("sample") ?? []).concat(rows));
    for (const [lang, [n, k]] of counts) {
      insert("score", run, "mgsm", "lang", lang, "accuracy", n, k, k / n, "acc|v1");
    }
  }
}

function writeClaims(
  insertHere: (table: string, ...values: (string | number)[]) => unknown,
  seeds: readonly number[],
) {
  const claims = [
    [
      "lr_needs_align",
      "Removing the Language-Align stage leads to a noticeable performance drop in low-resource languages",
      "supported",
      "LR falls by 24.9 points (95 % interval 21.0 to 28.8, p < 0.001)",
      { value: -0.249, low: -0.288, high: -0.21, p: 0.0001, detectable: 0.05, threshold: 0 },
    ],
    [
      "all_need_transfer",
      "Removing the Task-Transfer stage causes substantial performance degradation across all languages",
      "supported",
      "The average falls by 60 points",
      { value: -0.6, low: -0.63, high: -0.57, p: 0.0001, detectable: 0.04 },
    ],
    [
      "hr_unharmed",
      "Removing Language-Align does not change high-resource languages",
      "not resolvable",
      "A difference below 3.1 points cannot be seen with 60 problems",
      { value: -0.012, low: -0.041, high: 0.018, p: 0.41, detectable: 0.043 },
    ],
    [
      "mono_best",
      "Mono-SFT is best in <b>high-resource</b> languages",
      "contradicted",
      "Mono-SFT is 3.0 points lower (p = 0.02)",
      { value: -0.03, low: -0.052, high: -0.006, p: 0.02, detectable: 0.03 },
    ],
    ["larger", "Larger encoders help", "not run", 'No run of "XL" yet', {}],
  ] as const;
  for (const [i, [id, sentence, verdict, because, numbers]] of claims.entries()) {
    insertHere(
      "claim",
      i,
      id,
      sentence,
      "Section 6.1, Figure 3a",
      verdict,
      because,
      JSON.stringify(numbers),
      seeds.join(","),
    );
  }
}
