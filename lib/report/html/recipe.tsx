/**
 * The recipe of an experiment's base, field by field.
 * @module
 */
import { plural } from "../../format.ts";
import type { Slice } from "../../results/slice.ts";
import { Scroll } from "./scroll.tsx";

/** @param settings where the page of settings is; null where the page stands alone */
export function Recipe({ slice, settings }: { slice: Slice; settings: string | null }) {
  const fields = slice.recipe.filter((row) => row.variant === slice.baseName);
  if (fields.length === 0) return <p>The base has not been run.</p>;
  return (
    <>
      <p>
        The base, <bdi>{slice.baseName}</bdi>, resolved at this scale.{settings !== null && (
          <>
            {" "}
            How the settings compare with the paper's and its release's:{" "}
            <a href={settings}>three-way table</a>.
          </>
        )}
      </p>
      <details>
        <summary>{plural(fields.length, "field")}</summary>
        <Scroll label="Recipe fields">
          <table aria-label="Recipe fields">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Value</th>
              </tr>
            </thead>
            <tbody>
              {fields.map(({ path, value }) => (
                <tr key={path}>
                  <th scope="row">
                    <code>{path}</code>
                  </th>
                  <td class="wrap">
                    <code>{value}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </>
  );
}
