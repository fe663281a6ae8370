/**
 * Reads whole data sets through their loaders and says how many rows came out, or what is wrong: the work behind
 * `deno task data --check`.
 * @module
 */
import { UserError } from "../../errors.ts";
import { loadAsdiv } from "./asdiv.ts";
import { alignBibles, loadBible } from "./bible.ts";
import { loadFlores, loadTatoeba } from "./bitext.ts";
import { loadCommonsenseQa, loadXcsqa } from "./choice.ts";
import { type DataSet, inventory } from "./catalog.ts";
import { loadConcepts } from "./concept_vectors.ts";
import { loadGsm8k, loadMgsm, loadMsvamp } from "./math.ts";
import { loadMawps } from "./mawps.ts";
import { loadMmwp } from "./mmwp.ts";
import { loadMultiMwp } from "./multimwp.ts";
import { loadMuse } from "./muse.ts";
import { loadXnli } from "./nli.ts";
import { loadOwnDictionary, loadOwnProblems } from "./own.ts";
import { loadMetaMathQa, loadMgsm8kInstruct, loadOpenMathInstruct2 } from "./training_math.ts";

/** One part read: its number of rows and of lines skipped, if any, or the loader's complaint. */
export type Checked = { readonly part: string; readonly rows: number; readonly skipped?: number } | {
  readonly part: string;
  readonly problem: string;
};

interface Counted {
  readonly rows: number;
  readonly skipped: number;
}

/** How to count the rows of a part of each set. */
const COUNT: Readonly<Record<string, (folder: string, part: string) => number | Counted>> = {
  mgsm: (folder, part) => loadMgsm(folder, part).length,
  msvamp: (folder, part) => loadMsvamp(folder, part).length,
  gsm8k: (folder, part) => loadGsm8k(folder, part as "train").length,
  asdiv: (folder) => loadAsdiv(folder).length,
  mawps: (folder, part) => loadMawps(folder, part).length,
  mmwp: (folder, part) => loadMmwp(folder, part).length,
  multimwp: (folder, part) => {
    const { problems, dropped } = loadMultiMwp(folder, part);
    const { noNumber, inexact, otherNumbers } = dropped;
    return { rows: problems.length, skipped: noNumber + inexact + otherNumbers };
  },
  metamathqa: (folder) => loadMetaMathQa(folder).length,
  openmathinstruct2: (folder) => loadOpenMathInstruct2(folder).length,
  mgsm8kinstruct: (folder) =>
    [...loadMgsm8kInstruct(folder).values()].reduce((sum, rows) => sum + rows.length, 0),
  own: (folder, part) =>
    part === "problems"
      ? [...loadOwnProblems(folder).values()].reduce((sum, rows) => sum + rows.length, 0)
      : [...loadOwnDictionary(folder).values()].reduce((sum, pairs) => sum + pairs.length, 0),
  xnli: (folder, part) => (part === "dev" ? loadXnli(folder, "en", "dev") : loadXnli(folder, part)).length,
  commonsenseqa: (folder, part) => loadCommonsenseQa(folder, part as "train").length,
  xcsqa: (folder, part) => loadXcsqa(folder, part).length,
  tatoeba: (folder, part) => loadTatoeba(folder, part).pairs.length,
  flores200: (folder, part) => loadFlores(folder, part).pairs.length,
  muse: (folder, part) => {
    const { pairs, skipped } = loadMuse(folder, ...part.split("-") as [string, string]);
    return { rows: pairs.length, skipped };
  },
  word_vectors: (folder, part) => loadConcepts(folder, part).length,
  bible: (folder, part) => {
    const english = loadBible(folder, "en");
    return part === "verses"
      ? english.references.length
      : alignBibles(english, loadBible(folder, part)).pairs.length;
  },
};

/** Reads every part of a set that is there. */
export function checkDataSet(folder: string, set: DataSet): Checked[] {
  return inventory(folder, set).filter(({ isThere }) => isThere).map(({ part }) => {
    try {
      const counted = COUNT[set.id]!(folder, part);
      if (typeof counted === "number") return { part, rows: counted };
      return { part, rows: counted.rows, ...(counted.skipped > 0 ? { skipped: counted.skipped } : {}) };
    } catch (error) {
      if (error instanceof UserError) return { part, problem: error.message };
      throw error;
    }
  });
}
