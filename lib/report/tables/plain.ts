/**
 * Plain tables as Markdown, LaTeX and CSV, whatever their texts hold: on the site's files, and in the browser when a reader
 * copies a table.
 * @module
 */

/** A table as strings: its head and its rows. */
export interface Grid {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table; columns `left` hold text, all others numbers. */
export function grid({ head, rows }: Grid, left: readonly number[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(text).join(" | ")} |`;
  const rule = `|${head.map((_, i) => left.includes(i) ? "---" : "---:").join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

/** Text that Markdown and HTML leave alone. */
export function text(value: string): string {
  return value.replace(/[\r\n]+/g, " ").replace(/[\\`*_[\]<>|&~#]/g, (mark) => `\\${mark}`);
}

const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "$": "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  "_": "\\_",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "\u2020": "$^\\dagger$",
  "\u2013": "--",
  "\u2212": "$-$",
};

/** Text that LaTeX leaves alone. */
export function latexText(value: string): string {
  return value.replace(/[\r\n]+/g, " ").replace(
    /[\\{}$&#%_^~\u2013\u2020\u2212]/g,
    (mark) => SPECIAL[mark] ?? mark,
  );
}

/** A `tabular` (booktabs); the first column is text, the others numbers. */
export function latexGrid({ head, rows }: Grid): string {
  const line = (cells: readonly string[]) => `${cells.map(latexText).join(" & ")} \\\\`;
  return `\\begin{tabular}{l${"r".repeat(head.length - 1)}}
\\toprule
${line(head)}
\\midrule
${rows.map(line).join("\n")}
\\bottomrule
\\end{tabular}
`;
}

/**
 * Comma-separated values (RFC 4180). A text that a spreadsheet would calculate with begins with an apostrophe; a negative
 * number has the hyphen that programs read.
 */
export function csvGrid({ head, rows }: Grid): string {
  const cell = (text: string) => {
    const plain = text.replace(/^\u2212(?=[\d.]+$)/, "-");
    const safe = /^[=@\t\r]|^[-+](?![\d.]+$)/.test(plain) ? `'${plain}` : plain;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}
