/**
 * What `deno task doctor` finds in the lab's folder.
 * @module
 */
import { join } from "node:path";
import * as v from "valibot";
import { must } from "../../checked.ts";
import { exists } from "../../files.ts";
import { openStore } from "../../store/open.ts";
import { filesBelow } from "../../lab/code/closure.ts";
import { holderOf, isHeld } from "../../lab/run/lock.ts";
import type { LabPaths } from "../../lab/record/paths.ts";
import { readRecords } from "../../lab/record/records.ts";
import type { Examination } from "./examination.ts";

/** Its records, what was set aside, what is unfinished. */
export function records(paths: LabPaths): Examination[] {
  const damage: string[] = [];
  const found = readRecords(paths, (message) => damage.push(message));
  const aside = exists(paths.quarantine) ? [...Deno.readDirSync(paths.quarantine)].length : 0;
  const left = filesBelow(paths.tmp).length;
  const lock = join(paths.locks, "lab");
  const holder = isHeld(lock) ? holderOf(lock) : undefined;
  return [
    {
      name: "Records",
      state: damage.length > 0 ? "warning" : "ok",
      found: `${found.size} runs${damage.length > 0 ? `; ${damage[0]}` : ""}`,
      advice: damage.length > 0
        ? "Run the experiment again; what was set aside is in .lab/quarantine"
        : undefined,
    },
    {
      name: "Set aside",
      state: aside > 0 ? "warning" : "ok",
      found: `${aside} damaged files or folders`,
      advice: aside > 0 ? `Look at "${paths.quarantine}" and remove what you do not need` : undefined,
    },
    {
      name: "Unfinished steps",
      state: "ok",
      found: `${left} files${holder ? `; lab held by process ${holder.pid} on ${holder.host}` : ""}`,
    },
  ];
}

/** The database that follows from the records. */
export async function store(path: string): Promise<Examination> {
  const name = "Store";
  if (!exists(path)) return { name, state: "ok", found: "none yet" };
  try {
    using opened = await openStore(path, "read");
    const [counted] = await opened.rows(
      v.object({ runs: v.number(), samples: v.number() }),
      "SELECT (SELECT count(*) FROM run) AS runs, (SELECT count(*) FROM sample) AS samples ORDER BY runs",
    );
    const { runs, samples } = must(counted, "a count");
    return { name, state: "ok", found: `${runs} runs, ${samples} answers` };
  } catch (error) {
    return { name, state: "warning", found: (error as Error).message.split("\n")[0]! };
  }
}
