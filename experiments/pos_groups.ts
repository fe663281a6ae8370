/**
 * Parts of speech: which words have to be switched (Figure 6, Table 18, Appendix D.3).
 *
 * Stage 1 switches only words of some parts of speech: single ones, combinations by syntactic function, and the two key
 * structures subject-verb and prepositional phrase; all words is LinguaLIFT. In the paper nouns matter most, the key
 * structures suffice, and modifiers matter least. The page also has the parts of speech of our own English problems
 * beside Table 18, and how often the tagger is right on sentences tagged by hand.
 *
 * `deno task experiment pos_groups --seeds 3`
 * @module
 */
import {
  all,
  claim,
  COUNTED,
  type Experiment,
  isAbove,
  isAboveFloor,
  isBelow,
  isWithin,
  lingualift,
  lingualiftRecipe,
  main,
  type Recipe,
  TABLE_18,
} from "../mod.ts";

type Pos = NonNullable<Recipe["code_switch"]["pos"]>[number];
const only = (...pos: Pos[]) => ({ code_switch: { pos } });

const MGSM = { benchmark: "mgsm", scope: "avg" };
const KEY = ["Subject-verb (noun + verb)", "Prepositional phrase (adposition + noun)"] as const;
const VERB_ADVERB = "Verb + adverb";
const MODIFIERS = ["Adjective + adverb", "Pronoun + auxiliary + conjunction"] as const;

const experiment: Experiment<Recipe> = {
  id: "pos_groups",
  version: 1,
  order: 5,
  title: "Parts of speech",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "all words",
  variants: {
    "Noun": only("NOUN"),
    "Verb": only("VERB"),
    "Adposition": only("ADP"),
    "Pronoun": only("PRON"),
    [VERB_ADVERB]: only("VERB", "ADV"),
    [MODIFIERS[0]]: only("ADJ", "ADV"),
    [MODIFIERS[1]]: only("PRON", "AUX", "CCONJ", "SCONJ"),
    [KEY[0]]: only("NOUN", "VERB"),
    [KEY[1]]: only("ADP", "NOUN"),
  },
  benchmarks: ["mgsm"],
  figures: {
    figure_6: { draw: "bars", title: "Figure 6: parts of speech", benchmarks: ["mgsm"] },
    table_18: {
      draw: "shares",
      title: "Table 18: parts of speech in the English problems",
      metric: COUNTED,
      table: "table-18",
      rows: TABLE_18,
    },
  },
  claims: [
    claim(
      "nouns_matter_most",
      "Among the individual parts of speech, substituting nouns significantly affects reasoning",
      "Section 6.2, Figure 6",
      isAbove("Noun", ["Verb", "Adposition", "Pronoun"], MGSM),
    ),
    claim(
      "key_structures_are_best",
      "Subject-verb and prepositional phrase combinations outperform other combinations",
      "Section 6.2, Figure 6",
      isAbove(KEY, [VERB_ADVERB, ...MODIFIERS], MGSM),
    ),
    claim(
      "key_structures_suffice",
      "These structures are sufficient for the model to generalize reasoning across languages",
      "Section 6.2",
      all(isWithin(KEY, "all words", { ...MGSM, by: 0.05 }), isAboveFloor(KEY, MGSM)),
    ),
    claim(
      "modifiers_are_worst",
      "Adjective-adverb and auxiliary-conjunction combinations perform the worst",
      "Section 6.2, Figure 6",
      isBelow(MODIFIERS, [VERB_ADVERB, ...KEY], MGSM),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
