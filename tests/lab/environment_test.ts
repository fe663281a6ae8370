/** A lab on a machine that refuses: everything that is done can still be read, anything else ends in one line. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../lib/files.ts";
import { ROOT } from "../../lib/lab/record/paths.ts";
import { deno, type Ended, experimentArgs, labArgs, withFolder } from "./_lab.ts";
import { giveAway, hide, skip, unhide, withoutPowers, withReadOnly, withSmallDisk } from "./_machine.ts";

const TOY = ["toy", "--scale", "smoke"];

function reportArgs(entry: string, args: readonly string[]): string[] {
  return [
    "run",
    "-q",
    "-A",
    `--config=${join(ROOT, "deno.json")}`,
    join(ROOT, "lib/cli", entry),
    ...args,
  ];
}

/** Starts Deno through another command. */
function startWith(command: string, first: readonly string[]): (args: readonly string[]) => Promise<Ended> {
  return async function start(args) {
    const { code, ...output } = await new Deno.Command(command, { args: [...first, ...args], stdin: "null" })
      .output();
    const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    return { code, stdout: text(output.stdout), stderr: text(output.stderr) };
  };
}

/** What doctor says of writing. */
async function doctorOnWriting(
  lab: string,
  start = deno,
): Promise<{ code: number; state: string; found: string }> {
  // Of ours also where the checkout is not.
  const reports = Deno.makeTempDirSync();
  const { code, stdout, stderr } = await start(
    labArgs("doctor/doctor.ts", ["--json", "--lab", lab, "--reports", reports]),
  );
  Deno.removeSync(reports);
  strictEqual(stderr, "");
  const all = JSON.parse(stdout) as { name: string; state: string; found: string }[];
  const { state, found } = all.find(({ name }) => name === "Writing")!;
  return { code, state, found };
}

/** Runs what reads and what writes; `start` starts Deno in the way of the test. */
async function readsAndRefuses(
  { lab, before, start, why }: {
    lab: string;
    before: Ended;
    start: (args: readonly string[]) => Promise<Ended>;
    why: { said: string; line: RegExp };
  },
): Promise<void> {
  const again = await start(experimentArgs(lab, TOY));
  strictEqual(again.code, 0, again.stderr);
  strictEqual(again.stdout, before.stdout);
  const doctor = await doctorOnWriting(lab, start);
  deepStrictEqual([doctor.code, doctor.state], [1, "error"]);
  ok(doctor.found.startsWith(`"${lab}": ${why.said}`), doctor.found);
  const store = ["--store", join(lab, "lab.duckdb")];
  const writing: Record<string, string[]> = {
    "new runs": experimentArgs(lab, [...TOY, "--seeds", "2"]),
    verify: labArgs("verify.ts", [
      "toy",
      "--lab",
      lab,
      "--experiments",
      join(ROOT, "tests/lab/fixtures/experiments"),
    ]),
    report: reportArgs("report.ts", [...store, "--out", join(lab, "site")]),
    baselines: reportArgs("regress.ts", [...store, "--update", "--reports", join(lab, "reports")]),
  };
  for (const [what, args] of Object.entries(writing)) {
    const { code, stdout, stderr } = await start(args);
    strictEqual(code, 2, `${what}: ${stderr}`);
    strictEqual(stdout, "", what);
    match(stderr.trimEnd().split("\n").at(-1)!, why.line, what);
    ok(!/ {4}at /.test(stderr), `${what}: ${stderr}`);
  }
}

Deno.test("what is done in a lab can be read where nothing can be written", async (t) => {
  await withFolder(async (folder) => {
    const lab = join(folder, "lab");
    await deno(experimentArgs(lab, TOY));
    const before = await deno(experimentArgs(lab, TOY));

    await t.step("on a read-only file system, where all else ends in one line", async (t) => {
      const why = {
        said: "it lies on a read-only file system",
        line: /^Cannot [a-z]+ ".*": it lies on a read-only file system; make that writable or name/,
      };
      await withReadOnly(t, lab, () => readsAndRefuses({ lab, before, start: deno, why }));
    });

    await t.step("in a copy on a read-only file system", async (t) => {
      const copy = join(folder, "copy");
      await new Deno.Command("cp", { args: ["-r", lab, copy] }).output();
      await withReadOnly(t, copy, async () => {
        const { code, stdout, stderr } = await deno(experimentArgs(copy, TOY));
        strictEqual(code, 0, stderr);
        strictEqual(stdout, before.stdout);
      });
    });

    await t.step("in a lab of another user, where all else ends in one line", async (t) => {
      const [command, ...first] = withoutPowers(Deno.execPath()) ?? [];
      if (command === undefined) return await skip(t, "root cannot lay down its powers here");
      giveAway(lab);
      const start = startWith(command, first);
      const why = {
        said: "its owner does not permit it",
        line: /^Cannot [a-z]+ ".*": its owner does not permit it; change owner or mode/,
      };
      await readsAndRefuses({ lab, before, start, why });
      hide(lab);
      const doctor = await doctorOnWriting(lab, start);
      deepStrictEqual([doctor.code, doctor.state], [1, "error"]);
      const { code, stderr } = await start(experimentArgs(lab, TOY));
      unhide(lab);
      strictEqual(code, 2);
      match(stderr, /^Cannot read "[^\n]*": its owner does not permit it; [^\n]*\n$/);
    });
  });
});

