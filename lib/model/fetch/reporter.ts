/**
 * How getting a model tells how far it is.
 * @module
 */

/** Takes what happens, for a person to see. */
export interface Reporter {
  /** A step begins; `text` says what. */
  step(name: "download" | "convert" | "check", text: string): void;
  /** Bytes of the step. */
  progress(done: number, total: number): void;
  /** Something worth a line that stays. */
  say(text: string): void;
}
