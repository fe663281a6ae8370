/**
 * `docs/tasks.md`: every task with what its own `--help` says, asked as a user asks it.
 * @module
 */
import denoJson from "../../deno.json" with { type: "json" };
import { atLeast } from "../checked.ts";
import { ROOT } from "../lab/record/paths.ts";

/** Tasks that take no options. */
export const PLAIN: readonly string[] = ["client", "fonts", "check", "test", "ok"];
/** Commands of tasks that have some. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  bench: ["engine", "lab"],
  models: ["get"],
  data: ["mmwp", "quality"],
  world: ["check", "samples", "marks", "statistics"],
};

const HEAD = `<!-- Written by \`deno task docs\` from each task's own --help. -->

# The tasks

\`deno task\` alone lists them. Exit codes are those of [lib/cli](../lib/cli/README.md): 0 done, 1 the command's own no (a
failed run, a regression), 2 wrong arguments or a machine that refuses, 3 nothing for \`regress\` to compare with. What
each may read, write and run is in [permissions.md](permissions.md).
`;

/** The page. */
export async function tasksPage(): Promise<string> {
  const tasks = Object.entries(denoJson.tasks).sort(([a], [b]) => a.localeCompare(b));
  const sections = await Promise.all(tasks.map(async ([name, { description, command }]) => {
    const title = `## \`deno task ${name}\`\n\n${description}.\n`;
    if (PLAIN.includes(name)) return `${title}\nTakes no options: \`${command}\`.\n`;
    const helps = await Promise.all(
      [[], ...(COMMANDS[name] ?? []).map((one) => [one])].map((args) => help(name, args)),
    );
    return `${title}\n${helps.map((text) => `\`\`\`\n${text}\n\`\`\`\n`).join("\n")}`;
  }));
  return `${HEAD}\n${sections.join("\n")}`;
}

/** What a task says of itself, the same in every checkout. */
async function help(task: string, args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "-q", task, ...args, "--help"],
    cwd: ROOT,
    clearEnv: true,
    env: { ...withoutOwn(Deno.env.toObject()), NO_COLOR: "1" },
  }).output();
  const [out, err] = atLeast([stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim()), 1);
  if (!success || out === "") throw new Error(`deno task ${task} ${args.join(" ")} --help failed: ${err}`);
  return out;
}

/** Folders that a user has set would stand in the help as defaults. */
function withoutOwn(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("LINGUALIFT_")));
}
