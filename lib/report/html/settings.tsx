/**
 * The paper's settings, its release's, and ours.
 * @module
 */
import type { PaperSetting } from "../paper.ts";

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
      <div class="scroll">
        <table class="settings">
          <thead>
            <tr>
              <th scope="col">Setting</th>
              <th scope="col">Paper</th>
              <th scope="col">Release</th>
              <th scope="col">Ours</th>
            </tr>
          </thead>
          <tbody>
            {settings.map((row) => (
              <tr key={row.setting}>
                <th scope="row">
                  <code>{row.setting}</code>
                  {row.note && <p class="small soft">{row.note}</p>}
                </th>
                <Setting value={row.paper} source={row.paper_source} />
                <Setting value={row.release} source={row.release_source} />
                <Setting value={row.ours} source={row.ours_source} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Setting({ value, source }: { value: string; source: string }) {
  return (
    <td class="wrap">
      {value || <span class="soft">–</span>}
      {source && <small class="soft source">{source}</small>}
    </td>
  );
}
