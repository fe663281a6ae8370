/**
 * Universal parts of speech (universaldependencies.org/u/pos), as far as the tagger knows them.
 * @module
 */
/** Universal part-of-speech tags (Universal Dependencies v2). */
export type Pos =
  | "ADJ"
  | "ADP"
  | "ADV"
  | "AUX"
  | "CCONJ"
  | "DET"
  | "INTJ"
  | "NOUN"
  | "NUM"
  | "PART"
  | "PRON"
  | "PROPN"
  | "PUNCT"
  | "SCONJ"
  | "SYM"
  | "VERB"
  | "X";
