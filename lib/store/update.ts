/**
 * Writing to the store. It is an index that can be built again: a file that is missing, damaged, of an older schema or
 * changed by something else is built anew beside its place and moved there, a good one is changed in one transaction.
 * @module
 */
import { UserError } from "../errors.ts";
import { exists, removeIfThere } from "../files.ts";
import { asUserError } from "../os_errors.ts";
import { BrokenStore, checkSeal, openStore, type Store } from "./open.ts";
import { writeSeal } from "./seal.ts";

/** How to update. */
export interface UpdateOptions {
  /** Whether the file is known to be as it was left; otherwise its seal is proved first. */
  readonly vouched: boolean;
  /** Told why the store is built anew. */
  readonly notice: (message: string) => void;
}

/** Brings the store at `path` in line by `fill`, which starts from what is there or from nothing. */
export async function updateStore<T>(
  path: string,
  { vouched, notice }: UpdateOptions,
  fill: (store: Store) => Promise<T>,
): Promise<T> {
  if (exists(path)) {
    try {
      using store = await openStore(path, "write");
      if (!vouched) await checkSeal(store);
      await store.connection.run("BEGIN");
      const result = await fill(store);
      await writeSeal(store.connection);
      // Closing without COMMIT rolls back; closing after it moves the log into the file.
      await store.connection.run("COMMIT");
      return result;
    } catch (error) {
      if (!isDamage(error)) throw error;
      const reason = error instanceof BrokenStore ? error.reason : error.message.split("\n")[0];
      notice(`Store "${path}" cannot be used (${reason}); rebuilding it from the records`);
    }
  }
  const beside = `${path}.new`;
  removeStore(beside);
  const result = await build(beside, fill);
  removeStore(path);
  Deno.renameSync(beside, path);
  return result;
}

/** No transaction: the file is not in its place yet, and DuckDB then compresses rows as they come. */
async function build<T>(path: string, fill: (store: Store) => Promise<T>): Promise<T> {
  using store = await openStore(path, "write");
  const result = await fill(store);
  await writeSeal(store.connection);
  return result;
}

/** Errors of a damaged file, as opposed to a lock, a newer version or a full disk. */
function isDamage(error: unknown): error is Error {
  if (error instanceof BrokenStore) return true;
  if (asUserError(error) instanceof UserError) return false;
  return error instanceof Error &&
    /corrupt|checksum|truncat|deserializ|Could not read|INTERNAL|Catalog Error|Serialization/i
      .test(error.message);
}

function removeStore(path: string): void {
  removeIfThere(path);
  removeIfThere(`${path}.wal`);
}
