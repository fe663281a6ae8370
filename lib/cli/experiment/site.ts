/**
 * The report of a lab: beside the repository's own lab in `reports/site`, of another one in its folder.
 * @module
 */
import { join } from "node:path";
import { tell } from "../terminal/print.ts";
import { writtenAt } from "../../files.ts";
import { type LabPaths, ROOT } from "../../lab/record/paths.ts";

/** Its folder. */
export function siteOf(paths: LabPaths): string {
  return paths.root === join(ROOT, ".lab") ? join(ROOT, "reports", "site") : join(paths.root, "site");
}

/** Whether the report is missing or older than the store. */
export function isStale(paths: LabPaths): boolean {
  return isOlder(siteOf(paths), paths.database);
}

/** Whether a site is missing or older than a store. */
export function isOlder(site: string, database: string): boolean {
  const written = writtenAt(join(site, "index.html"));
  return written === undefined || written < (writtenAt(database) ?? 0);
}

/** Writes the report and says where it is. */
export async function drawSite(paths: LabPaths): Promise<void> {
  const out = siteOf(paths);
  const [{ writeReport }, { miniSheets }] = await Promise.all([
    import("../../report/write_report.ts"),
    import("../mini_sheets.ts"),
  ]);
  const { pages } = await writeReport({ store: paths.database, out, sheets: miniSheets() });
  tell(`Report: ${pages} pages, open "${join(out, "index.html")}"`);
}

/** Says where the report is that stands there already. */
export function nameSite(paths: LabPaths): void {
  tell(`Report: open "${join(siteOf(paths), "index.html")}"`);
}
