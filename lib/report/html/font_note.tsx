/**
 * Which fonts a page's scripts need: folded, until the page's script finds that this browser has no letters for one.
 * @module
 */
import { SCRIPT_FONTS } from "../fonts.ts";

export function FontNote({ scripts }: { scripts: readonly string[] }) {
  const fonts = SCRIPT_FONTS.filter(({ script }) => scripts.includes(script));
  if (fonts.length === 0) return null;
  const packages = [...new Set(fonts.map(({ debian }) => debian))].sort();
  return (
    <details class="fonts screen">
      <summary>Boxes instead of letters?</summary>
      <p class="missing" role="status" />
      <p class="small">
        The report uses the machine's own fonts, on the screen and on paper. Noto's have all letters of this
        page; Debian and Ubuntu have them as <code>apt-get install {packages.join(" ")}</code>.
      </p>
      <ul class="small">
        {fonts.map(({ script, family, letters }) => (
          <li key={script} data-script={script} data-letters={letters}>{`${script}: ${family}`}</li>
        ))}
      </ul>
    </details>
  );
}
