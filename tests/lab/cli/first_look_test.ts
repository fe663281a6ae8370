/** `deno task experiment --scale demo`: what a first look says of itself. */
import { match } from "node:assert/strict";
import { deno, experimentArgs, withFolder } from "../_lab.ts";

Deno.test("experiment: a first look says what it can show, what it cannot, and what it tells from zero", async () => {
  await withFolder(async (folder) => {
    const { stdout } = await deno(experimentArgs(folder, ["toy", "--scale", "demo"]));
    match(stdout, /^Scale demo is a first look: .*It can show .*It cannot show /ms);
    match(stdout, /^What is told from zero here.*\n {4}w\/o transfer minus Toy: /m);
  });
});
