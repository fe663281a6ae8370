/**
 * Calls a function of the repository in a process of its own: what sets the environment or measures memory would else
 * disturb, or be disturbed by, the tests that run beside it.
 *
 * Run as a program, it is that process.
 * @module
 */
import { ROOT } from "../lib/lab/record/paths.ts";

/** What is called: an exported function of a module below the repository's root. */
interface Call {
  readonly module: string;
  readonly name: string;
  /** As JSON. */
  readonly args: readonly unknown[];
}

type Answer = { readonly value: unknown; readonly grown: number } | { readonly error: string };

/**
 * Calls `name` of `module` there, with variables added to the environment.
 * @returns what it returns, as JSON, and by how many bytes the process grew
 * @throws {Error} with the message of what it throws
 */
export async function elsewhere<T>(
  module: string,
  name: string,
  args: readonly unknown[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ value: T; grown: number }> {
  const call: Call = { module, name, args };
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", "-P=test", import.meta.filename!, JSON.stringify(call)],
    cwd: ROOT,
    env,
    stdin: "null",
  }).output();
  if (code !== 0) throw new Error(`${name}() elsewhere: ${new TextDecoder().decode(stderr)}`);
  // The function may have printed too: the answer is the last line.
  const answer: Answer = JSON.parse(new TextDecoder().decode(stdout).trimEnd().split("\n").at(-1)!);
  if ("error" in answer) throw new Error(answer.error);
  return { value: answer.value as T, grown: answer.grown };
}

async function answer({ module, name, args }: Call): Promise<Answer> {
  const called = (await import(`../${module}`))[name];
  const before = Deno.memoryUsage().rss;
  try {
    const value = await called(...args);
    return { value, grown: Deno.memoryUsage().rss - before };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

if (import.meta.main) {
  const text = JSON.stringify(await answer(JSON.parse(Deno.args[0]!)));
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}
