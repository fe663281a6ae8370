/**
 * Content hashes: SHA-256 in hex over bytes, text, or a value's canonical JSON (keys sorted, so that the order in which
 * fields were written does not matter).
 * @module
 */
import { createHash } from "node:crypto";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** SHA-256 of bytes or UTF-8 text, lower-case hex (64 characters). */
export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** SHA-256 of a file's bytes, of which it holds only a part at a time. */
export function sha256File(path: string): string {
  return hashFile("sha256", path);
}

/** The same by another algorithm, of `before` and the bytes (git's name of a file is such a SHA-1). */
export function hashFile(algorithm: "sha256" | "sha1", path: string, before = ""): string {
  using file = Deno.openSync(path);
  const hash = createHash(algorithm).update(before);
  const part = new Uint8Array(1 << 20);
  for (let read; (read = file.readSync(part)) !== null;) hash.update(part.subarray(0, read));
  return hash.digest("hex");
}

/**
 * JSON with sorted keys. `undefined` fields are dropped, as in JSON itself.
 * @throws {TypeError} for NaN and infinities, which JSON would silently turn into null.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, field) => {
    if (typeof field === "number" && !Number.isFinite(field)) {
      throw new TypeError(`Cannot write ${field} as JSON`);
    }
    if (field === null || typeof field !== "object" || Array.isArray(field)) return field;
    return Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** SHA-256 of a value's canonical JSON. */
export function hashJson(value: unknown): string {
  return sha256(canonicalJson(value));
}
