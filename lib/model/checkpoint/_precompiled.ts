/**
 * SentencePiece's table of normalisations, as tokenizers of XLM-R, mT5 and ALBERT hold it (`precompiled_charsmap`): a trie
 * of UTF-8 bytes, in the layout of darts-clone, whose leaves point at texts. Read as the reference library in Rust reads it
 * (huggingface/spm_precompiled and `Precompiled` of huggingface/tokenizers), its oddities included.
 * @module
 */
import { UserError } from "../../errors.ts";

/** Bytes of a character with its marks up to which it is looked up as a whole. */
const LONGEST = 5;

/** Characters with their marks that are remembered at most. */
const REMEMBERED = 100_000;

/**
 * The normalisation of a table.
 * @param charsmap base64: uint32 size of the trie in bytes, its uint32 units, then texts that end with a zero byte
 * @throws {UserError} when it is not such a table
 */
export function precompiled(charsmap: string): (text: string) => string {
  const bytes = decode(charsmap);
  const view = new DataView(bytes.buffer);
  const size = bytes.length < 4 ? 0 : view.getUint32(0, true);
  if (size === 0 || size % 4 !== 0 || 4 + size > bytes.length) {
    throw new UserError("its precompiled_charsmap is cut off");
  }
  const units = Uint32Array.from({ length: size / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
  const texts = bytes.subarray(4 + size);
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
  const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

  /** What the shortest beginning of `key` that is in the table stands for. */
  function lookUp(key: Uint8Array): string | undefined {
    let at = offset(units[0] ?? 0);
    for (const byte of key) {
      if (byte === 0) return undefined;
      at ^= byte;
      const unit = units[at];
      // The label has the highest bit for leaves, which no byte has.
      if (unit === undefined || (unit & 0x800000ff) !== byte) return undefined;
      at ^= offset(unit);
      const hasLeaf = ((unit >>> 8) & 1) === 1;
      const leaf = units[at];
      if (hasLeaf && leaf !== undefined) return textAt(leaf & 0x7fffffff);
    }
    return undefined;
  }

  function textAt(start: number): string {
    const end = texts.indexOf(0, start);
    return decoder.decode(texts.subarray(start, end < 0 ? texts.length : end));
  }

  const known = new Map<string, string>();
  /** A character with its marks as a whole, where it is short and in the table; else each code point for itself. */
  function normalizeGrapheme(grapheme: string): string {
    const before = known.get(grapheme);
    if (before !== undefined) return before;
    const key = encoder.encode(grapheme);
    const whole = key.length <= LONGEST ? lookUp(key) : undefined;
    const normal = whole ??
      [...grapheme].map((character) => lookUp(encoder.encode(character)) ?? character).join("");
    if (known.size >= REMEMBERED) known.clear();
    known.set(grapheme, normal);
    return normal;
  }

  return (text) => {
    let normal = "";
    for (const { segment } of graphemes.segment(text)) normal += normalizeGrapheme(segment);
    return normal;
  };
}

function decode(charsmap: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.fromBase64(charsmap);
  } catch (error) {
    throw new UserError("its precompiled_charsmap is not base64", { cause: error });
  }
}

/** How far the children of a unit are from it. */
function offset(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
