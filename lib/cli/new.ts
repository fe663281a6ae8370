/**
 * `deno task new ID`: writes `experiments/ID.ts`, an ablation that runs as it is, for its author to edit.
 * @module
 */
import { join, relative } from "node:path";
import { must } from "../checked.ts";
import { didYouMean, UserError } from "../errors.ts";
import { writeNewFile } from "../files.ts";
import { capitalised } from "../format.ts";
import { experimentIds, loadExperiment } from "../lab/experiment/discover.ts";
import { flatten } from "../lab/plan/patch.ts";
import { ROOT } from "../lab/record/paths.ts";
import { command, parse } from "./command.ts";
import { exitWith } from "./exit.ts";
import { experimentsOption } from "./experiment/options.ts";
import { experimentModule, FIELD, type Original, RATIO } from "./experiment_module.ts";
import { print } from "./terminal/print.ts";

/** An id names a file, and stands in the names of runs and pages. */
const ID = /^[a-z][a-z0-9_]*$/;
/** Characters: names of runs hold more than the id, and a file's has 255 at most. */
const LONGEST = 60;

const EXAMPLES = `
Examples:
  deno task new half_switched
  deno task new half_switched_nli --from understanding_xnli
`;

/** Runs the command line. @returns the exit code */
async function newMain(args: readonly string[]): Promise<number> {
  const program = command("new", "Writes experiments/ID.ts: an ablation that runs as it is, to edit")
    .argument("<id>", 'name of file and experiment: small letters, digits and "_"')
    .option("--from <experiment>", "take method, base and benchmarks of this experiment")
    .addOption(experimentsOption())
    .addHelpText("after", EXAMPLES);
  const parsed = parse<{ from?: string; experiments: string }>(program, args);
  if (!parsed) return 0;
  const { args: [id], options: { from, experiments } } = parsed;
  print(await writeExperiment(must(id, "id"), experiments, from));
  return 0;
}

/** @returns what to do next @throws {UserError} for an id that cannot be one or is taken, and a base that does not suit */
async function writeExperiment(id: string, folder: string, from: string | undefined): Promise<string> {
  checkId(id);
  const file = join(folder, `${id}.ts`);
  const original = from === undefined ? undefined : await originalOf(from, folder);
  const path = relative(folder, join(ROOT, "mod.ts")).replaceAll("\\", "/");
  const title = capitalised(id.replaceAll(/_+/g, " ").trim());
  const text = experimentModule({ id, title, original, mod: path.startsWith(".") ? path : `./${path}` });
  if (!writeNewFile(file, text)) {
    throw new UserError(
      `Cannot write "${
        relative(Deno.cwd(), file)
      }": it is there, and is not written over; choose another name`,
    );
  }
  return `Wrote ${relative(Deno.cwd(), file)}: one variant, one claim. It runs as it is:
  deno task experiment ${id} --plan          what would run, why and how long
  deno task experiment ${id} --scale smoke   trains in half a minute, prints the table
Then change the variant (docs/recipe.md has every field), the claim and the first line.`;
}

/** @throws {UserError} for what neither a file nor an experiment may be called */
function checkId(id: string): void {
  if (ID.test(id) && id.length <= LONGEST) return;
  const near = id.replace(/\.ts$/, "").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(
    /[^a-z0-9]+/g,
    "_",
  )
    .replace(/^[_0-9]+|_+$/g, "").slice(0, LONGEST);
  throw new UserError(
    `Cannot call an experiment "${id}": a name begins with a small letter and has small letters, digits and "_", ` +
      `${LONGEST} at most; ${
        near === "" ? 'choose one, such as "half_switched"' : `did you mean "${near}"?`
      }`,
  );
}

/** What is taken of another experiment. @throws {UserError} where there is none, or the new variant would change nothing */
async function originalOf(id: string, folder: string): Promise<Original> {
  const known = experimentIds(folder);
  if (!known.includes(id)) throw new UserError(`Unknown experiment "${id}": ${didYouMean(id, known)}`);
  const { base, benchmarks } = await loadExperiment(join(folder, `${id}.ts`));
  const ratio = flatten(base)[FIELD];
  if (ratio === undefined || ratio === String(RATIO)) {
    throw new UserError(
      `Cannot take the base of "${id}": ${
        ratio === undefined ? `its recipe has no ${FIELD}` : `its ${FIELD} is ${ratio} already`
      }, and that is what the new variant changes; leave out --from, or name an experiment of LinguaLIFT`,
    );
  }
  return { id, benchmark: must(benchmarks[0], `benchmarks of ${id}`) };
}

if (import.meta.main) await exitWith(() => newMain(Deno.args));
