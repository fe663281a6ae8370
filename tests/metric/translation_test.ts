/**
 * BLEU, chrF and TER against the numbers that sacreBLEU publishes: its README, its own test suite (test/test_bleu.py,
 * test_chrf.py, test_ter.py), and the cards of Hugging Face's evaluate, which calls it.
 */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { corpusBleu, corpusChrf, corpusTer } from "../../lib/metric/mod.ts";
import { tokens13a, words } from "../../lib/metric/mt_text.ts";
import { distanceOf, editDistance } from "../../lib/metric/ter_edits.ts";

const REFERENCES = [
  ["The dog bit the man.", "It was not unexpected.", "The man bit him first."],
  ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."],
];
const SYSTEM = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];

const text = fc.array(fc.constantFrom("a", "b", "c", "dog", "man", "it", "the", "."), {
  minLength: 1,
  maxLength: 14,
}).map((w) => w.join(" "));
const corpus = fc.array(text, { minLength: 1, maxLength: 4 });

Deno.test("corpusBleu(), corpusChrf() and corpusTer() are perfect for the reference itself", () => {
  fc.assert(fc.property(corpus, (lines) => {
    const longer = lines.map((line) => `${line} x y z w`);
    ok(Math.abs(corpusBleu(longer, [longer]).score - 100) < 1e-9);
    ok(Math.abs(corpusChrf(longer, [longer]).score - 100) < 1e-9);
    strictEqual(corpusTer(longer, [longer]).score, 0);
  }));
});

Deno.test("corpusBleu(), corpusChrf() and corpusTer() never lose by a further reference of the same length", () => {
  fc.assert(fc.property(corpus, (lines) => {
    const system = lines.map((line) => line.split(" ").toReversed().join(" "));
    const both = [lines, system];
    ok(corpusBleu(system, both).score >= corpusBleu(system, [lines]).score - 1e-9);
    ok(corpusChrf(system, both).score >= corpusChrf(system, [lines]).score - 1e-9);
    strictEqual(corpusTer(system, both).edits, 0);
  }));
});

Deno.test("corpusBleu() gives the README's example with its signature", () => {
  const bleu = corpusBleu(SYSTEM, REFERENCES);
  strictEqual(bleu.score.toFixed(6), "48.530827");
  strictEqual(bleu.precisions.map((p) => p.toFixed(1)).join("/"), "82.4/50.0/45.5/37.5");
  deepStrictEqual([bleu.brevityPenalty.toFixed(3), bleu.hypothesisLength, bleu.referenceLength], [
    "0.943",
    17,
    18,
  ]);
  strictEqual(bleu.signature, "nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.0.0");
  strictEqual(corpusBleu(["", "", ""], REFERENCES).score, 0);
});

Deno.test("corpusBleu() takes the reference length nearest to the translation's, the shorter of two", () => {
  strictEqual(corpusBleu(["a b c d"], [["a b c"], ["a b c d e"]]).referenceLength, 3);
  strictEqual(corpusBleu(["a b c d"], [["a b c d e"], ["a"]]).referenceLength, 5);
});

Deno.test("corpusChrf() counts no n-grams of a segment whose reference is too short to have any", () => {
  // Orders of "ab"/"ab": 1, 2. "xyz"/"x" adds order 1 only: 1 of 3 characters, 1 of 1; its 2 bigrams do not count.
  const precision = (3 / 5 + 1 / 1) / 2, recall = 1;
  const wanted = 100 * 5 * precision * recall / (4 * precision + recall);
  ok(Math.abs(corpusChrf(["ab", "xyz"], [["ab", "x"]]).score - wanted) < 1e-9);
});

Deno.test("corpusBleu() smooths orders without a match as sacreBLEU does", () => {
  // test_sentence_bleu.py: 8.493 with `exp` smoothing (all four orders exist, so effective order changes nothing)
  const reference = "producţia de zahăr brut se exprimă în zahăr alb;";
  const system = "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;";
  strictEqual(corpusBleu([system], [[reference]]).score.toFixed(3), "8.493");
  strictEqual(corpusBleu(["this is a cat"], [["okay thanks"]]).score, 0);
});

