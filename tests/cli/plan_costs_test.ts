/** `--plan` of the paper's scale, where nothing of it is. */
import { match, ok, strictEqual } from "node:assert/strict";
import { deno, labArgs, withFolder } from "../lab/_lab.ts";

const plan = (lab: string, args: readonly string[]) =>
  deno(labArgs("experiment/task.ts", ["stage_removal", "--scale", "full", "--plan", "--lab", lab, ...args]));

Deno.test("a plan of scale full needs no model: it says memory, time and disk a step, then what is missing here", async () => {
  await withFolder(async (folder) => {
    const small = [
      "--micro-batch",
      "4",
      "--activation-checkpointing",
      "--dtype",
      "bfloat16",
      "--processes",
      "8",
    ];
    const options = ["--engine", "torch", "--gpu", "a100-80gb", "--models", folder];
    const { code, stdout, stderr } = await plan(folder, [...options, ...small]);
    match(
      stdout,
      /^stage_removal at scale full on 8 x A100 80 GB, bfloat16, micro-batches of 4, activations computed again/,
    );
    for (const step of ["fit align", "fit transfer"]) {
      match(
        stdout,
        new RegExp(
          `    ${step} +[\\d.]+ GiB, (\\d+ h )?\\d+ min, leaves [\\d.]+ GB, checkpoints [\\d.]+ [MG]B`,
        ),
      );
    }
    ok(!stdout.includes("DOES NOT FIT"));
    const page = Deno.readTextFileSync(new URL("../../docs/full.md", import.meta.url));
    ok(
      page.includes(stdout.split("\n").slice(0, 6).join("\n")),
      `docs/full.md shows another plan than\n${stdout}`,
    );
    strictEqual(code, 2);
    match(stderr, /^Cannot find the encoder "DKYoon\/mt5-xl-lm-adapt".*hf download/m);
    const large = await plan(folder, [...options, "--dtype", "bfloat16", "--processes", "8"]);
    match(large.stdout, /fit transfer +[\d.]+ GiB DOES NOT FIT/);
    match(large.stdout, /lower --micro-batch, take --activation-checkpointing or more --processes/);
  });
});
