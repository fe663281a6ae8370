/** Where the tests find real checkpoints, and folders to write to. @module */
import { exists } from "../../lib/files.ts";

/** The folder of `stories15M`, or undefined where the shared inputs are absent. */
export const STORIES15M = folderOf("stories15M");

function folderOf(name: string): string | undefined {
  const root = Deno.env.get("LINGUALIFT_MODELS") ?? "../shared/models";
  const folder = `${root}/${name}`;
  return exists(`${folder}/config.json`) ? folder : undefined;
}

/** Registers a test that needs a real checkpoint; without it the test is ignored and its name says why. */
export function testWithStories(name: string, run: (folder: string) => void | Promise<void>): void {
  const folder = STORIES15M;
  if (folder === undefined) {
    Deno.test({
      name: `${name} (skipped: ../shared/models/stories15M is absent)`,
      ignore: true,
      fn: () => {},
    });
  } else Deno.test(name, () => run(folder));
}

/** Runs `use` with a fresh folder and removes it. */
export async function withFolder(use: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await use(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
