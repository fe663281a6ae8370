/** What PyTorch's engine does beyond the laws of every engine: processes, precision, its Python, and what it refuses. */
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Compute, FitJob, ModelFolders } from "../../lib/engine/mod.ts";
import { torch } from "../../lib/engine/torch/engine.ts";
import type { StepContext } from "../../lib/lab/experiment/types.ts";
import { loadBridge } from "../../lib/model/bridge/file.ts";
import { loadLlama } from "../../lib/model/llama/model.ts";
import { digests, stepContext } from "../method/_tiny.ts";
import { withFolder } from "../model/_models.ts";
import { TESTED } from "./_engines.ts";
import { readSteps } from "./_loop.ts";
import { examplesOf, jobOf, writeSystem } from "./_system.ts";

const { compute } = TESTED.find(({ engine }) => engine.name === "torch")!;

function test(name: string, run: (folder: string, compute: Compute) => Promise<void>): void {
  Deno.test({
    name: `torch: ${name}`,
    ignore: compute === null,
    fn: () => withFolder((at) => run(at, compute!)),
  });
}

function contextOf(folder: string, runtime: Compute, changes: Partial<StepContext> = {}): StepContext {
  return stepContext(folder, { runtime: { engine: "torch", ...runtime }, ...changes });
}

/** Rows of loss.csv, each number to a share of itself. */
function near(
  got: readonly (readonly number[])[],
  wanted: readonly (readonly number[])[],
  share: number,
): void {
  strictEqual(got.length, wanted.length);
  wanted.forEach((row, step) =>
    row.forEach((value, column) => {
      const other = got[step]![column]!;
      ok(
        Math.abs(other - value) <= share * Math.max(1, Math.abs(value)),
        `step ${step}, column ${column}: ${other}, not ${value}`,
      );
    })
  );
}

for (const trains of [["bridge"], ["bridge", "llm"], ["lora"]] as const) {
  test(`two processes that share every parameter train as one does: ${trains}`, async (folder, compute) => {
    const model = writeSystem(folder);
    const adapters = { rank: 2, alpha: 4, targets: ["q_proj", "up_proj"], magnitude: false, seed: 3 };
    const job: FitJob = { ...jobOf(folder, model, examplesOf(model), { trains, steps: 8 }), adapters };
    const [one, two] = [contextOf(folder, compute), contextOf(folder, { ...compute, processes: 2 })];
    const reported: number[] = [];
    await torch.fit(job, one);
    await torch.fit(job, { ...two, progress: (done) => void reported.push(done) });
    near(readSteps(two.dir), readSteps(one.dir), 2e-6);
    deepStrictEqual(reported, [1, 2, 3, 4, 5, 6, 7, 8]);
    const [alone, shared] = [one.dir, two.dir].map((dir) => weightsIn(dir));
    for (const [name, values] of Object.entries(alone!)) {
      values.forEach((value, i) => ok(Math.abs(shared![name]![i]! - value) < 1e-4, `${name}[${i}]`));
    }
  });
}

test(
  "two processes prefer as one does, and each computes its part of the reference",
  async (folder, compute) => {
    const model = writeSystem(folder, null);
    // An odd number: one has fewer.
    const preferences = Array.from({ length: 37 }, (_, i) => ({
      ...{ text: null, ids: [1, 3 + i % 16] },
      ...(i % 2 === 0 ? { target: [6, 7, 2], rejected: [8, 2] } : { target: [8, 2], rejected: [6, 7, 2] }),
    }));
    const job: FitJob = {
      ...jobOf(folder, model, preferences, { trains: ["llm"], steps: 8, batch_size: 4 }),
      dpo: { beta: 0.1 },
    };
    const [one, two] = [contextOf(folder, compute), contextOf(folder, { ...compute, processes: 2 })];
    await torch.fit(job, one);
    await torch.fit(job, two);
    const [alone, shared] = [one, two].map(({ dir }) => readSteps(dir));
    near(shared!, alone!, 1e-5);
    ok(Math.abs(alone![0]![1]! - Math.LN2) < 1e-6, `${alone![0]}`);
  },
);

