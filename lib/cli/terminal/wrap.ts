/**
 * Long sentences for people: broken between words where a terminal is as wide as they are not, whole lines otherwise.
 * @module
 */
import wrapAnsi from "wrap-ansi";

/** Characters in a line of the terminal that reads standard output; no limit where none does. */
export function lineRoom(): number {
  return Deno.stdout.isTerminal() ? Deno.consoleSize().columns || 80 : Infinity;
}

/** The text with every line indented, as wide as the terminal that reads standard output. */
export function wrap(text: string, indent = ""): string {
  const room = Math.max(20, lineRoom() - indent.length);
  const lines = Number.isFinite(room) ? wrapAnsi(text, room, { trim: true }) : text;
  return lines.split("\n").map((line) => indent + line).join("\n");
}
