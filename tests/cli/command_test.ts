/** Command lines: what is wrong with one is said in one line that names the nearest choice, and ends with 2. */
import { match, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { atLeast } from "../../lib/checked.ts";
import { act, command, parse } from "../../lib/cli/command.ts";
import { UserError } from "../../lib/errors.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";

const word = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/).filter((name) => name !== "help");
const words = fc.uniqueArray(word, { minLength: 2, maxLength: 8 });

Deno.test("parse() refuses every option that the command does not have, in one line with the choice", () => {
  fc.assert(fc.property(words, fc.boolean(), ([wrong, ...valid], isRequired) => {
    const program = command("x", "").argument("[rest...]").option("--free");
    for (const name of valid) {
      if (isRequired) program.requiredOption(`--${name} <value>`);
      else program.option(`--${name}`);
    }
    const isLine = (error: unknown) => {
      ok(error instanceof UserError, String(error));
      const choice = ["--free", "--help", ...valid.map((name) => `--${name}`)].sort().join(", ");
      match(
        error.message,
        new RegExp(`^Unknown option "--${wrong}": (did you mean "--[^"]+"\\? Valid: |choose from )`),
      );
      ok(error.message.endsWith(choice), error.message);
      return true;
    };
    throws(() => parse(program, [`--${wrong}`]), isLine);
    throws(() => parse(program, ["rest", `--${wrong}`, "value"]), isLine);
  }));
});

Deno.test("act() refuses every subcommand that there is not, with or without an action of the command itself", async () => {
  await fc.assert(fc.asyncProperty(words, fc.boolean(), async ([wrong, ...valid], hasOwn) => {
    const ran: string[] = [];
    const program = command("x", "");
    if (hasOwn) program.action(() => void ran.push(""));
    for (const name of valid) program.command(name).action(() => void ran.push(name));
    const message = await act(program, [wrong!]).then(() => "", (error: UserError) => error.message);
    match(
      message,
      new RegExp(
        `^Unknown command "${wrong}": (did you mean "[a-z0-9]+"\\? Valid: |choose from )[a-z0-9, ]+$`,
      ),
    );
    for (const name of valid) await act(program, [name]);
    strictEqual(ran.join(" "), valid.join(" "));
  }));
});

/** Command lines of every task that are wrong, and how the answer begins. */
const WRONG: readonly [string, RegExp][] = [
  ["world", /^Cannot run "world": name one of its commands: check, /],
  ["world chek", /^Unknown command "chek": did you mean "check"\?/],
  ["world marks no.json", /^Cannot read "no\.json": there is no such file$/m],
  [
    "world marks deno.json",
    /^Cannot read "deno\.json": it is no file of marks .*; give one as "Save as file"/,
  ],
  ["world samples --jsn", /^Unknown option "--jsn": did you mean "--json"\?/],
  ["data qualty", /^Unknown command "qualty": did you mean "quality"\?/],
  ["data quality --referense x", /^Unknown option "--referense": did you mean "--reference"\?/],
  ["data mmwp --seed one", /^Cannot use "one" for --seed: expected a whole number from 0$/m],
  ["models gte", /^Unknown command "gte": did you mean "get"\?/],
  ["models get --form hub", /^Unknown option "--form": did you mean "--from"\?/],
  ["bench", /^Cannot run "bench": name one of its commands: engine, lab, cost$/m],
  ["bench lab --siezs 3", /^Unknown option "--siezs": did you mean "--sizes"\?/],
  ["bench engine --only decoed", /^Unknown part "decoed": did you mean "decode"\?/],
  ["doctor x", /^Unknown argument "x": "doctor" takes options only$/m],
  ["report --answers few", /^Cannot use "few" for --answers: expected a whole number from 0$/m],
  ["regress --exat", /^Unknown option "--exat": did you mean "--exact"\?/],
  ["audit --jsn", /^Unknown option "--jsn": did you mean "--json"\?/],
  ["generate --modell x", /^Unknown option "--modell": did you mean "--model"\?/],
  [
    "bisect toy mgsm",
    /^Cannot use "mgsm" for <score>: expected BENCHMARK\/VARIANT\/SCOPE, as mgsm\/LinguaLIFT\/avg$/m,
  ],
  ["history stage_remval", /^Unknown experiment "stage_remval": did you mean "stage_removal"\?/],
  ["diff a", /^Missing required argument "b"$/m],
  ["experiment --gpu a100-80gb", /^Cannot use --gpu without --plan: it names a card that a plan is made for/],
  ["experiment --plan --gpu a1", /^Unknown card "a1": choose from a100-40gb, a100-80gb, h100-80gb, /],
  ["serve --port 70000", /^Cannot use "70000" for --port: expected at most 65535$/m],
  ["runs --jsn", /^Unknown option "--jsn": did you mean "--json"\?/],
  ["docs --chek", /^Unknown option "--chek": choose from --help$/m],
  ["pretrain lmm", /^Unknown model "lmm": did you mean "llm"\?/],
  ["experiment --seeds", /^Option "--seeds <seeds>" argument missing$/m],
  ["experiment --engine troch", /^Unknown engine "troch": did you mean "torch"\?/],
  [
    "experiment --dtype bfloat16",
    /^Cannot use --dtype with --engine onnx: only --engine torch has it$/m,
  ],
  [
    "experiment --engine torch --device webgpu",
    /^Cannot use --device webgpu with --engine torch: it knows cpu and cuda$/m,
  ],
  ["verify --processes none", /^Cannot use "none" for --processes: expected a whole number from 1$/m],
  ["torch instal", /^Unknown command "instal": did you mean "install"\?/],
  [
    "torch install --python /no/python",
    /^Cannot install PyTorch: there is no \/no\/python here; install Python 3.10 or later$/m,
  ],
  ["export", /^Required option "--to <folder>" is missing$/m],
  ["new", /^Missing required argument "id"$/m],
  ["new half-switched", /^Cannot call an experiment "half-switched": .*did you mean "half_switched"\?$/m],
  ["slurm", /^Missing required argument "command"$/m],
  [
    "slurm no_such_program",
    /^Cannot (run "no_such_program": it is not there|start a Slurm here: it needs root)/,
  ],
  [
    "experiment --engine torch --nodes 2",
    /^Cannot use --nodes without --executor slurm: nodes are Slurm's$/m,
  ],
  [
    "experiment --executor slurm --engine torch --processes 3 --nodes 2",
    /^Cannot spread 3 processes over 2 nodes: give --processes as a multiple of --nodes$/m,
  ],
  ["experiment --executor slrum", /^Unknown executor "slrum": did you mean "slurm"\?/],
  ["verify --scale smoek", /^Unknown scale "smoek": did you mean "smoke"\?/],
];

for (const [line, answer] of WRONG) {
  Deno.test(`deno task ${line}: one line on standard error, exit code 2`, async () => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", ...line.split(" ")],
      cwd: ROOT,
      stdin: "null",
    }).output();
    const [out, errors] = atLeast([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)), 2);
    strictEqual(code, 2, errors);
    strictEqual(out, "");
    match(errors, answer);
    strictEqual(errors.trimEnd().split("\n").length, 1, errors);
  });
}

Deno.test("every task of the project is among the wrong command lines", () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json"))) as { tasks: object };
  const tried = new Set(WRONG.map(([line]) => line.split(" ")[0]));
  const missing = Object.keys(tasks).filter((name) => !tried.has(name));
  strictEqual(missing.join(" "), "client fonts check test ok");
});