test(
  "gradients of micro-batches add up to the batch's, in one process and in two",
  async (folder, compute) => {
    const model = writeSystem(folder);
    const job = jobOf(folder, model, examplesOf(model), { trains: ["bridge", "llm"], steps: 6 });
    const runs: (readonly (readonly number[])[])[] = [];
    for (const change of [{}, { micro_batch: 1 }, { micro_batch: 1, processes: 2 }]) {
      const context = contextOf(folder, { ...compute, ...change });
      await torch.fit(job, context);
      runs.push(readSteps(context.dir));
    }
    near(runs[1]!, runs[0]!, 2e-6);
    near(runs[2]!, runs[0]!, 2e-6);
  },
);

test(
  "activations that are computed again give the losses of those that are kept, and the same bytes",
  async (folder, compute) => {
    const model = writeSystem(folder);
    const job = jobOf(folder, model, examplesOf(model), { trains: ["bridge", "llm"], steps: 6 });
    const [kept, again] = [
      contextOf(folder, compute),
      contextOf(folder, { ...compute, activation_checkpointing: true }),
    ];
    await torch.fit(job, kept);
    await torch.fit(job, again);
    deepStrictEqual(digests(again.dir), digests(kept.dir));
  },
);

test("a batch that does not divide is refused before anything learns", async (folder, compute) => {
  const model = writeSystem(folder);
  const job = jobOf(folder, model, examplesOf(model), { batch_size: 3 });
  const refused =
    /a batch of 3 does not divide into 2 processes .*; change batch_size, --processes or --micro-batch/;
  await rejects(torch.fit(job, contextOf(folder, { ...compute, processes: 2 })), refused);
  const micro = contextOf(folder, { ...compute, micro_batch: 2 });
  await rejects(torch.fit(job, micro), /micro-batches of 2/);
  deepStrictEqual(digests(micro.dir), {});
});

test(
  "a process that is killed takes the training back to its checkpoint, and it ends with the same losses",
  async (folder, compute) => {
    const model = writeSystem(folder);
    const job = jobOf(folder, model, examplesOf(model), { trains: ["bridge", "llm"], steps: 203 });
    const two = { ...compute, processes: 2 };
    const whole = contextOf(folder, two);
    await torch.fit(job, whole);
    const context = contextOf(folder, two);
    const steps: number[] = [];
    await torch.fit(job, {
      ...context,
      progress(done) {
        steps.push(done);
        if (steps.length === 201) killOne(context.checkpointDir);
      },
    });
    ok(steps.length > 203, "nothing was killed");
    deepStrictEqual(steps.slice(-3), [201, 202, 203]);
    deepStrictEqual(readSteps(context.dir), readSteps(whole.dir));
  },
);

test("a training of two processes goes on in one", async (folder, compute) => {
  const model = writeSystem(folder);
  const job = jobOf(folder, model, examplesOf(model), { trains: ["llm"], steps: 202 });
  const context = contextOf(folder, { ...compute, processes: 2 });
  const stop = (done: number) => {
    if (done === 201) throw new Error("Interrupted");
  };
  await rejects(torch.fit(job, { ...context, progress: stop }), /Interrupted/);
  const steps: number[] = [];
  const alone = contextOf(folder, compute, {
    checkpointDir: context.checkpointDir,
    progress: (done) => void steps.push(done),
  });
  await torch.fit(job, alone);
  deepStrictEqual(steps, [201, 202]);
  const whole = contextOf(folder, { ...compute, processes: 2 });
  await torch.fit(job, whole);
  near(readSteps(alone.dir), readSteps(whole.dir), 1e-5);
});

