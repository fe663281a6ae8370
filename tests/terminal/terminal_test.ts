/**
 * The README's first command as a newcomer meets it: in a fresh clone and a real terminal. All tests share the clone and
 * its lab, so that the models are trained once.
 * @module
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import stringWidth from "string-width";
import { exists } from "../../lib/files.ts";
import { clone, inTerminal, MISSING, shellLine, watch } from "./_pty.ts";

const COMMAND = "experiment --scale smoke";
/** Text that moves the cursor up or clears a line. */
// deno-lint-ignore no-control-regex -- escapes are control characters
const MOVES = /\x1b\[\d*[AK]/;
// deno-lint-ignore no-control-regex -- as above
const COLOURS = /\x1b\[[\d;]*m/g;
// deno-lint-ignore no-control-regex -- as above
const ESCAPES = /\x1b\[[\d;?]*[A-Za-z]/;

Deno.test({
  name: `terminal${MISSING.length > 0 ? ` (left out: ${MISSING.join(", ")} not installed)` : ""}`,
  ignore: MISSING.length > 0 && !Deno.env.get("CI"),
  async fn(t) {
    deepStrictEqual(MISSING, []);
    const cwd = await clone();
    try {
      await t.step("80 columns: moving lines, first numbers, table, report, exit 0", async () => {
        const { code, bytes } = await inTerminal(shellLine(COMMAND), { cwd, columns: 80 });
        strictEqual(code, 0, bytes);
        match(bytes, MOVES);
        const places = new Set(
          [...bytes.matchAll(/LinguaLIFT {2}(\d+\/\d+ \w+) /g)].map(([, place]) => place),
        );
        ok(places.size >= 4, [...places].join());
        match(bytes, /loss +\d+\.\d+ +[\d.]+k? tok\/s +\d+ s left/);
        match(bytes, /3 of 4 runs done/);
        const shown = ["LinguaLIFT", "w/o language-align", "w/o task-transfer", "Mono-SFT"];
        for (const variant of shown) {
          const first = bytes.indexOf(`${variant}, seed 1:`);
          const table = bytes.lastIndexOf(variant, bytes.indexOf("\nNo verdict at this scale: "));
          ok(0 < first && first < table, variant);
        }
        // Runs go side by side: which is first depends on the machine, but its numbers come as soon as it ends.
        const numbers = shown.map((variant) => bytes.indexOf(`${variant}, seed 1:`));
        ok(Math.min(...numbers) < bytes.indexOf("2 of 4 runs done"));
        const table = bytes.split(/\r?\n/).filter((row) => /^(accuracy %|Floor \(|Mono-SFT +\d)/.test(row));
        ok(table.length >= 3);
        for (const row of table) ok(stringWidth(row) <= 80, row);
        match(bytes, /Scale smoke only checks that every part runs/);
        const page = join(cwd, "reports", "site", "index.html");
        ok(bytes.trimEnd().endsWith(`open "${page}"`), bytes.slice(-200));
        ok(exists(page));
      });

      await t.step("all done: names the report, and draws it again when it is gone", async () => {
        const again = await inTerminal(shellLine(COMMAND), { cwd, columns: 80 });
        match(again.bytes, /Nothing to do: 4 runs are done[^]*Report: open ".*index.html"\s*$/);
        Deno.removeSync(join(cwd, "reports", "site"), { recursive: true });
        const drawn = await inTerminal(shellLine(COMMAND), { cwd, columns: 80 });
        match(drawn.bytes, /Nothing to do: 4 runs are done[^]*Report: \d+ pages, open ".*index.html"\s*$/);
        strictEqual(drawn.code, 0);
      });

      await t.step("a narrower window, Ctrl-C, and the same command again", async () => {
        const line = shellLine(
          `${COMMAND} --jobs 1 --seeds 2, --variant LinguaLIFT --variant Mono-SFT --no-report`,
        );
        {
          await using terminal = await watch(line, { cwd, columns: 80 });
          await terminal.until(/LinguaLIFT {2}[5-9]\/\d+ \w+/);
          await terminal.resize(50);
          await terminal.until(/^0 of 2 runs done.*\nLinguaLIFT {2}\d+\/\d+ \w[\w ]*\n {2}\S/m);
          const narrow = await terminal.screen();
          strictEqual(narrow.filter((row) => row.includes("runs done")).length, 1, narrow.join("\n"));
          await terminal.keys("C-c");
          const rows = await terminal.until(/^rc=/m);
          // What a terminal has moved out of its screen while it became narrower stays where it is.
          deepStrictEqual(rows.filter((row) => row !== "" && !row.startsWith("0 of 2 runs done  ")), [
            "Interrupted: 0 of 2 runs done; the same command goes on from here",
            "rc=130",
          ]);
          ok(!(await terminal.screen()).some((row) => /so far|left$/.test(row)));
        }
        await using terminal = await watch(line, { cwd, columns: 80 });
        const rows = (await terminal.until(/^rc=/m)).join("\n");
        match(rows, /LinguaLIFT, seed 2:\n[^]*Mono-SFT, seed 2:[^]*accuracy %[^]*\nrc=0$/);
        ok(!/runs done|so far| left\b/.test(rows), rows);
      });

      await t.step("40 columns without colour: every line fits, none is coloured", async () => {
        const line = shellLine(
          `${COMMAND} --seeds 3, --variant Mono-SFT --no-report`,
          "TERM=xterm NO_COLOR=1",
        );
        const { code, bytes } = await inTerminal(line, { cwd, columns: 40 });
        strictEqual(code, 0, bytes);
        deepStrictEqual(bytes.match(COLOURS), null);
        match(bytes, MOVES);
        const moving = bytes.split(ESCAPES).flatMap((part) => part.split(/\r?\n/))
          .filter((row) => /runs? done|\d\/\d \w|loss/.test(row));
        ok(moving.length > 5);
        for (const row of moving) ok(stringWidth(row) < 40, row);
      });

      await t.step("TERM=dumb and pipes: plain lines", async () => {
        const plain = (seed: number) => `${COMMAND} --seeds ${seed}, --variant Mono-SFT --no-report`;
        const dumb = await inTerminal(shellLine(plain(4), "TERM=dumb"), { cwd, columns: 80 });
        const piped = await inTerminal(`${shellLine(plain(5))} 2>&1 | cat`, { cwd, columns: 80 });
        for (const [seed, { code, bytes }] of [[4, dumb], [5, piped]] as const) {
          strictEqual(code, 0, bytes);
          ok(!bytes.includes("\x1b"), bytes);
          match(
            bytes,
            new RegExp(`Mono-SFT, seed ${seed} begins \\(0 of 1 done\\)\\r?\\n {2}because not run yet`),
          );
          match(bytes, /\n {2}\w[\w ]*: cached\r?\n[^]*\n {2}fit transfer: runs\r?\n/);
          match(bytes, new RegExp(`Mono-SFT, seed ${seed}: mgsm `));
        }
      });
    } finally {
      Deno.removeSync(cwd, { recursive: true });
    }
  },
});
