/** The tagger on sentences tagged by hand. */
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { tag } from "../../lib/text/pos.ts";
import { parseGold, posAccuracy } from "../../lib/text/pos_accuracy.ts";

function readGold(name: string) {
  const path = `data/text/${name}.txt`;
  return parseGold(Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url)), path);
}

const gold = readGold("english_pos_gold");
const heldOut = readGold("english_pos_heldout");

function tags(text: string): string {
  return tag(text).map((token) => `${token.text}/${token.pos}`).join(" ");
}

function fixed(text: string, names: string[] = []): string[] {
  return tag(text, { names: new Set(names) }).flatMap((token) =>
    token.fixed === undefined ? [] : [`${token.text}:${token.fixed}`]
  );
}

Deno.test("tag() covers all but white space, in order, for any text", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "grapheme" }), fc.lorem({ mode: "sentences", maxCount: 2 })),
      (raw) => {
        const text = raw.toWellFormed();
        let at = 0;
        for (const { text: piece, start, end } of tag(text)) {
          strictEqual(text.slice(start, end), piece);
          ok(/^\s*$/u.test(text.slice(at, start)), `lost "${text.slice(at, start)}"`);
          at = end;
        }
        ok(/^\s*$/u.test(text.slice(at)));
      },
    ),
    { numRuns: 500, seed: 5 },
  );
});

Deno.test("tag() gives a text the same tags whatever was tagged before", () => {
  const before = gold.map(({ text }) => tag(text));
  const after = [...gold].reverse().map(({ text }) => tag(text)).reverse();
  deepStrictEqual(after, before);
});

Deno.test("tag() reaches 96 % on sentences tagged by hand before its rules saw them, and keeps names and numbers", () => {
  ok(gold.length + heldOut.length >= 100);
  for (const result of [posAccuracy(heldOut), posAccuracy(gold)]) {
    ok(result.correct / result.tokens >= 0.96, `${result.correct} of ${result.tokens}`);
    for (const pos of ["NOUN", "VERB", "ADP", "PRON", "AUX"]) {
      const { gold, predicted, correct } = result.by_pos[pos]!;
      ok(
        correct / gold > 0.85 && correct / predicted > 0.85,
        `${pos}: ${correct} of ${gold}, ${predicted} said`,
      );
    }
    ok(result.fixed.correct >= result.fixed.gold - 1, JSON.stringify(result.fixed));
    ok(result.fixed.predicted <= result.fixed.gold * 1.15, JSON.stringify(result.fixed));
  }
});

Deno.test("tag() is right on every kind of sentence of the mini world", () => {
  const cases = [
    "Tom/PROPN has/VERB no/DET hats/NOUN ./PUNCT",
    "Tom/PROPN gives/VERB 3/NUM apples/NOUN to/ADP Mary/PROPN ./PUNCT",
    "Lucy/PROPN has/VERB 3/NUM times/NOUN as/ADV many/ADJ boxes/NOUN as/ADP Adam/PROPN ./PUNCT",
    "There/PRON are/VERB 4/NUM cows/NOUN and/CCONJ 5/NUM ducks/NOUN on/ADP the/DET farm/NOUN ./PUNCT",
    "One/NUM hat/NOUN costs/VERB 5/NUM coins/NOUN ./PUNCT",
    "Tom/PROPN shares/VERB the/DET mangoes/NOUN equally/ADV among/ADP 4/NUM friends/NOUN ./PUNCT",
    "Tom/PROPN puts/VERB the/DET lemons/NOUN equally/ADV into/ADP 3/NUM bags/NOUN ./PUNCT",
    "The/DET key/NOUN is/AUX in/ADP the/DET box/NOUN ./PUNCT",
    "How/ADV many/ADJ balloons/NOUN does/AUX Tom/PROPN have/VERB left/VERB ?/PUNCT",
    "How/ADV many/ADJ animals/NOUN are/VERB there/PRON on/ADP the/DET farm/NOUN ?/PUNCT",
    "How/ADV many/ADJ eggs/NOUN does/AUX each/DET child/NOUN get/VERB ?/PUNCT",
    "What/PRON do/AUX people/NOUN eat/VERB ?/PUNCT",
    "What/PRON do/AUX people/NOUN drink/VERB from/ADP ?/PUNCT",
    "What/PRON do/AUX people/NOUN carry/VERB things/NOUN in/ADP ?/PUNCT",
    "The/DET answer/NOUN is/AUX 8/NUM ./PUNCT",
  ];
  for (const expected of cases) {
    const text = expected.split(" ").map((item) => item.split("/")[0]).join(" ").replace(/ ([.?])$/, "$1");
    strictEqual(tags(text), expected);
  }
});

Deno.test("posAccuracy() counts what a wrong tag is: sums agree, and a wrong gold is found", () => {
  const result = posAccuracy(gold);
  strictEqual(Object.values(result.by_pos).reduce((sum, { gold }) => sum + gold, 0), result.tokens);
  strictEqual(Object.values(result.by_pos).reduce((sum, { correct }) => sum + correct, 0), result.correct);
  const wrong = parseGold("The/DET dogs/VERB _./PUNCT", "x");
  deepStrictEqual(posAccuracy(wrong).mistakes, [{
    text: "dogs",
    said: "NOUN",
    gold: "VERB",
    sentence: "The dogs.",
  }]);
});

Deno.test("tag() tells main verbs have and do from their auxiliaries", () => {
  strictEqual(tags("She has 5 apples left."), "She/PRON has/VERB 5/NUM apples/NOUN left/VERB ./PUNCT");
  strictEqual(tags("She has eaten."), "She/PRON has/AUX eaten/VERB ./PUNCT");
  strictEqual(tags("Did she eat?"), "Did/AUX she/PRON eat/VERB ?/PUNCT");
  ok(tags("How many does he have left?").includes("does/AUX he/PRON have/VERB"));
  ok(tags("He does his work.").includes("does/VERB"));
});

Deno.test("tag() marks names, numbers and dates, and remembers a name", () => {
  deepStrictEqual(
    fixed("Tendai ate 12 eggs on Monday with twenty-one Mexican boys."),
    [
      "Tendai:name",
      "12:number",
      "Monday:date",
      "twenty:number",
      "one:number",
      "Mexican:name",
    ].filter((each) => each !== "-:number"),
  );
  deepStrictEqual(fixed("Then Rose stood. Rose ate."), ["Rose:name", "Rose:name"]);
  deepStrictEqual(fixed("Mark rose at 5:30 p.m."), ["Mark:name", "5:30:date", "p.m.:date"]);
  deepStrictEqual(fixed("Rose drank it.", ["Rose"]), ["Rose:name"]);
  deepStrictEqual(fixed("I think it is 2 dollars."), ["2:number"]);
});

Deno.test("parseGold() names the line of a token without a tag", () => {
  throws(() => parseGold("a/DET\nb/FOO", "x.txt"), {
    message: 'Cannot read "x.txt": line 2 has "b/FOO", expected token/TAG or token/TAG/name',
  });
});