Deno.test("corpusChrf() gives sacreBLEU's published values with its signature", () => {
  const chrf = corpusChrf(SYSTEM, REFERENCES);
  strictEqual(chrf.score.toFixed(2), "59.73"); // README, Python API
  strictEqual(chrf.signature, "nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.0.0");
  // card of evaluate's chrf
  const system = [
    "The relationship between cats and dogs is not exactly friendly.",
    "a good bookshop is just a genteel black hole that knows how to read.",
  ];
  const reference = [
    "The relationship between dogs and cats is not exactly friendly.",
    "A good bookshop is just a genteel Black Hole that knows how to read.",
  ];
  strictEqual(corpusChrf(system, [reference]).score.toFixed(6), "84.642149");
});

Deno.test("corpusChrf() leaves out orders that do not exist (test_chrf.py, effective order, beta 3)", () => {
  const cases: [string[], string[], number][] = [
    [["a"], ["a"], 100],
    [[""], ["reference"], 0],
    [["a b c"], ["a b c"], 100],
    [["a b c"], ["abc"], 100],
    [[""], ["c"], 0],
    [["a", "b"], ["a", "c"], 50],
    [["aa"], ["ab"], 25],
  ];
  for (const [system, reference, wanted] of cases) {
    ok(
      Math.abs(corpusChrf(system, [reference], { beta: 3 }).score - wanted) < 1e-4,
      `${system} | ${reference}`,
    );
  }
});

Deno.test("corpusTer() gives sacreBLEU's published values with its signature (test_ter.py)", () => {
  const cases: [string[], string[], number][] = [
    [["aaaa bbbb cccc dddd"], ["aaaa bbbb cccc dddd"], 0],
    [["dddd eeee ffff"], ["aaaa bbbb cccc"], 1],
    [[""], ["a"], 1],
    [["d e f g h a b c"], ["a b c d e f g h"], 1 / 8],
    [
      [
        'wählen Sie " Bild neu berechnen , " um beim Ändern der Bildgröße Pixel hinzuzufügen oder zu entfernen , damit das Bild ungefähr dieselbe Größe aufweist wie die andere Größe .',
        'wenn Sie alle Aufgaben im aktuellen Dokument aktualisieren möchten , wählen Sie im Menü des Aufgabenbedienfelds die Option " Alle Aufgaben aktualisieren . "',
        'klicken Sie auf der Registerkarte " Optionen " auf die Schaltfläche " Benutzerdefiniert " und geben Sie Werte für " Fehlerkorrektur-Level " und " Y / X-Verhältnis " ein .',
        "Sie können beispielsweise ein Dokument erstellen , das ein Auto über die Bühne enthält .",
        'wählen Sie im Dialogfeld " Neu aus Vorlage " eine Vorlage aus und klicken Sie auf " Neu . "',
      ],
      [
        'wählen Sie " Bild neu berechnen , " um beim Ändern der Bildgröße Pixel hinzuzufügen oder zu entfernen , damit die Darstellung des Bildes in einer anderen Größe beibehalten wird .',
        'wenn Sie alle Aufgaben im aktuellen Dokument aktualisieren möchten , wählen Sie im Menü des Aufgabenbedienfelds die Option " Alle Aufgaben aktualisieren . "',
        'klicken Sie auf der Registerkarte " Optionen " auf die Schaltfläche " Benutzerdefiniert " und geben Sie für " Fehlerkorrektur-Level " und " Y / X-Verhältnis " niedrigere Werte ein .',
        "Sie können beispielsweise ein Dokument erstellen , das ein Auto enthalt , das sich über die Bühne bewegt .",
        'wählen Sie im Dialogfeld " Neu aus Vorlage " eine Vorlage aus und klicken Sie auf " Neu . "',
      ],
      0.136,
    ],
  ];
  for (const [system, reference, wanted] of cases) {
    ok(Math.abs(corpusTer(system, [reference]).score - 100 * wanted) < 1e-3, `${system[0]}`);
  }
  strictEqual(
    corpusTer(["a"], [["a"]]).signature,
    "nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.0.0",
  );
});

