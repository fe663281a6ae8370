/** Where the tests find real checkpoints, and folders to write to. @module */
import { exists } from "../../lib/files.ts";

/** The folder of `stories15M`, or undefined where the shared inputs are absent. */
export const STORIES15M = folderOf("stories15M");

function folderOf(name: string): string | undefined {
  const root = Deno.env.get("LINGUALIFT_MODELS") ?? "../shared/models";
  const folder = `${root}/${name}`;
  return exists(`${folder}/config.json`) ? folder : undefined;
}

/** Registers a test that needs stories15M; without it the test is ignored and its name says why. */
export function testWithStories(name: string, run: (folder: string) => void | Promise<void>): void {
  testWith("stories15M", name, run);
}

/** The same with the sentence encoder all-MiniLM-L6-v2. */
export function testWithMiniLm(name: string, run: (folder: string) => void | Promise<void>): void {
  testWith("all-MiniLM-L6-v2", name, run);
}

function testWith(model: string, name: string, run: (folder: string) => void | Promise<void>): void {
  const folder = folderOf(model);
  if (folder === undefined) {
    Deno.test({ name: `${name} (skipped: ../shared/models/${model} is absent)`, ignore: true, fn: () => {} });
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
