/**
 * Edit distance of two lists of words with its alignment, searched in a band around the diagonal as Tercom's beam does:
 * ties go to keeping or replacing a word, then to dropping one of the hypothesis, then to adding one.
 * @module
 */

const BEAM_WIDTH = 25;
/** How a cell of the table is reached. */
const NONE = 0, KEEP = 1, REPLACE = 2, DROP = 3, ADD = 4;

export interface Edits {
  readonly distance: number;
  /** For each reference word, the hypothesis word it stands with, or the last one before it (-1: none). */
  readonly aligned: readonly number[];
  /** Whether the word was replaced, dropped or added. */
  readonly hypothesisWrong: readonly boolean[];
  readonly referenceWrong: readonly boolean[];
}

/** The fewest insertions, deletions and substitutions that make `hypothesis` into `reference` (not empty); words as numbers. */
export function editDistance(hypothesis: readonly number[], reference: readonly number[]): Edits {
  const rows = hypothesis.length, columns = reference.length, width = columns + 1;
  const cost = new Float64Array((rows + 1) * width).fill(Infinity), ops = new Uint8Array(cost.length);
  for (let j = 0; j <= columns; j++) {
    cost[j] = j;
    ops[j] = ADD;
  }
  for (let i = 1; i <= rows; i++) {
    const [from, end] = band(i, rows, columns);
    for (let j = from; j < end; j++) {
      const here = i * width + j, above = here - width;
      let least = Infinity, op: number = NONE;
      if (j > 0) {
        const same = hypothesis[i - 1] === reference[j - 1];
        least = cost[above - 1]! + (same ? 0 : 1);
        op = same ? KEEP : REPLACE;
      }
      if (cost[above]! + 1 < least) {
        least = cost[above]! + 1;
        op = DROP;
      }
      if (j > 0 && cost[here - 1]! + 1 < least) {
        least = cost[here - 1]! + 1;
        op = ADD;
      }
      cost[here] = least;
      ops[here] = op;
    }
  }
  return { distance: cost[cost.length - 1]!, ...alignment(ops, rows, columns) };
}

/** `editDistance(...).distance` alone, several times as fast: the search for shifts asks for nothing else. */
export function distanceOf(hypothesis: readonly number[], reference: readonly number[]): number {
  const rows = hypothesis.length, columns = reference.length;
  let above = Float64Array.from({ length: columns + 1 }, (_, j) => j), here = new Float64Array(columns + 1);
  for (let i = 1; i <= rows; i++) {
    const [from, end] = band(i, rows, columns);
    const word = hypothesis[i - 1];
    here.fill(Infinity);
    if (from === 0) here[0] = above[0]! + 1;
    for (let j = Math.max(1, from); j < end; j++) {
      const diagonal = above[j - 1]! + (word === reference[j - 1] ? 0 : 1);
      const side = Math.min(above[j]!, here[j - 1]!) + 1;
      here[j] = diagonal < side ? diagonal : side;
    }
    [above, here] = [here, above];
  }
  return above[columns]!;
}

/** The columns of row `i` that are searched, as [first, end). The last row is searched to its end. */
function band(i: number, rows: number, columns: number): [number, number] {
  const ratio = columns / rows;
  const beam = BEAM_WIDTH < ratio / 2 ? Math.ceil(ratio / 2 + BEAM_WIDTH) : BEAM_WIDTH;
  const diagonal = Math.floor(i * ratio);
  return [Math.max(0, diagonal - beam), i === rows ? columns + 1 : Math.min(columns + 1, diagonal + beam)];
}

function alignment(ops: Uint8Array, rows: number, columns: number): Omit<Edits, "distance"> {
  const aligned = new Array<number>(columns),
    hypothesisWrong = new Array<boolean>(rows),
    referenceWrong = new Array<boolean>(columns);
  for (let i = rows, j = columns; i > 0 || j > 0;) {
    const op = ops[i * (columns + 1) + j];
    if (op === DROP) {
      hypothesisWrong[--i] = true;
      continue;
    }
    referenceWrong[--j] = op !== KEEP;
    if (op !== ADD) hypothesisWrong[--i] = op !== KEEP;
    aligned[j] = op === ADD ? i - 1 : i;
  }
  return { aligned, hypothesisWrong, referenceWrong };
}