Deno.test("corpusTer() takes the nearest of several references over their mean length (card of evaluate's ter)", () => {
  const system = [
    "does this sentence match??",
    "what about this sentence?",
    "What did the TER metric user say to the developer?",
  ];
  const references = [
    ["does this sentence match", "wHaT aBoUt ThIs SeNtEnCe?", "Your jokes are..."],
    ["does this sentence match!?!", "wHaT aBoUt ThIs SeNtEnCe?", "...TERrible"],
  ];
  const { score, edits, referenceLength } = corpusTer(system, references, { caseSensitive: true });
  deepStrictEqual([score, edits, referenceLength], [150, 15, 10]);
});

const sentence = fc.array(fc.nat(8), { minLength: 1, maxLength: 14 });

Deno.test("editDistance() is Levenshtein's, and its alignment accounts for every edit", () => {
  fc.assert(fc.property(sentence, sentence, (h, r) => {
    const { distance, aligned, hypothesisWrong, referenceWrong } = editDistance(h, r);
    strictEqual(distance, levenshtein(h, r));
    const kept = referenceWrong.filter((wrong) => !wrong).length;
    strictEqual(kept, hypothesisWrong.filter((wrong) => !wrong).length);
    referenceWrong.forEach((wrong, j) => ok(wrong || h[aligned[j]!] === r[j]));
    aligned.forEach((at, j) => ok(j === 0 || at >= aligned[j - 1]!));
  }));
});

Deno.test("distanceOf() is the distance of editDistance(), in the band too", () => {
  const long = fc.array(fc.nat(3), { minLength: 1, maxLength: 140 });
  fc.assert(fc.property(long, long, (h, r) => strictEqual(distanceOf(h, r), editDistance(h, r).distance)));
  strictEqual(distanceOf([], [1, 2]), 2);
});

Deno.test("corpusTer() never needs more than the edit distance", () => {
  fc.assert(fc.property(text, text, (a, b) => {
    ok(corpusTer([a], [[b]]).edits <= levenshtein(a.split(" "), b.split(" ")));
  }));
});

Deno.test("tokens13a() keeps points and commas inside numbers only", () => {
  deepStrictEqual(tokens13a("Pay $3,500.25 (now), &quot;ok&quot; 5-6."), [
    "Pay",
    "$",
    "3,500.25",
    "(",
    "now",
    ")",
    ",",
    '"',
    "ok",
    '"',
    "5",
    "-",
    "6",
    ".",
  ]);
  deepStrictEqual(words("a\u00a0b\u3000c\x1cd\ufeffe\n"), ["a", "b", "c", "d\ufeffe"]);
});

Deno.test("corpusBleu(), corpusChrf() and corpusTer() refuse lists of unequal length", () => {
  for (const metric of [corpusBleu, corpusChrf, corpusTer]) {
    throws(() => metric(["a"], [["a", "b"]]), /Cannot score 1 translations against 2 references/);
    throws(() => metric(["a"], []), /against no references/);
  }
});

function levenshtein<T>(a: readonly T[], b: readonly T[]): number {
  let row = b.map((_, j) => j + 1);
  a.forEach((word, i) => {
    const next: number[] = [];
    b.forEach((other, j) => {
      const diagonal = j === 0 ? i : row[j - 1]!, left = j === 0 ? i + 1 : next[j - 1]!;
      next.push(Math.min(diagonal + (word === other ? 0 : 1), row[j]! + 1, left + 1));
    });
    row = next;
  });
  return row.at(-1)!;
}
