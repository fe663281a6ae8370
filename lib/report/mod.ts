/**
 * The report and the gate, for programs. The command lines are in `cli/`.
 * @module
 */
export { checkReport, type ReportOptions, type ReportSummary, writeReport } from "./write_report.ts";
export { type OneFileOptions, type OneFileSummary, writeOneFile } from "./one_file.ts";
export { regress, type RegressOptions, type RegressResult, updateBaselines } from "./gate/regress.ts";
export { describeRegress } from "./gate/print.ts";
export { type ExportOptions, type ExportSummary, writeExport } from "./export/write_export.ts";
