/**
 * The worlds by name.
 * @module
 */
import { UserError } from "../errors.ts";
import type { Environment } from "../lab/types.ts";
import { mini } from "../world/mini/mod.ts";
import type { World } from "../world/world.ts";

/** The world that `--world` names. @throws {UserError} for a world that methods cannot run on. */
export function openWorld({ world }: Pick<Environment, "world">): World {
  if (world === "mini") return mini;
  throw new UserError(`Cannot run on the world "${world}": methods run on "mini"`);
}
