/**
 * Long sentences for people: broken between words where a terminal is as wide as they are not, whole lines otherwise.
 * @module
 */
import wrapAnsi from "wrap-ansi";

/** The text with every line indented, as wide as the terminal that reads standard output. */
export function wrap(text: string, indent = ""): string {
  const columns = Deno.stdout.isTerminal() ? Deno.consoleSize().columns || 80 : Infinity;
  const room = Math.max(20, columns - indent.length);
  const lines = Number.isFinite(room) ? wrapAnsi(text, room, { trim: true }) : text;
  return lines.split("\n").map((line) => indent + line).join("\n");
}
