/**
 * A store or a written site as one side of a comparison, a slice at a time. A site has the marks of every answer in its
 * data files; what steps scored themselves is in the store alone.
 * @module
 */
import { join } from "node:path";
import * as v from "valibot";
import { UserError } from "../errors.ts";
import { exists } from "../files.ts";
import { listSlices } from "../results/read_slice.ts";
import { readResults } from "../results/read_results.ts";
import type { SideSlice } from "../results/side.ts";
import { scopesOf, sliceName } from "../results/slice.ts";
import { openStore } from "../store/open.ts";
import { readScript } from "./evidence.ts";
import { readMark } from "./mark.ts";

/** One side. */
interface Side extends Disposable {
  /** Its slices. */
  readonly names: readonly string[];
  read(name: string): Promise<SideSlice>;
}

/** Opens a store's file or a site's folder. @throws {UserError} where it is neither */
export async function openSide(path: string): Promise<Side> {
  if (!exists(path)) throw new UserError(`Cannot compare "${path}": there is no such file or folder`);
  return Deno.statSync(path).isDirectory ? openSite(path) : await openStoreSide(path);
}

async function openStoreSide(path: string): Promise<Side> {
  const db = await openStore(path, "read");
  const keys = new Map((await listSlices(db)).map((key) => [sliceName(key), key]));
  return {
    names: [...keys.keys()],
    async read(name) {
      const { slice, items, marks } = await readResults(db, keys.get(name)!);
      return {
        items,
        marks,
        cells: slice.benchmarks.flatMap((benchmark) =>
          slice.variants.flatMap(({ name: variant }) =>
            scopesOf(benchmark).map(({ scope, languages }) => ({
              benchmark: benchmark.id,
              variant,
              scope,
              languages,
            }))
          )
        ),
        own: slice.own,
        verdicts: Object.fromEntries(slice.claims.map(({ claim, verdict }) => [claim, verdict])),
      };
    },
    [Symbol.dispose]: () => db[Symbol.dispose](),
  };
}

const text = v.string();
/** What is read of a slice's data file. */
const siteSlice = v.object({
  benchmarks: v.record(text, v.object({ items: v.array(text) })),
  runs: v.array(v.object({ seed: v.number(), variant: text })),
  cells: v.record(text, v.object({ benchmark: text, variant: text, scope: text, languages: v.array(text) })),
  marks: v.array(v.tuple([v.number(), text, text, v.pipe(text, v.regex(/^[01.]*$/))])),
  verdicts: v.optional(v.record(text, text)),
});

function openSite(folder: string): Side {
  if (!exists(join(folder, "report.json"))) {
    throw new UserError(
      `Cannot compare "${folder}": it has no report.json, so that it is no site of a report`,
    );
  }
  const { slices } = readMark(join(folder, "report.json"));
  return {
    names: Object.keys(slices),
    read: (name) => Promise.resolve(readSiteSlice(join(folder, "evidence", `${name}.js`))),
    [Symbol.dispose]: () => {},
  };
}

function readSiteSlice(path: string): SideSlice {
  const parsed = v.safeParse(siteSlice, readFile(path));
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new UserError(`Cannot compare "${path}": ${v.getDotPath(issue) ?? "file"}: ${issue.message}`);
  }
  const { benchmarks, runs, cells, marks, verdicts } = parsed.output;
  return {
    items: Object.fromEntries(Object.entries(benchmarks).map(([id, { items }]) => [id, items])),
    cells: Object.values(cells),
    marks: marks.flatMap(([run, benchmark, lang, marks]) => {
      const at = runs[run];
      return at ? [{ ...at, benchmark, lang, marks }] : [];
    }),
    own: null,
    verdicts: verdicts ?? null,
  };
}

function readFile(path: string): unknown {
  if (!exists(path)) {
    throw new UserError(`Cannot compare "${path}": the file is not there; is the site whole?`);
  }
  try {
    return readScript(Deno.readTextFileSync(path));
  } catch (error) {
    throw new UserError(`Cannot compare "${path}": ${(error as Error).message}`, { cause: error });
  }
}
