/**
 * How to start Deno from here: by its path where that is allowed, else by its name, since `--allow-run=deno` means the
 * `deno` on the search path, which may be a link or npm's wrapper.
 * @module
 */

export function denoCommand(): string {
  const path = Deno.execPath();
  return Deno.permissions.querySync({ name: "run", command: path }).state === "granted" ? path : "deno";
}
