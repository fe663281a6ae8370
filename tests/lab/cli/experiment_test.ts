/**
 * The command line as a user meets it, in processes of its own.
 * @module
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../../lib/files.ts";
import { labPaths } from "../../../lib/lab/record/paths.ts";
import { encodeRecord } from "../../../lib/lab/record/record.ts";
import { copyFixtures, deno, edit, experimentArgs, labArgs, labDigest, withFolder } from "../_lab.ts";

interface Output {
  readonly experiments: {
    cells: { variant: string; scope: string; value: number }[];
    claims: { verdict: string }[];
  }[];
  readonly runs: { id: string; done: boolean }[];
  readonly failed: { name: string; error: string }[];
}

Deno.test("experiment: bad input gives one line with the nearest choice, exit code 2, and writes nothing", async () => {
  await withFolder(async (folder) => {
    const lab = join(folder, "lab");
    const cases: [string[], RegExp][] = [
      [["toyy"], /^Unknown experiment "toyy": did you mean "toy"\? Valid: toy, toy_failing$/],
      [["toy", "--variant", "smal lr"], /^Unknown variant "smal lr" of "toy": did you mean "small lr"\?/],
      [["toy", "--scael", "smoke"], /^Unknown option "--scael": did you mean "--scale"\?/],
      [["toy", "--scale", "smole"], /^Unknown scale "smole": did you mean "smoke"\?/],
      [["toy", "--world", "minni"], /^Unknown world "minni" of "toy": did you mean "mini"\?/],
      [["toy", "--seeds", "0"], /^Cannot use "0" for --seeds: expected a count/],
      [["toy", "--seeds", "204"], /^Cannot use "204" for --seeds: [^\n]*for the seed 204 write "204,"/],
      [["toy", "--seeds", "3-1"], /^Cannot use "3-1" for --seeds/],
      [["toy", "--jobs", "none"], /^Cannot use "none" for --jobs: expected a whole number from 1$/],
      [
        ["toy", "--world", "open", "--data", "/nowhere"],
        /^Cannot run "toy": input "corpus.txt" is not there/,
      ],
    ];
    await Promise.all(cases.map(async ([args, message]) => {
      const { code, stdout, stderr } = await deno(experimentArgs(lab, args));
      deepStrictEqual([code, stdout, stderr.trimEnd().split("\n").length], [2, "", 1], stderr);
      match(stderr.trimEnd(), message);
    }));
    strictEqual(exists(lab), false);
  });
});

Deno.test("experiment: a recipe field misspelt in an experiment's file is refused before anything runs", async () => {
  await withFolder(async (folder) => {
    const { experiments } = copyFixtures(folder);
    edit(join(experiments, "toy.ts"), "{ lr: 0.0005 }", "{ rl: 0.0005 }");
    const { code, stderr } = await deno(experimentArgs(join(folder, "lab"), ["toy"], experiments));
    strictEqual(code, 2);
    match(
      stderr,
      /^Cannot run "toy": variant "small lr": unknown field "transfer.rl" of recipe "toy": did you mean "lr"\?/,
    );
    strictEqual(exists(join(folder, "lab")), false);
  });
});

Deno.test("experiment: names that contradict each other in an experiment's file are refused", async () => {
  const cases: [string, string, RegExp][] = [
    ['id: "toy"', 'id: "toi"', /its id is "toi", expected the file's name "toy"/],
    [
      'isBelow("w/o transfer"',
      'isBelow("w/o transfr"',
      /unknown variant in claim "transfer" "w\/o transfr": did you mean "w\/o transfer"/,
    ],
    ['scope: "LR"', 'scope: "LRR"', /unknown group in claim "transfer", "LRR": did you mean "LR"/],
    [
      '["sums", "more"]',
      '["smus", "more"]',
      /^Cannot run "toy": unknown benchmark "smus": did you mean "sums"/,
    ],
    [
      'benchmark: "sums", scope: "LR"',
      'benchmark: "smus", scope: "LR"',
      /in claim "transfer", "smus": did you mean/,
    ],
    ['["sums", "more"]', '["sums", "mroe"]', /unknown benchmark "mroe": did you mean "more"/],
    ["order: 1,", 'paper: { sum: "table-1" },', /unknown benchmark in paper, "sum": did you mean "sums"/],
  ];
  for (const [from, to, message] of cases) {
    await withFolder(async (folder) => {
      const { experiments } = copyFixtures(folder);
      edit(join(experiments, "toy.ts"), from, to);
      const { code, stderr } = await deno(experimentArgs(join(folder, "lab"), ["toy"], experiments));
      strictEqual(code, 2, stderr);
      match(stderr, message);
    });
  }
});

Deno.test("experiment: a second start does nothing and shows the same; jobs do not change the bytes", async () => {
  await withFolder(async (folder) => {
    const [one, two] = [join(folder, "one"), join(folder, "two")];
    const first = await deno(experimentArgs(one, ["toy", "--json"]));
    strictEqual(first.code, 0, first.stderr);
    const before = await labDigest(one);
    const second = await deno(experimentArgs(one, ["toy", "--json"]));
    strictEqual(second.stdout, first.stdout);
    strictEqual(second.stderr, "Nothing to do: 3 runs are done\n");
    deepStrictEqual(await labDigest(one), before);
    const parallel = await deno(experimentArgs(two, ["toy", "--json", "--jobs", "3"]));
    strictEqual(parallel.stdout, first.stdout);
    deepStrictEqual(await labDigest(two), before);
    const { experiments } = JSON.parse(first.stdout) as Output;
    deepStrictEqual(experiments[0]!.claims.map(({ verdict }) => verdict), [
      "holds here",
      "cannot be resolved",
      "does not hold here",
    ]);
  });
});

Deno.test("experiment: a run's first numbers are those of the table, and smoke says that they mean nothing", async () => {
  await withFolder(async (folder) => {
    const { stdout, stderr } = await deno(experimentArgs(folder, ["toy", "--scale", "smoke"]));
    match(stdout, /^Scale smoke only checks that every part runs: /m);
    for (const variant of ["Toy", "w/o transfer", "small lr"]) {
      const first = stderr.match(new RegExp(`^${variant}, seed 1: (.*)$`, "m"))?.[1] ?? "";
      const row = stdout.match(new RegExp(`^${variant} {2,}(.*)$`, "m"))?.[1] ?? "";
      deepStrictEqual(first.match(/\d+\.\d/g), row.split(/ +/), stderr);
      match(first, /^sums HR .*, LR .*, avg .*; more HR /);
    }
    match(stdout, /^accuracy % +sums HR +sums LR +sums avg +more HR /m);
  });
});

Deno.test("experiment: one failed run spares the rest, exits 1, and runs again next time", async () => {
  await withFolder(async (folder) => {
    const first = await deno(experimentArgs(folder, ["toy_failing", "--json", "--scale", "smoke"]));
    strictEqual(first.code, 1);
    match(first.stderr, /Failed: toy_failing \/ broken \/ seed 1: No luck today/);
    const { runs, experiments } = JSON.parse(first.stdout) as Output;
    deepStrictEqual(runs.map(({ done }) => done), [true, false, true]);
    deepStrictEqual([...new Set(experiments[0]!.cells.map(({ variant }) => variant))], ["Toy", "low skill"]);
    const again = await deno(experimentArgs(folder, ["toy_failing", "--scale", "smoke"]));
    strictEqual(again.code, 1);
    match(
      again.stderr,
      /broken, seed 1 begins \(0 of 1 done\)\n {2}because failed before: No luck today/,
    );
  });
});

Deno.test("experiment: says why it runs again, and only what depends on the change runs", async () => {
  await withFolder(async (folder) => {
    const { experiments, method } = copyFixtures(folder);
    const lab = join(folder, "lab");
    const start = (): ReturnType<typeof deno> =>
      deno(experimentArgs(lab, ["toy", "--scale", "smoke", "--variant", "small lr"], experiments));
    strictEqual((await start()).code, 0);

    edit(method, "/** Works in ten parts", "// A comment.\n/** Works   in ten parts");
    match((await start()).stderr, /^Nothing to do: 1 run is done$/m);

    edit(join(experiments, "toy.ts"), "lr: 0.0005", "lr: 0.0007");
    const recipe = await start();
    match(recipe.stderr, /because recipe: transfer.lr 0.0005 -> 0.0007/);
    match(recipe.stderr, /pretrain: cached\n {2}train: runs, because recipe: transfer.lr 0.0005 -> 0.0007\n/);
    match(recipe.stderr, /evaluate: runs, because input: model was made anew/);

    edit(method, 'id: "train",\n  version: 1', 'id: "train",\n  version: 2');
    const code = await start();
    match(code.stderr, /because code: .*toy_method.ts changed/);

    edit(join(experiments, "toy.ts"), "lr: 0.0007", "lr: 0.0005");
    edit(method, 'id: "train",\n  version: 2', 'id: "train",\n  version: 1');
    const back = await start();
    match(back.stderr, /^Nothing to do: 1 run is done$/m);
    const plan = await deno(
      experimentArgs(lab, ["toy", "--scale", "smoke", "--variant", "small lr", "--plan"], experiments),
    );
    match(plan.stdout, /small lr, seed 1: done/);
  });
});

Deno.test("experiment: of several steps of a kind each is compared with its own predecessor", async () => {
  await withFolder(async (folder) => {
    const { experiments, method } = copyFixtures(folder);
    edit(
      method,
      "await context.step(evaluate",
      "for (const one of context.benchmarks) await context.step(evaluate",
    );
    edit(method, "benchmarks: context.benchmarks,", "benchmarks: [one],");
    edit(
      method,
      "  module: import.meta.url,\n  run({ benchmarks",
      "  module: import.meta.url,\n  label: (input) => input.benchmarks[0].id,\n  run({ benchmarks",
    );
    const args = ["toy", "--scale", "smoke", "--variant", "w/o transfer"];
    const start = () => deno(experimentArgs(join(folder, "lab"), args, experiments));
    match((await start()).stderr, /\n {2}evaluate sums: runs\n {2}evaluate more: runs\n/);
    edit(join(experiments, "toy.ts"), "LR: 0.1", "LR: 0.3");
    const because = "runs, because recipe: skill.LR 0.1 -> 0.3";
    match((await start()).stderr, new RegExp(`evaluate sums: ${because}\n {2}evaluate more: ${because}\n`));
  });
});

Deno.test("experiment: going back to earlier code makes the earlier run count again", async () => {
  await withFolder(async (folder) => {
    const { experiments } = copyFixtures(folder);
    const file = join(experiments, "toy.ts");
    const start = async (): Promise<string> => {
      const args = ["toy", "--scale", "smoke", "--variant", "w/o transfer", "--json"];
      return (await deno(experimentArgs(join(folder, "lab"), args, experiments))).stdout;
    };
    const first = await start();
    edit(file, "LR: 0.1", "LR: 0.9");
    const second = await start();
    edit(file, "LR: 0.9", "LR: 0.1");
    ok(first !== second);
    strictEqual(await start(), first);
  });
});

Deno.test("experiment: external data is part of the identity, by content", async () => {
  await withFolder(async (folder) => {
    Deno.writeTextFileSync(join(folder, "corpus.txt"), "one");
    const start = (): ReturnType<typeof deno> =>
      deno(
        experimentArgs(join(folder, "lab"), [
          "toy",
          "--scale",
          "smoke",
          "--variant",
          "Toy",
          "--world",
          "open",
          "--data",
          folder,
        ]),
      );
    strictEqual((await start()).code, 0);
    match((await start()).stderr, /Nothing to do/);
    Deno.writeTextFileSync(join(folder, "corpus.txt"), "two");
    match((await start()).stderr, /because data: corpus.txt changed/);
  });
});

Deno.test("experiment: steps are shared between variants, seeds and experiments", async () => {
  await withFolder(async (folder) => {
    const { stderr } = await deno(experimentArgs(folder, ["--all", "--seeds", "2", "--scale", "smoke"]));
    const count = (text: RegExp): number => stderr.match(text)?.length ?? 0;
    strictEqual(count(/pretrain: runs/g), 1, stderr);
    // Two seeds of: base (both experiments, low skill), w/o transfer, small lr, and broken, which fails.
    strictEqual(count(/train: runs/g) - 1, 8);
  });
});

Deno.test("experiment: --plan shows recipes, patches, cached steps and a time, and runs nothing", async () => {
  await withFolder(async (folder) => {
    const lab = join(folder, "lab");
    const fresh = await deno(experimentArgs(lab, ["toy", "--plan"]));
    match(fresh.stdout, /small lr\n {4}transfer.lr: 0.001 -> 0.0005/);
    match(fresh.stdout, /pretrain: to do/);
    match(fresh.stdout, /3 of 3 runs to do: \d+ steps, \d+ different ones, 0 of these cached; time unknown/);
    strictEqual(exists(lab), false);
    await deno(experimentArgs(lab, ["toy"]));
    const next = await deno(experimentArgs(lab, ["toy", "--seeds", "2", "--plan", "--json"]));
    const { runs, seconds } = JSON.parse(next.stdout) as {
      runs: { done: boolean; seed: number; steps: { step: string; cached: boolean }[] }[];
      seconds: number;
    };
    deepStrictEqual(runs.map(({ done, seed }) => [seed, done]), [
      [1, true],
      [1, true],
      [1, true],
      [2, false],
      [2, false],
      [2, false],
    ]);
    deepStrictEqual(runs[3]!.steps.map(({ step, cached }) => [step, cached]), [
      ["pretrain", true],
      ["train", false],
      ["evaluate", false],
    ]);
    ok(seconds > 0 && seconds < 60);
  });
});

Deno.test("experiment: --plan names who makes what runs share, and writes a recipe once", async () => {
  await withFolder(async (folder) => {
    const { stdout } = await deno(experimentArgs(join(folder, "lab"), ["--all", "--plan"]));
    match(stdout, /^toy:.*\n {2}recipe of Toy \(toy, micro, mini\)\n/m);
    match(stdout, /^toy_failing:.*\n {2}recipe of Toy \(toy, micro, mini\): as toy's\n/m);
    strictEqual(stdout.match(/pretrain: to do/g)?.length, 1, stdout);
    match(stdout, /^toy_failing:[^]*\n {4}train: shared with toy \/ Toy, seed 1\n/m);
  });
});

Deno.test("experiment: torn and malformed records are set aside, told, and made again", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    const start = (): ReturnType<typeof deno> => deno(experimentArgs(folder, ["toy", "--scale", "smoke"]));
    await start();
    const before = await labDigest(folder);
    const names = [...Deno.readDirSync(paths.runs)].map((entry) => join(paths.runs, entry.name)).sort();
    Deno.truncateSync(names[0]!, 100);
    Deno.writeTextFileSync(names[1]!, encodeRecord({ format: "lingualift-run", version: 1 }));
    const { code, stderr } = await start();
    strictEqual(code, 0, stderr);
    match(stderr, /Torn record ".*": its checksum does not match its content; set aside as ".*quarantine/);
    match(stderr, /Malformed record ".*": .*; set aside as/);
    deepStrictEqual(await labDigest(folder), before);
    strictEqual([...Deno.readDirSync(paths.quarantine)].length, 2);
  });
});

Deno.test("experiment: a damaged artifact is set aside and made again", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    const start = (): ReturnType<typeof deno> => deno(experimentArgs(folder, ["toy", "--scale", "smoke"]));
    await start();
    const before = await labDigest(folder);
    for (const entry of [...Deno.readDirSync(paths.artifacts)]) {
      const weights = join(paths.artifacts, entry.name, "weights.bin");
      if (exists(weights)) Deno.truncateSync(weights, 10);
    }
    Deno.removeSync(paths.runs, { recursive: true });
    const { stderr } = await start();
    match(stderr, /File ".*weights.bin" is damaged or gone; set aside as/);
    deepStrictEqual(await labDigest(folder), before);
  });
});

Deno.test("experiment: a record of a newer lab stops with one line", async () => {
  await withFolder(async (folder) => {
    const paths = labPaths(folder);
    Deno.mkdirSync(paths.runs, { recursive: true });
    Deno.writeTextFileSync(join(paths.runs, "x.json"), encodeRecord({ version: 99 }));
    const { code, stderr } = await deno(experimentArgs(folder, ["toy"]));
    strictEqual(code, 2);
    match(stderr, /^Cannot read ".*x.json": it has record format 99, this lab reads up to 1; .*\n$/);
  });
});

Deno.test("an experiment's file runs by itself", async () => {
  await withFolder(async (folder) => {
    const { experiments } = copyFixtures(folder);
    const args = labArgs("experiment/task.ts", [
      "--scale",
      "smoke",
      "--no-report",
      "--lab",
      join(folder, "lab"),
      "--json",
    ]);
    args[4] = join(experiments, "toy.ts");
    const { code, stdout, stderr } = await deno(args);
    strictEqual(code, 0, stderr);
    strictEqual((JSON.parse(stdout) as Output).runs.length, 3);
  });
});

Deno.test("verify: the toy experiment gives the same bytes twice, and a difference is found and shown", async () => {
  await withFolder(async (folder) => {
    const { experiments, method } = copyFixtures(folder);
    const args = labArgs("verify.ts", [
      "toy",
      "--lab",
      join(folder, "lab"),
      "--experiments",
      experiments,
      "--jobs",
      "2",
    ]);
    const same = await deno(args);
    strictEqual(same.code, 0, same.stderr);
    match(same.stdout, /^3 of 3 runs gave the same bytes twice$/m);
    edit(
      method,
      "const words = HOSTILE",
      "const words = item === 3 ? String(performance.timeOrigin) : HOSTILE",
    );
    const other = await deno(args);
    strictEqual(other.code, 1);
    match(other.stdout, /toy~Toy~.*: step "evaluate": answer 4 differs:\n {2}first {2}\{.*\n {2}second \{/);
  });
});

Deno.test("diff: shows only what differs, and names runs in several ways", async () => {
  await withFolder(async (folder) => {
    await deno(experimentArgs(folder, ["toy", "--scale", "smoke"]));
    const args = (a: string, b: string): string[] => labArgs("diff.ts", [a, b, "--lab", folder]);
    const { stdout } = await deno(args("toy/Toy", "toy/w/o transfer/1"));
    match(stdout, /recipe: skill.LR 0.5 -> 0.1\n {2}recipe: transfer \{langs: \["en"\], lr: 0.001\} -> null/);
    ok(!/HR/.test(stdout) && !/pretrain/.test(stdout) && !/Where it ran/.test(stdout), stdout);
    match(stdout, /Answers that flipped/);
    match((await deno(args("toy/Toy", "toy~Toy"))).stdout, /Nothing differs/);
    const unknown = await deno(args("toy/Toi", "toy~Toy"));
    deepStrictEqual([unknown.code, /^Unknown run "toy\/Toi": did you mean/.test(unknown.stderr)], [2, true]);
    match((await deno(args("toy", "toy~Toy"))).stderr, /^Ambiguous run "toy": it could be/);
  });
});
