/**
 * What `deno task doctor --shared FOLDER` finds out: whether two nodes that share the folder can share a lab.
 * @module
 */
import { join } from "node:path";
import { UserError } from "../../errors.ts";
import { exists } from "../../files.ts";
import { denoCommand } from "../../lab/run/deno_command.ts";
import { ROOT } from "../../lab/record/paths.ts";
import { answerOf } from "../../lab/run/slurm/commands.ts";
import type { Site } from "../../lab/run/slurm/site.ts";
import type { Examination } from "./examination.ts";
import type { Seen } from "./probe_shared.ts";

/** What the two may take together: a queue may have no two nodes at once. */
const PATIENCE = { seconds: 300 };

/** Longer than this a queue's answer is waited for in vain. */
const SLOW_S = 60;

/** Clocks may be apart so far, in seconds, before files of a minute's age are misjudged. */
const APART_S = 30;

/** Tries a folder from two nodes of Slurm, or from two processes where there is none. @throws {UserError} why not */
export async function shared(folder: string, site: Site): Promise<Examination[]> {
  if (!exists(folder)) throw new UserError(`Cannot try "${folder}": it is not there`);
  // The one that writes makes it and removes it again: this process may not write everywhere.
  const place = join(folder, `.doctor.${crypto.randomUUID()}`);
  const probe = [
    "run",
    "--no-prompt",
    "--quiet",
    `--config=${join(ROOT, "deno.json")}`,
    "--no-remote",
    "--allow-read",
    `--allow-write=${place}`,
    "--allow-env",
    "--allow-sys=hostname",
    join(import.meta.dirname!, "probe_shared.ts"),
    place,
  ];
  const bySlurm = await answerOf("srun", [...srunOptions(site), Deno.execPath(), ...probe], PATIENCE);
  const answers = bySlurm === undefined
    ? await Promise.all(["0", "1"].map((role) => answerOf(denoCommand(), [...probe, role], PATIENCE)))
    : [bySlurm];
  const seen = answers.flatMap((answer) => {
    if (answer?.state === "ok") return answer.stdout.split("\n").filter((line) => line.startsWith("{"));
    throw new UserError(`Two nodes could not be tried: ${answer?.complaint ?? "Deno is not here"}`);
  });
  return findings(folder, seen.map((line): Seen => JSON.parse(line)), bySlurm !== undefined);
}

function srunOptions({ partition, account, qos }: Site): string[] {
  const options = Object.entries({ partition, account, qos }).flatMap(([key, value]) =>
    value === undefined ? [] : [`--${key}=${value}`]
  );
  return ["--quiet", "--nodes=2", "--ntasks=2", "--ntasks-per-node=1", "--time=5", ...options];
}

function findings(folder: string, seen: readonly Seen[], isSlurm: boolean): Examination[] {
  const [writer, reader] = [seen.find((one) => "back" in one), seen.find((one) => "ahead" in one)];
  const name = "Shared folder";
  if (writer === undefined || reader === undefined || !("back" in writer) || !("ahead" in reader)) {
    const blind = seen.find((one) => "unseen" in one);
    const found = blind && "unseen" in blind
      ? `${blind.host} has not seen ${blind.unseen} in "${folder}"`
      : `"${folder}" could not be tried: a node said nothing`;
    return [{ name, state: "error", found, advice: "Name a folder that all nodes mount" }];
  }
  const who = isSlurm ? `${writer.host} and ${reader.host}` : "two processes of this machine (no srun here)";
  const wrong = [
    ...reader.isWhole ? [] : ["a folder that had its name was not whole yet"],
    ...reader.isLeftAlone ? [] : ["a folder was renamed onto one with files in it"],
  ];
  const slow = writer.back > SLOW_S;
  return [
    {
      name,
      state: slow || !isSlurm ? "warning" : "ok",
      found: `${who} see each other's files in "${folder}", there and back in ${writer.back.toFixed(2)} s`,
      advice: slow ? "Raise grace_s in the site file to twice that (docs/slurm.md)" : undefined,
    },
    {
      name: "Shared renames",
      state: wrong.length > 0 ? "error" : "ok",
      found: wrong.join("; ") || "a folder is there whole or not at all, and the first one stays",
      advice: wrong.length > 0 ? "A lab cannot be kept there; name another file system" : undefined,
    },
    {
      name: "Shared locks",
      state: reader.isKeptOut ? "ok" : "warning",
      found: reader.isKeptOut ? "a lock holds between them" : "a lock does not hold between them",
      advice: reader.isKeptOut
        ? undefined
        : "Steps may be made twice, and nothing is wrong then; start one lab at a time",
    },
    {
      name: "Clocks",
      state: Math.abs(reader.ahead) > APART_S ? "warning" : "ok",
      found: `at most ${Math.abs(reader.ahead).toFixed(1)} s apart`,
      advice: Math.abs(reader.ahead) > APART_S ? "Have the nodes' clocks set (NTP)" : undefined,
    },
  ];
}
