/**
 * What stands around a quantity: its sign, and whether it is an operand of something larger (3 + 4, 2-3, 12:30, √16), so
 * that it is no answer by itself. An equals sign parts sides and makes no operand.
 * @module
 */

const SPACE = String.raw`[^\S\n]`;
const OPEN = String.raw`[([{|]`;
/** "$", "R$", "US$"; a currency's letters ("Rs.", "EUR") only where the sign touches them. */
const SYMBOL = String.raw`[A-Za-z]{0,3}\p{Sc}`;
const LETTERS = String.raw`[A-Z][A-Za-z]{0,3}\.?`;
const SIGN = new RegExp(
  String.raw`(?<sign>[-+])(?:(?<space>${SPACE}*)(?:${SYMBOL}${SPACE}?)?|${LETTERS}${SPACE}?)$`,
  "u",
);
const anyOf = (forms: readonly string[]) => `(?:${forms.join("|")})`;
/** Scripts that put no spaces between words: a minus after their letters is a sign ("答案是-5"), no hyphen. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}ー`;
/** A hyphen after this is none of a number's business ("B-12"), or takes away from it ("3-2", ")-2"). */
const BEFORE_HYPHEN = new RegExp(String.raw`[\p{L}\p{M}\p{N}%°)\]}](?<![${UNSPACED}])$`, "u");
const BEFORE_OPERATOR = /[\d)\]}%°]\s*$/;
/** A sign may stand alone after this: an equation's side, a bracket, a colon, the beginning of an answer. */
const BEFORE_SIGN = /[=≈:：([{<>$"'*]$/;
const RAISED = /(?:\^|(?<=[\p{L}\p{M}})\]])_)\s*[{(]?\s*[-+]?$/u;
/** "minus 5": a sign in words, or a subtraction. */
const MINUS = String
  .raw`(?<!\p{L})(?:minus|negative|negativ|menos|moins|минус|hasi|মাইনাস|ঋণাত্মক|మైనస్)|负|負|マイナス|ลบ`
  .normalize("NFC");
const LEFT_OPERAND = new RegExp(
  anyOf([
    String.raw`[×÷∙⋅±√∛/]${SPACE}*`,
    // (2) * 3, x + 3
    String.raw`(?:[\d)\]}]|(?<![\p{L}\p{M}])\p{sc=Latn})${SPACE}*[*·+]${SPACE}*`,
    String.raw`(?<![\p{L}\p{M}])[b-df-hj-np-z]-`,
    String.raw`[-+]${SPACE}*${OPEN}+`,
    // Swahili's scale words stand first.
    String.raw`(?<![\p{L}\p{M}])(?:mia|elfu|laki|milioni|bilioni)`,
    MINUS,
    String.raw`\\(?:sqrt|log|ln|lg|exp|sin|cos|tan|binom)\s*(?:\[[^\]]*\])?\s*[{(]?`,
  ]) + String.raw`${SPACE}*${OPEN}*${SPACE}*\p{Sc}?$`,
  "u",
);
const VARIABLE = String.raw`\p{sc=Latn}(?![\p{L}\p{M}.'’])`;
/** 5 + x, 5 \times \sqrt{2}; after a dash or a star only where the letter is no word. */
const RIGHT_OPERAND = new RegExp(
  String.raw`^[%°)\]}]*${SPACE}*` + anyOf([
    String.raw`[+×÷·⋅∙]${SPACE}*${anyOf([VARIABLE, String.raw`\\(?:frac|sqrt|log|ln|pi)`])}`,
    String.raw`[-*]${SPACE}*${VARIABLE}${SPACE}*(?:[-+*/=)]|$)`,
  ]),
  "u",
);

/** The beginning of a quantity with its sign, as the text before it tells. */
export interface Prefix {
  readonly start: number;
  /** "unsure": a dash with spaces around it, in running text or after a line break, may be a sign or none. */
  readonly sign: "+" | "-" | "unsure";
  /** Whether it is an operand of what stands before it. */
  readonly operand: boolean;
  /** Whether it is an exponent or an index, and no number of its own. */
  readonly raised: boolean;
}

/** Looks back from a quantity at `at`. `answer`: the text is an answer, so that "- 5" at its beginning is -5. */
export function prefixOf(text: string, at: number, answer: boolean): Prefix {
  const before = text.slice(Math.max(0, at - 64), at);
  const raised = RAISED.test(before);
  const found = SIGN.exec(before);
  const start = found ? at - before.length + found.index : at;
  const ahead = found ? before.slice(0, found.index) : before;
  const sign = found ? signOf(found.groups!, ahead, answer) : null;
  if (sign === null || sign === "unsure") {
    return { start: at, sign: sign ?? "+", operand: LEFT_OPERAND.test(before), raised };
  }
  return { start, sign, operand: LEFT_OPERAND.test(ahead), raised };
}

/** null: the mark is an operator, a hyphen or a dash. */
function signOf(
  { sign, space = "" }: Record<string, string>,
  ahead: string,
  answer: boolean,
): Prefix["sign"] | null {
  if (BEFORE_HYPHEN.test(ahead) || BEFORE_OPERATOR.test(ahead)) return null;
  if (ahead.endsWith("-")) return "unsure";
  const line = ahead.slice(ahead.lastIndexOf("\n") + 1).trimEnd();
  const alone = line === "" ? answer && !ahead.includes("\n") : BEFORE_SIGN.test(line);
  return space === "" || alone ? sign as "+" | "-" : "unsure";
}

/** Whether what stands after a quantity makes it an operand of something without a number: "5 + x". */
export function isOperandBefore(text: string, end: number): boolean {
  return RIGHT_OPERAND.test(text.slice(end, end + 64));
}

/** "5 or 6", "3 to 5", "3 and 1/2", "3 times 4" in MGSM's languages: no one number. */
export const CONJUNCTION =
  "plus|times|mal|más|mais|por|fois|плюс|加|减|乘|除以|or|to|and|oder|bis|und|o|a|y|ou|à|et|e|" +
  "или|до|и|或|或者|到|至|和|か|から|と|หรือ|ถึง|และ|au|hadi|na|বা|থেকে|এবং|లేదా|నుండి|మరియు";
const OPERATOR = String.raw`[-+*/×÷·⋅∙±:~〜～xX^]`;
const JOINT = new RegExp(
  `^${
    anyOf([
      // 3 4 and (2)(3)
      `${SPACE}*`,
      String.raw`[)\]}]+${OPEN}+`,
      // 3 + 4, 2-3, (2) * ($3)
      String
        .raw`[%°)\]}\p{Sc}]*${SPACE}*(?:${OPERATOR}${SPACE}*)+(?:${OPEN}${SPACE}*)*(?:${SYMBOL})?${SPACE}*`,
      // 1..5
      `${SPACE}*[.,'’…]+`,
      `${SPACE}?(?:${CONJUNCTION})${SPACE}?(?:${SYMBOL})?`.normalize("NFC"),
      // 3 apples - 2
      String.raw`${SPACE}?[\p{L}\p{M}]+${SPACE}+[-+*/×÷·]${SPACE}*(?:${SYMBOL})?`,
    ])
  }$`,
  "u",
);

/** Whether what stands between two quantities makes them one expression. "Step 1: 42" is no ratio. */
export function isJoint(between: string): boolean {
  return between.length <= 64 && JOINT.test(between) && !/^:[^\S\n]+$/.test(between);
}
