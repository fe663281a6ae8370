/** The workflow that publishes the report: what can be known of it without GitHub. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { parse } from "yaml";
import { EXPERIMENTS } from "../../lib/lab/experiment/discover.ts";
import { SCALES } from "../../lib/lab/experiment/types.ts";
import { exists } from "../../lib/files.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { page } from "./_pages.ts";

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const workflow = parse(page(".github/workflows/report.yml")) as {
  readonly on: {
    readonly push: { readonly branches: readonly string[]; readonly paths: readonly string[] };
    readonly workflow_dispatch: {
      readonly inputs: {
        readonly experiments: { readonly default: string };
        readonly scale: { readonly options: readonly string[]; readonly default: string };
      };
    };
  };
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<"draw" | "publish", Job>>;
};
const { draw, publish } = workflow.jobs;
const steps = [...draw.steps, ...publish.steps];
const commands = steps.flatMap(({ run }) => run ?? []);

Deno.test("the workflow's commands are tasks, and Deno is the one of CI", () => {
  const { tasks } = JSON.parse(page("deno.json")) as { tasks: Readonly<Record<string, unknown>> };
  const named = commands.flatMap((text) => [...text.matchAll(/\bdeno task (\S+)/g)].map(([, task]) => task!));
  deepStrictEqual(named, ["experiment", "report"]);
  for (const task of named) ok(Object.hasOwn(tasks, task), task);
  const version = page(".ci/run").match(/deno@([\d.]+)/)![1];
  ok(commands.includes(`npm install --global deno@${version}`), commands.join("\n"));
});

Deno.test("what the workflow asks for by name is there", () => {
  const { push, workflow_dispatch: { inputs: { experiments, scale } } } = workflow.on;
  for (const path of push.paths) ok(exists(join(ROOT, path.replace(/\/\*\*$/, ""))), path);
  ok(exists(join(EXPERIMENTS, `${experiments.default}.ts`)));
  deepStrictEqual(scale.options.filter((name) => !(SCALES as readonly string[]).includes(name)), []);
  ok(scale.options.includes(scale.default));
  // Where the task writes without --out.
  strictEqual(steps.find(({ uses }) => uses?.includes("upload-pages"))?.with?.path, "reports/site");
});

Deno.test("the workflow has no more rights than it needs, pins what it uses, and no input becomes a command", () => {
  deepStrictEqual(workflow.permissions, { contents: "read" });
  strictEqual(draw.permissions, undefined);
  deepStrictEqual(publish.permissions, { pages: "write", "id-token": "write" });
  for (const { uses } of steps) if (uses) match(uses, /^actions\/[\w-]+@v\d+$/);
  for (const text of commands) ok(!text.includes("${{"), text);
});
