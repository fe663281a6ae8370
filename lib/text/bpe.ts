/**
 * Byte-pair encoding (Sennrich et al. 2016, over bytes as in GPT-2): learns merges from counted pieces of text. npm has
 * many encoders but no kept-up trainer, hence this one. Pair counts and the words that hold a pair are updated in place
 * after each merge (the algorithm of Hugging Face `tokenizers`), so the cost is that of the changes, not of the text.
 *
 * Equal counts are decided by the smaller pair of ids, as in Hugging Face's trainer, so the order of the input does not
 * matter. This file knows pieces and ids; `subword.ts` makes a tokenizer.json of them.
 * @module
 */

/** A learned merge: the texts of its two halves. */
export type Merge = [left: string, right: string];

/** Settings of {@link learnMerges}. */
export interface MergeOptions {
  /** Number of tokens wanted in the end, those given included; fewer come back when no pair reaches `minFrequency`. */
  size: number;
  /** A pair seen fewer times is not merged. */
  minFrequency: number;
  /** Longest token, in bytes (one character of a token's text is one byte). */
  maxTokenLength: number;
}

/** A pair of neighbouring symbols: how often it occurs, and the words in which it occurred at some time. */
interface Pair {
  readonly left: number;
  readonly right: number;
  count: number;
  readonly words: number[];
}

/** A pair with its count at the time it was queued; stale when the pair's count has moved on. */
interface Candidate {
  readonly pair: Pair;
  readonly count: number;
}

/** Ids stay below this, so that `left * ID_LIMIT + right` is exact in a double. */
const ID_LIMIT = 2 ** 26;

/**
 * Learns merges from words, most frequent pair first.
 *
 * @param tokens texts of the ids that the words use, one character a byte
 * @param words each a sequence of ids with the number of times it occurs
 * @returns `tokens` with the new ones after them, and the merges in the order learned
 */
export function learnMerges(
  tokens: readonly string[],
  words: readonly { symbols: readonly number[]; count: number }[],
  options: MergeOptions,
): { tokens: string[]; merges: Merge[] } {
  const all = [...tokens];
  const idOf = new Map(all.map((token, id) => [token, id]));
  const text = words.map((word) => Int32Array.from(word.symbols));
  const lengths = Int32Array.from(text, (symbols) => symbols.length);
  const pairs = new Map<number, Pair>();

  function add(left: number, right: number, count: number, word: number): Pair {
    const key = left * ID_LIMIT + right;
    let pair = pairs.get(key);
    if (pair === undefined) pairs.set(key, pair = { left, right, count: 0, words: [] });
    pair.count += count;
    if (count > 0 && pair.words.at(-1) !== word) pair.words.push(word);
    return pair;
  }

  words.forEach(({ count }, word) => {
    for (let i = 0; i + 1 < lengths[word]!; i++) add(text[word]![i]!, text[word]![i + 1]!, count, word);
  });
  const queue = [...pairs.values()].map((pair) => ({ pair, count: pair.count }));
  heapify(queue);

  const merges = new Map<number, Merge>();
  while (all.length < options.size) {
    const pair = popFrequent(queue);
    if (pair === undefined || pair.count < options.minFrequency) break;
    const { left, right } = pair;
    const key = left * ID_LIMIT + right;
    pairs.delete(key);
    pair.count = 0;
    const merged = all[left]! + all[right]!;
    if (merged.length > options.maxTokenLength) continue;

    // "a"+"bc" and "ab"+"c" make the same token, which keeps its id.
    const id = idOf.get(merged) ?? all.push(merged) - 1;
    idOf.set(merged, id);
    merges.set(key, merges.get(key) ?? [all[left]!, all[right]!]);
    const grown = new Set<Pair>();
    for (const word of pair.words) {
      lengths[word] = mergeWord(text[word]!, lengths[word]!, pair, id, (a, b, sign) => {
        // The merged pair is gone for good; counting it down would bring it back as an empty record.
        if (a === left && b === right) return;
        const changed = add(a, b, sign * words[word]!.count, word);
        if (sign > 0) grown.add(changed);
      });
    }
    // Only pairs with the merged symbol can have grown; those that shrank are corrected when they come up.
    for (const each of grown) push(queue, { pair: each, count: each.count });
  }
  return { tokens: all, merges: [...merges.values()] };
}

/** Replaces the pair by `id` in the first `length` symbols, reporting each neighbour pair lost (-1) and won (+1). */
function mergeWord(
  symbols: Int32Array,
  length: number,
  { left, right }: Pair,
  id: number,
  report: (left: number, right: number, sign: 1 | -1) => void,
): number {
  let out = 0;
  for (let i = 0; i < length; i++) {
    if (symbols[i] !== left || i + 1 >= length || symbols[i + 1] !== right) {
      symbols[out++] = symbols[i]!;
      continue;
    }
    if (out > 0) {
      report(symbols[out - 1]!, left, -1);
      report(symbols[out - 1]!, id, 1);
    }
    if (i + 2 < length) {
      report(right, symbols[i + 2]!, -1);
      report(id, symbols[i + 2]!, 1);
    }
    symbols[out++] = id;
    i++;
  }
  return out;
}

/** Takes the most frequent pair off the queue, putting stale entries back with their true count. */
function popFrequent(queue: Candidate[]): Pair | undefined {
  while (queue.length > 0) {
    const top = queue[0]!;
    const isCurrent = top.count === top.pair.count;
    if (isCurrent || top.pair.count <= 0) {
      const last = queue.pop()!;
      if (queue.length > 0) queue[0] = last;
    } else queue[0] = { pair: top.pair, count: top.pair.count };
    siftDown(queue, 0);
    if (isCurrent && top.pair.count > 0) return top.pair;
  }
  return undefined;
}

/** Whether `a` is merged before `b`: the higher count, then the smaller ids. */
function isBefore(a: Candidate, b: Candidate): boolean {
  if (a.count !== b.count) return a.count > b.count;
  if (a.pair.left !== b.pair.left) return a.pair.left < b.pair.left;
  return a.pair.right < b.pair.right;
}

function heapify(heap: Candidate[]): void {
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) siftDown(heap, i);
}

function push(heap: Candidate[], item: Candidate): void {
  heap.push(item);
  for (let i = heap.length - 1; i > 0;) {
    const parent = (i - 1) >> 1;
    if (!isBefore(heap[i]!, heap[parent]!)) return;
    [heap[i], heap[parent]] = [heap[parent]!, heap[i]!];
    i = parent;
  }
}

function siftDown(heap: Candidate[], from: number): void {
  for (let i = from;;) {
    let best = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      if (child < heap.length && isBefore(heap[child]!, heap[best]!)) best = child;
    }
    if (best === i) return;
    [heap[i], heap[best]] = [heap[best]!, heap[i]!];
    i = best;
  }
}
