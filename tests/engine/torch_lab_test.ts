/** The PyTorch engine through the lab, as a user has it: a run's process may start its Python, and nothing else changes. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { TORCH_PLACE } from "../../lib/cli/experiment/runtime.ts";
import { readPlace, writePlace } from "../../lib/engine/torch/place.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { withFolder } from "../model/_models.ts";

const place = readPlace(TORCH_PLACE);

function experiment(lab: string, ...args: readonly string[]) {
  const what = ["stage_removal", "--scale", "smoke", "--variant", "Mono-SFT"];
  return task("experiment", ...what, "--no-report", "--json", "--lab", lab, ...args);
}

function task(...args: readonly string[]) {
  const { code, stdout, stderr } = new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", ...args],
    cwd: ROOT,
    stdin: "null",
  }).outputSync();
  const [out, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, errors: errors! };
}

Deno.test({
  name:
    "a run with --engine torch ends, says so in its record, leaves the lab, and is another run than with onnx",
  ignore: place === null,
  async fn() {
    const lab = Deno.makeTempDirSync({ dir: join(ROOT, ".lab") });
    try {
      const first = experiment(lab, "--engine", "torch");
      strictEqual(first.code, 0, first.errors);
      const [record] = [...Deno.readDirSync(join(lab, "runs"))].map(({ name }) =>
        Deno.readTextFileSync(join(lab, "runs", name))
      );
      match(record!, /torch 2\.13\.0/);
      // PyTorch alone takes more.
      const [, bytes] = record!.match(/"peak_bytes":(\d+)/)!;
      ok(Number(bytes) > 5e8, `${bytes} bytes`);
      match(experiment(lab, "--engine", "torch").errors, /Nothing to do: 1 run is done/);
      const to = join(lab, "exported");
      const written = task("export", "stage_removal/Mono-SFT", "--to", to, "--lab", lab);
      strictEqual(written.code, 0, written.errors);
      match(Deno.readTextFileSync(join(to, "README.md")), /^# stage_removal\/Mono-SFT\/1\/smoke\/mini/);
      ok(Deno.statSync(join(to, "model.safetensors")).isFile);
      const again = task("export", "stage_removal/Mono-SFT", "--to", to, "--lab", lab);
      strictEqual(again.code, 2, again.errors);
      match(again.errors, /there is something in it; name a folder that is empty or new$/m);
      // The models that the lab pre-trains are the same, what learns is not.
      const { errors } = experiment(lab);
      match(errors, /pretrain_llm: cached/);
      match(errors, /fit transfer: runs/);
    } finally {
      await Deno.remove(lab, { recursive: true });
    }
  },
});

Deno.test("readPlace() gives what was written, null where nothing was, and says when the file is damaged", async () => {
  await withFolder((folder) => {
    const file = join(folder, "torch.json");
    strictEqual(readPlace(file), null);
    const written = {
      ...{ program: "/p/python", packages: { torch: "2.13.0" } },
      devices: [{ name: "NVIDIA A100-SXM4-80GB", bytes: 85e9 }],
    };
    writePlace(file, written);
    deepStrictEqual(readPlace(file), written);
    for (const text of ["{", "{}", '{"program": 1}']) {
      Deno.writeTextFileSync(file, text);
      let message = "";
      try {
        readPlace(file);
      } catch (error) {
        message = (error as Error).message;
      }
      match(message, /torch\.json": it is damaged; run "deno task torch install" again$/);
    }
    return Promise.resolve();
  });
});
