/**
 * Text tables: the first column to the left, numbers to the right.
 * @module
 */

/** A table with a header; rows may be shorter than it. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) =>
    Math.max(
      ...all.map((row) => row.length === header.length || column === 0 ? (row[column] ?? "").length : 0),
    )
  );
  const line = (row: readonly string[]) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))
      .join("  ").trimEnd();
  return [line(header), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}
