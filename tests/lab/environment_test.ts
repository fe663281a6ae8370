/** A lab on a machine that refuses: everything that is done can still be read, anything else ends in one line. */
import { match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/lab/paths.ts";
import { deno, type Ended, experimentArgs, labArgs, withFolder } from "./_lab.ts";
import { giveAway, hide, skip, unhide, withoutPowers, withReadOnly } from "./_machine.ts";

const TOY = ["toy", "--scale", "smoke"];

function reportArgs(entry: string, args: readonly string[]): string[] {
  return [
    "run",
    "-q",
    "-A",
    `--config=${join(ROOT, "deno.json")}`,
    join(ROOT, "lib/report/cli", entry),
    ...args,
  ];
}

/** Runs what reads and what writes; `start` starts Deno in the way of the test. */
async function readsAndRefuses(
  { lab, before, start, why }: {
    lab: string;
    before: Ended;
    start: (args: string[]) => Promise<Ended>;
    why: RegExp;
  },
): Promise<void> {
  const again = await start(experimentArgs(lab, TOY));
  strictEqual(again.code, 0, again.stderr);
  strictEqual(again.stdout, before.stdout);
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
    match(stderr.trimEnd().split("\n").at(-1)!, why, what);
    ok(!/ {4}at /.test(stderr), `${what}: ${stderr}`);
  }
}

Deno.test("what is done in a lab can be read where nothing can be written", async (t) => {
  await withFolder(async (folder) => {
    const lab = join(folder, "lab");
    await deno(experimentArgs(lab, TOY));
    const before = await deno(experimentArgs(lab, TOY));

    await t.step("on a read-only file system, where all else ends in one line", async (t) => {
      const why = /^Cannot [a-z]+ ".*": it lies on a read-only file system; make that writable or name/;
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
      const start = async (args: string[]): Promise<Ended> => {
        const { code, ...output } = await new Deno.Command(command, {
          args: [...first, ...args],
          stdin: "null",
        })
          .output();
        const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
        return { code, stdout: text(output.stdout), stderr: text(output.stderr) };
      };
      const why = /^Cannot [a-z]+ ".*": its owner does not permit it; change owner or mode/;
      await readsAndRefuses({ lab, before, start, why });
      hide(lab);
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
        /^Cannot [a-z]+ ".*": (a file is there|it is or goes through a file), expected a folder; remove the file/,
      ],
      [
        join(file, "lab"),
        /^Cannot [a-z]+ ".*": it is or goes through a file, expected a folder; remove the file/,
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
