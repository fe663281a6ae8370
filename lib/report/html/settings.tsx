/**
 * The paper's settings, its release's, and ours.
 * @module
 */
import type { PaperSetting } from "../../paper/paper.ts";
import { Scroll } from "./scroll.tsx";

export function SettingsPage({ settings }: { settings: readonly PaperSetting[] }) {
  return (
    <>
      <header>
        <h1>Settings, three ways</h1>
        <p class="lede">
          What the paper says, what its authors' release does, and what this lab runs. Where the first two
          differ, the last column says which we follow.
        </p>
      </header>
      <Scroll label="Settings">
        <table aria-label="Settings" class="settings stacked" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">Setting</th>
              <th scope="col" role="columnheader">Paper</th>
              <th scope="col" role="columnheader">Release</th>
              <th scope="col" role="columnheader">Ours</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {settings.map((row) => (
              <tr key={row.setting} role="row">
                <th scope="row" role="rowheader">
                  <code>{row.setting}</code>
                  {row.note && <p class="small soft">{row.note}</p>}
                </th>
                <Setting label="Paper" value={row.paper} source={row.paper_source} />
                <Setting label="Release" value={row.release} source={row.release_source} />
                <Setting label="Ours" value={row.ours} source={row.ours_source} />
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function Setting({ label, value, source }: { label: string; value: string; source: string }) {
  return (
    <td class="wrap" role="cell" data-label={label}>
      {value || <span class="soft">–</span>}
      {source && <small class="soft source">{source}</small>}
    </td>
  );
}
