/**
 * The Python of the PyTorch engine:
 *
 *     deno task torch                      which it is
 *     deno task torch install              makes a virtual environment below .lab
 *     deno task torch install --python P   takes that Python, which has the packages
 * @module
 */
import { join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { readPlace, type TorchPlace, versionsOf, writePlace } from "../engine/torch/place.ts";
import { ROOT } from "../lab/record/paths.ts";
import { act, command } from "./command.ts";
import { exitWith } from "./exit.ts";
import { TORCH_PLACE } from "./experiment/runtime.ts";
import { print, tell } from "./terminal/print.ts";

const PACKAGE = join(ROOT, "python");

/** Runs the command. @returns the exit code: 1 where there is no PyTorch */
async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  const torch = command("torch", "which Python the PyTorch engine runs in").action(() => {
    const place = readPlace(TORCH_PLACE);
    if (place === null) {
      print('PyTorch is not installed: run "deno task torch install" (some 1.2 GB on a CPU)');
      code = 1;
    } else print(described(place));
  });
  torch.command("install").description("makes a virtual environment with PyTorch, or takes yours")
    .option("--python <program>", "a Python that has the packages already, as one for your GPU")
    .argument("[options...]", 'for pip, after "--", as an index of other wheels')
    .action((options: readonly string[], { python }: { python?: string }) => {
      const program = python === undefined ? makeEnvironment(options) : pathOf(python);
      const place = { program, packages: packagesOf(program), devices: devicesOf(program) };
      writePlace(TORCH_PLACE, place);
      print(described(place));
    });
  await act(torch, args);
  return code;
}

function described(place: TorchPlace): string {
  const devices = place.devices.map(({ name, bytes }) => `, ${name} ${(bytes / 2 ** 30).toFixed(0)} GiB`);
  return `${place.program}: ${versionsOf(place)}${devices.join("")}`;
}

/** A virtual environment of the locked packages: by uv where it is there, else by venv and pip. */
function makeEnvironment(options: readonly string[]): string {
  const folder = join(ROOT, ".lab", "torch");
  const python = join(folder, "bin", "python");
  const lock = join(PACKAGE, "requirements.lock");
  const byUv = runs("uv", ["--version"]);
  tell(`Installing PyTorch below "${folder}" with ${byUv ? "uv" : "pip"}; it takes some minutes`);
  if (byUv) {
    run("uv", ["venv", "--quiet", "--clear", folder]);
    run("uv", ["pip", "install", "--quiet", "--python", python, "-r", lock, ...options]);
    return python;
  }
  run("python3", ["-m", "venv", "--clear", folder]);
  run(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "-r",
    lock,
    ...options,
  ]);
  return python;
}

/** Runs it to its end. @throws {UserError} with its last line when it fails */
function run(program: string, args: readonly string[]): string {
  const { success, stdout, stderr } = output(program, args);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (success) return text(stdout);
  const said = text(stderr).split("\n").at(-1) || text(stdout).split("\n").at(-1) || "it says nothing";
  throw new UserError(`Cannot install PyTorch: ${program} ${args.slice(0, 3).join(" ")} failed: ${said}`);
}

function output(program: string, args: readonly string[]): Deno.CommandOutput {
  try {
    return new Deno.Command(program, { args: [...args], stdin: "null" }).outputSync();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(`Cannot install PyTorch: there is no ${program} here; install Python 3.10 or later`);
  }
}

function runs(program: string, args: readonly string[]): boolean {
  try {
    return new Deno.Command(program, { args: [...args], stdout: "null", stderr: "null" }).outputSync()
      .success;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return false;
  }
}

/** Where a program lies, for a name as for a path: a run's process may start that and nothing else. */
function pathOf(python: string): string {
  return resolve(run(python, ["-c", "import sys; print(sys.executable)"]));
}

/** The versions of what decides the numbers. @throws {UserError} for a package that is missing or cannot be loaded */
function packagesOf(program: string): Record<string, string> {
  const versions = run(program, [
    "-c",
    "import json, torch, transformers, peft, safetensors; from torch.distributed.fsdp import fully_shard; " +
    "print(json.dumps({m.__name__: m.__version__ for m in (torch, transformers, peft)}))",
  ]);
  return JSON.parse(versions.split("\n").at(-1)!);
}

/** The CUDA devices that it finds: what a training is compared with before it begins. */
function devicesOf(program: string): TorchPlace["devices"] {
  const found = run(program, [
    "-c",
    "import json, torch; c = torch.cuda; p = [c.get_device_properties(i) for i in range(c.device_count())]; " +
    'print(json.dumps([{"name": d.name, "bytes": d.total_memory} for d in p]))',
  ]);
  return JSON.parse(found.split("\n").at(-1)!);
}

if (import.meta.main) await exitWith(() => main(Deno.args));