test("a checkpoint of another recipe is refused, and left where it is", async (folder, compute) => {
  const model = writeSystem(folder);
  const job = jobOf(folder, model, examplesOf(model), { steps: 202 });
  const context = contextOf(folder, compute);
  const stop = (done: number) => {
    if (done === 201) throw new Error("Interrupted");
  };
  await rejects(torch.fit(job, { ...context, progress: stop }), /Interrupted/);
  const before = digests(context.checkpointDir);
  const other = { ...job, training: { ...job.training, lr: 1e-4 } };
  await rejects(
    torch.fit(other, context),
    /torch-200": it is a checkpoint of another recipe; remove it to begin anew/,
  );
  deepStrictEqual(digests(context.checkpointDir), before);
});

test("answers of two processes are those of one, in the order of the prompts", async (folder, compute) => {
  const model = writeSystem(folder);
  const prompts = examplesOf(model);
  const answers: unknown[] = [];
  for (const processes of [1, 2, 3]) {
    const system = await torch.open(model, { ...compute, processes });
    answers.push(await system.generate(prompts, { max_new_tokens: 6, stop_ids: [2] }));
    // Fewer prompts than processes.
    strictEqual((await system.score(prompts.slice(0, 1))).length, 1);
    await system.dispose();
  }
  deepStrictEqual(answers[1], answers[0]);
  deepStrictEqual(answers[2], answers[0]);
});

test(
  "models may be named from where this process stands, though Python stands elsewhere",
  async (folder, compute) => {
    const from = (path: string) => relative(Deno.cwd(), path);
    const { llm, states } = writeSystem(folder);
    const { encoder, bridge } = states!;
    const model = {
      llm: from(llm),
      states: { encoder: { ...encoder, encoder: from(encoder.encoder) }, bridge: from(bridge) },
    };
    const context = contextOf(folder, compute);
    await torch.fit(jobOf(folder, model, examplesOf(model), { steps: 1 }), context);
    const system = await torch.open(model, compute);
    strictEqual((await system.generate(examplesOf(model), { max_new_tokens: 2, stop_ids: [2] })).length, 10);
    await system.dispose();
  },
);

test(
  "bfloat16 learns what float32 does, in one process and in two: losses within 3 %, what does not learn bit for bit",
  async (folder, compute) => {
    const model = writeSystem(folder);
    const losses = (dir: string) => readSteps(dir).map(([, loss]) => [loss]);
    for (const trains of [["bridge"], ["bridge", "llm"]] as const) {
      const job = jobOf(folder, model, examplesOf(model), { trains, steps: 20, batch_size: 10 });
      const full = contextOf(folder, compute);
      await torch.fit(job, full);
      for (const processes of [1, 2]) {
        const half = contextOf(folder, { ...compute, dtype: "bfloat16", processes });
        await torch.fit(job, half);
        near(losses(half.dir), losses(full.dir), 0.03);
        ok(String(losses(half.dir)) !== String(losses(full.dir)), "nothing was computed in bfloat16");
        if (trains.length === 1) deepStrictEqual(digests(`${half.dir}/llm`), digests(`${full.dir}/llm`));
      }
    }
  },
);