Deno.test("a file in the place of the lab, and a path too long, are one line", async () => {
  await withFolder(async (folder) => {
    const file = join(folder, "file");
    Deno.writeTextFileSync(file, "");
    const cases: [string, RegExp][] = [
      [
        file,
        /^Cannot [a-z]+ ".*": (a file is there|it is or goes through a file), expected a folder; name a folder/,
      ],
      [
        join(file, "lab"),
        /^Cannot [a-z]+ ".*": it is or goes through a file, expected a folder; name a folder/,
      ],
      [
        join(folder, "x".repeat(300)),
        /^Cannot [a-z]+ ".*": the name is too long for this file system; name a shorter/,
      ],
    ];
    for (const [lab, why] of cases) {
      const { code, stderr } = await deno(experimentArgs(lab, TOY));
      strictEqual(code, 2, stderr);
      match(stderr, why);
      strictEqual(stderr.trimEnd().split("\n").length, 1, stderr);
    }
  });
});

Deno.test("doctor finds out that the lab can be written, and leaves nothing behind", async () => {
  await withFolder(async (folder) => {
    const lab = join(folder, "lab");
    deepStrictEqual((await doctorOnWriting(lab)).state, "ok");
    deepStrictEqual([...Deno.readDirSync(folder)], []);
    Deno.mkdirSync(join(lab, "runs"), { recursive: true });
    deepStrictEqual((await doctorOnWriting(lab)).state, "ok");
    deepStrictEqual([...Deno.readDirSync(lab)].map(({ name }) => name), ["runs"]);
    deepStrictEqual([...Deno.readDirSync(join(lab, "runs"))], []);
  });
});

Deno.test("doctor finds a full disk, and a store and a lock that another user left", async (t) => {
  await withFolder(async (folder) => {
    await t.step("a full disk", async (t) => {
      const lab = join(folder, "full");
      Deno.mkdirSync(lab);
      await withSmallDisk(t, { at: lab, size: "4k" }, async () => {
        Deno.writeFileSync(join(lab, "other"), new Uint8Array(4096));
        deepStrictEqual(await doctorOnWriting(lab), {
          code: 1,
          state: "error",
          found: `"${lab}": the disk is full`,
        });
      });
    });
    await t.step("files of another user in folders of ours", async (t) => {
      const [command, ...first] = withoutPowers(Deno.execPath()) ?? [];
      if (command === undefined) return await skip(t, "root cannot lay down its powers here");
      const lab = join(folder, "lab");
      Deno.mkdirSync(join(lab, "locks"), { recursive: true });
      for (const file of [join(lab, "locks", "lab"), join(lab, "lab.duckdb")]) {
        Deno.writeTextFileSync(file, "");
        giveAway(file);
      }
      const start = startWith(command, first);
      const found = `"${join(lab, "lab.duckdb")}": its owner does not permit it, and 1 more`;
      deepStrictEqual(await doctorOnWriting(lab, start), { code: 1, state: "error", found });
    });
  });
});

const SWIFTSHADER = "/usr/lib/chromium/vk_swiftshader_icd.json";

Deno.test({
  name: "doctor names the devices that compute, not those that were compiled in" +
    (exists(SWIFTSHADER) ? "" : ` (skipped: "${SWIFTSHADER}" of Debian's package chromium is absent)`),
  ignore: !exists(SWIFTSHADER),
}, async () => {
  const found = async (env: Record<string, string>): Promise<string> => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: labArgs("doctor/doctor.ts", ["--json"]),
      env,
    }).output();
    const all = JSON.parse(new TextDecoder().decode(stdout)) as { name: string; found: string }[];
    return all.find(({ name }) => name === "Devices")!.found.split(";")[0]!;
  };
  const nowhere = {
    VK_ICD_FILENAMES: "/nonexistent",
    VK_DRIVER_FILES: "/nonexistent",
    CUDA_VISIBLE_DEVICES: "",
  };
  strictEqual(await found(nowhere), "cpu");
  const driver = {
    VK_ICD_FILENAMES: SWIFTSHADER,
    LD_LIBRARY_PATH: "/usr/lib/chromium",
    CUDA_VISIBLE_DEVICES: "",
  };
  strictEqual(await found(driver), "cpu, webgpu");
});
