/** Labels of NLI against a reader of the English text, who knows nothing of frames and roles. */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { languageOf, mini } from "../../../lib/world/mini/mod.ts";
import type { NliItem, NliLabel } from "../../../lib/world/world.ts";

const lemmas = new Map(
  [...languageOf("en").nouns].flatMap(([lemma, { forms }]) =>
    [...forms.values()].map((form) => [form, lemma])
  ),
);

/** What is said, as far as it is known: counts by "person noun", who gave whom what, where things are. */
class Known {
  readonly has = new Map<string, number>();
  readonly given = new Map<string, number>();
  readonly place = new Map<string, string>();

  tell(text: string): void {
    const m = reading(text);
    const key = `${m.who} ${m.what}`;
    const [before, count] = [this.has.get(key), Number(m.n)];
    if (m.verb === "likes") return;
    if (m.verb === "is in") this.place.set(m.what!, m.where!);
    else if (m.than !== undefined) {
      const base = this.has.get(`${m.than} ${m.what}`);
      if (base !== undefined) this.has.set(key, m.degree === "more" ? base + count : base - count);
    } else if (m.verb === "has no") this.has.set(key, 0);
    else if (m.verb === "has") {
      this.has.set(key, count);
      if (m.what2 !== undefined) this.has.set(`${m.who} ${m.what2}`, Number(m.n2));
    } else if (m.verb === "buys") {
      if (before !== undefined) this.has.set(key, before + count);
    } else {
      this.given.set(`${m.who} ${m.whom} ${m.what}`, count);
      if (before !== undefined) this.has.set(key, before - count);
      const other = this.has.get(`${m.whom} ${m.what}`);
      if (other !== undefined) this.has.set(`${m.whom} ${m.what}`, other + count);
    }
  }

  judge(text: string): NliLabel {
    const m = reading(text);
    const mine = this.has.get(`${m.who} ${m.what}`);
    const compare = (is: boolean): NliLabel => is ? "entailment" : "contradiction";
    if (m.verb === "is in") {
      const place = this.place.get(m.what!);
      return place === undefined ? "neutral" : compare(place === m.where);
    }
    if (m.verb === "gets") {
      const given = this.given.get(`${m.whom} ${m.who} ${m.what}`);
      return given === undefined ? "neutral" : compare(given === Number(m.n));
    }
    const other = m.than !== undefined
      ? `${m.than} ${m.what}`
      : m.what2 !== undefined
      ? `${m.who} ${m.what2}`
      : "";
    if (other === "") return mine === undefined ? "neutral" : compare(mine === Number(m.n ?? 0));
    const theirs = this.has.get(other);
    if (mine === undefined || theirs === undefined) return "neutral";
    const apart = m.degree === "more" ? mine - theirs : theirs - mine;
    return compare(m.than !== undefined ? apart === Number(m.n) : apart > 0);
  }
}

const SENTENCES = [
  /^(?:Now )?(?<who>\w+) (?<verb>has) (?<n>\d+) (?<degree>more|fewer) (?<what>\w+) than (?<than>\w+)\.$/,
  /^(?<who>\w+) (?<verb>has) (?<degree>more|fewer) (?<what>\w+) than (?<what2>\w+)\.$/,
  /^(?<who>\w+) (?<verb>has) (?<n>\d+) (?<what>\w+) and (?<n2>\d+) (?<what2>\w+)\.$/,
  /^(?:Now )?(?<who>\w+) (?<verb>has) (?<n>\d+) (?<what>\w+)\.$/,
  /^(?<who>\w+) (?<verb>has no|likes) (?<what>\w+)\.$/,
  /^(?<who>\w+) (?<verb>buys) (?<n>\d+) more (?<what>\w+)\.$/,
  /^(?<who>\w+) (?<verb>gives|gets) (?<n>\d+) (?<what>\w+) (?:to|from) (?<whom>\w+)\.$/,
  /^The (?<what>\w+) (?<verb>is in) the (?<where>\w+)\.$/,
];

/** The parts of a sentence, nouns as lemmas. */
function reading(text: string): Record<string, string | undefined> {
  for (const pattern of SENTENCES) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    return {
      ...groups,
      what: lemmas.get(groups.what!),
      ...(groups.what2 && { what2: lemmas.get(groups.what2) }),
    };
  }
  throw new Error(`Cannot read "${text}"`);
}

Deno.test("a reader of the English text gives every item of NLI its label", () => {
  const items = [
    ...mini.benchmark("xnli", "en", { items: 300, split: "test" }),
    ...mini.benchmark("xnli", "en", { items: 300, split: "dev" }),
    ...mini.instructions("nli", "en", { seed: 4, count: 3000 }),
  ] as NliItem[];
  ok(new Set(items.map(({ kind }) => kind)).size === 10);
  for (const { premise, hypothesis, gold } of items) {
    const known = new Known();
    for (const sentence of premise.split(/(?<=\.) /)) known.tell(sentence);
    strictEqual(known.judge(hypothesis), gold, `${premise} => ${hypothesis}`);
  }
});

Deno.test("a reason follows from the premise, then sets both sides beside each other: all alike where the hypothesis follows", () => {
  const items = [
    ...mini.benchmark("xnli", "en", { items: 300, split: "dev" }),
    ...mini.instructions("nli", "en", { seed: 4, count: 3000 }),
  ] as NliItem[];
  for (const { premise, hypothesis, reason, gold } of items) {
    const known = new Known();
    for (const sentence of premise.split(/(?<=\.) /)) known.tell(sentence);
    const [, says, sides] = /^(.*?\.) (.*)\.$/.exec(reason!)!;
    strictEqual(known.judge(says!), "entailment", `${premise} => ${says}`);
    strictEqual(says === hypothesis, gold === "entailment", `${premise} => ${reason}`);
    const signs = sides!.split(", ").map((side) => {
      const [, said, wanted, sign] = /^(\S+) (\S+) (=|≠)$/.exec(side)!;
      strictEqual(said === wanted, sign === "=", `${premise} => ${reason}`);
      return sign;
    });
    strictEqual(signs.includes("≠"), gold !== "entailment", `${premise} => ${reason}`);
  }
});

Deno.test("a reason is in English whatever the item's language", () => {
  const of = (code: string) =>
    (mini.benchmark("xnli", code, { items: 60, split: "dev" }) as NliItem[]).map(({ reason }) => reason);
  for (const { code } of mini.languages().filter(({ benchmarks }) => benchmarks.has("xnli"))) {
    deepStrictEqual(of(code), of("en"), code);
  }
});