test("what is wrong with a model or a machine is one line, and leaves nothing", async (folder, compute) => {
  const model = writeSystem(folder);
  const job = jobOf(folder, model, examplesOf(model));
  const refuses = async (model: ModelFolders, changes: Partial<Compute>, message: RegExp) => {
    const context = contextOf(folder, { ...compute, ...changes });
    await rejects(torch.fit({ ...job, model }, context), (error: Error) => {
      strictEqual(error.name, "UserError");
      match(error.message, message);
      strictEqual(error.message.includes("\n"), false);
      return true;
    });
    deepStrictEqual(digests(context.dir), {});
  };
  await refuses(model, { program: undefined }, /there is no Python with it; run "deno task torch install"/);
  await refuses(model, { program: "/no/python" }, /no program "\/no\/python"; run "deno task torch install"/);
  await refuses(model, { program: "/bin/true" }, /The process of --engine torch has ended/);
  await refuses(model, { device: "tpu" }, /--device tpu with --engine torch: it knows cpu and cuda/);
  const empty = join(folder, "empty");
  Deno.mkdirSync(empty);
  await refuses({ ...model, llm: empty }, {}, /empty": it has no config.json/);
  const cut = join(folder, "cut");
  Deno.mkdirSync(cut);
  Deno.copyFileSync(`${model.llm}/config.json`, `${cut}/config.json`);
  await refuses({ ...model, llm: cut }, {}, /cut" with --engine torch: it has no safetensors/);
  Deno.writeFileSync(
    `${cut}/model.safetensors`,
    Deno.readFileSync(`${model.llm}/model.safetensors`).slice(0, 300),
  );
  await refuses({ ...model, llm: cut }, {}, /Cannot read the model ".*cut": /);
  const unknown = join(folder, "unknown");
  Deno.mkdirSync(unknown);
  Deno.copyFileSync(`${model.llm}/model.safetensors`, `${unknown}/model.safetensors`);
  Deno.writeTextFileSync(`${unknown}/config.json`, JSON.stringify({ model_type: "no_such_family" }));
  await refuses({ ...model, llm: unknown }, {}, /no_such_family/);
});

test("a trained LLM's folder has no record of how the one before was made", async (folder, compute) => {
  const model = writeSystem(folder);
  Deno.writeTextFileSync(join(model.llm, "step.json"), '{"wall_s": 1.5}');
  for (const trains of [["bridge"], ["llm"]] as const) {
    const context = contextOf(folder, compute);
    await torch.fit(jobOf(folder, model, examplesOf(model), { trains, steps: 2 }), context);
    const names = Object.keys(digests(`${context.dir}/llm`));
    ok(names.includes("config.json") && !names.includes("step.json"), String(names));
  }
});

/** Kills one process of a training with SIGKILL, known by its request; not the launcher of both. */
function killOne(checkpointDir: string): void {
  const { stdout } = new Deno.Command("ps", { args: ["-eo", "pid=,args="] }).outputSync();
  const own = new TextDecoder().decode(stdout).split("\n").filter((line) =>
    line.includes(`${checkpointDir}/request.json`) && !line.includes("torch.distributed.run")
  );
  strictEqual(own.length, 2);
  Deno.kill(Number.parseInt(own[1]!), "SIGKILL");
}

function weightsIn(dir: string): Record<string, Float32Array> {
  return { ...loadLlama(`${dir}/llm`).weights, ...loadBridge(`${dir}/bridge.safetensors`).weights };
}

test(
  "a training that runs out of memory says so in one line, with what to change, and leaves nothing",
  async (folder, compute) => {
    const program = join(folder, "python");
    const script = fileURLToPath(new URL("limited.py", import.meta.url));
    Deno.writeTextFileSync(program, `#!/bin/sh\nexec "${compute.program}" "${script}" "$@"\n`, {
      mode: 0o755,
    });
    const model = writeSystem(folder, null);
    const row = Array.from({ length: 30 }, (_, i) => 1 + i % 19);
    const examples = Array.from({ length: 4000 }, () => ({ text: null, ids: row, target: row }));
    const job = jobOf(folder, model, examples, { trains: ["llm"], steps: 2, batch_size: 4000 });
    const context = contextOf(folder, { ...compute, program });
    await rejects(torch.fit(job, context), {
      name: "UserError",
      message: /^Out of memory on this device: .*; lower --micro-batch or use more --processes$/,
    });
    deepStrictEqual(digests(context.dir), {});
    // The same in smaller parts has the room.
    const parts = contextOf(folder, { ...compute, program, micro_batch: 100 });
    await torch.fit(job, parts);
    strictEqual(readSteps(parts.dir).length, 2);
  },
);
