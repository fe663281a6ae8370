/** Variables of the program loader, as machines with CUDA have them, do not stop the tasks that start processes. */
import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { ROOT } from "../../lib/lab/record/paths.ts";

const LOADER = { LD_LIBRARY_PATH: "/usr/local/cuda/lib64", DYLD_LIBRARY_PATH: "/opt/lib" };

async function taskWithLoader(...args: string[]): Promise<{ code: number; errors: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "-q", ...args],
    cwd: ROOT,
    env: LOADER,
    stdin: "null",
    stdout: "null",
  }).output();
  return { code, errors: new TextDecoder().decode(stderr) };
}

Deno.test("deno task doctor looks at everything where LD_LIBRARY_PATH is set", async () => {
  deepStrictEqual(await taskWithLoader("doctor", "--json"), { code: 0, errors: "" });
});

Deno.test("deno task experiment starts its runs where LD_LIBRARY_PATH is set", async () => {
  Deno.mkdirSync(`${ROOT}/.lab`, { recursive: true });
  const lab = Deno.makeTempDirSync({ dir: `${ROOT}/.lab`, prefix: "loader" });
  try {
    const line = ["toy", "--variant", "Toy", "--scale", "smoke", "--no-report", "--lab", lab];
    const { code, errors } = await taskWithLoader(
      "experiment",
      ...line,
      "--experiments",
      `${ROOT}/tests/lab/fixtures/experiments`,
    );
    strictEqual(code, 0, errors);
  } finally {
    Deno.removeSync(lab, { recursive: true });
  }
});

/** A program that prints what it would hand on, run with these permissions. */
async function handedOn(...permissions: string[]): Promise<unknown> {
  const module = new URL("../../lib/lab/run/child_environment.ts", import.meta.url);
  const program = `import { childEnvironment, heldBack } from "${module}";
    console.log(JSON.stringify([heldBack(), Object.keys(childEnvironment()).sort()]))`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--allow-env",
      ...permissions,
      `data:application/typescript,${encodeURIComponent(program)}`,
    ],
    clearEnv: true,
    env: { ...LOADER, PATH: "/usr/bin", HOME: Deno.env.get("HOME") ?? "/" },
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("childEnvironment() hands the loader's variables on where anything may be started", async () => {
  const rest = ["HOME", "PATH"];
  deepStrictEqual(await handedOn("--allow-run=deno,git"), [Object.keys(LOADER).sort(), rest]);
  deepStrictEqual(await handedOn("--allow-run"), [[], [...Object.keys(LOADER), ...rest].sort()]);
});
