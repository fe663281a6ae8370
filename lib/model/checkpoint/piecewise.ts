/**
 * Encoding piece by piece with memory, for tokenizers as the lab trains them (`lib/text/subword.ts`): the text is cut by
 * one pattern, and the ids of a piece depend on nothing around it, so that a word is encoded once and not in every text.
 * The package goes through a general pipeline for each piece, which takes five times as long.
 * @module
 */
import * as v from "valibot";

/** What of a `tokenizer.json` makes pieces independent of each other; anything else goes the package's way. */
const independent = v.object({
  added_tokens: v.array(
    v.object({ content: v.pipe(v.string(), v.minLength(1)), normalized: v.literal(false) }),
  ),
  normalizer: v.object({ type: v.literal("NFC") }),
  pre_tokenizer: v.object({
    type: v.literal("Sequence"),
    pretokenizers: v.tuple([
      v.object({
        type: v.literal("Split"),
        pattern: v.object({ Regex: v.string() }),
        behavior: v.literal("Isolated"),
        invert: v.literal(false),
      }),
      v.object({
        type: v.literal("ByteLevel"),
        add_prefix_space: v.literal(false),
        use_regex: v.literal(false),
      }),
    ]),
  }),
  post_processor: v.null(),
  model: v.object({ type: v.literal("BPE") }),
});

/** What a `tokenizer_config.json` may not ask for. */
const plain = v.object({
  remove_space: v.optional(v.literal(false)),
  do_lowercase_and_remove_accent: v.optional(v.literal(false)),
});

/** Pieces that are remembered at most; a language's texts have some ten thousand. */
const REMEMBERED = 100_000;

/**
 * The ids of a text without special tokens, or undefined where the tokenizer is of another kind.
 * @param encode the ids of any text, which is asked for pieces not seen yet and for texts with a special token in them
 */
export function piecewise(
  json: unknown,
  config: unknown,
  encode: (text: string) => number[],
): typeof encode | undefined {
  const own = v.safeParse(independent, json);
  if (!own.success || !v.is(plain, config)) return undefined;
  const { added_tokens, pre_tokenizer: { pretokenizers: [{ pattern }] } } = own.output;
  const regex = new RegExp(pattern.Regex, "gu");
  const special = added_tokens.map(({ content }) => content);
  const known = new Map<string, readonly number[]>();

  function idsOf(piece: string): readonly number[] {
    const before = known.get(piece);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known.clear();
    const ids = encode(piece);
    known.set(piece, ids);
    return ids;
  }

  return (text) => {
    if (special.some((token) => text.includes(token))) return encode(text);
    const ids: number[] = [];
    const normal = text.normalize("NFC");
    // A piece that holds a special token after all, made by normalization, is encoded within its text.
    if (normal !== text && special.some((token) => normal.includes(token))) return encode(text);
    let end = 0;
    for (const { 0: piece, index } of normal.matchAll(regex)) {
      if (index > end) ids.push(...idsOf(normal.slice(end, index)));
      ids.push(...idsOf(piece));
      end = index + piece.length;
    }
    if (end < normal.length) ids.push(...idsOf(normal.slice(end)));
    return ids;
  };
}
