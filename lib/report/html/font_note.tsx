/**
 * Which fonts a page's scripts need: folded, until the page's script finds something that neither this browser nor the
 * site's own fonts have letters for; not there until then on a page whose scripts nobody knows beforehand.
 * @module
 */
import { CJK, CORE, SCRIPT_FONTS } from "../fonts.ts";

export function FontNote({ scripts = [] }: { scripts?: readonly string[] }) {
  const fonts = SCRIPT_FONTS.filter(({ script }) => scripts.includes(script));
  const packages = fonts.length === 0 ? [CJK, CORE] : [...new Set(fonts.map(({ debian }) => debian))].sort();
  return (
    <details class="fonts screen" hidden={fonts.length === 0}>
      <summary>Boxes instead of letters?</summary>
      <p class="missing" role="status" />
      <p class="small">
        The report uses the machine's own fonts and, for letters that they lack, parts of Noto that it brings
        in{" "}
        <code>assets/fonts</code>, on the screen and on paper. What these do not have, Noto's whole fonts may;
        Debian and Ubuntu have them as <code>apt-get install {packages.join(" ")}</code>.
      </p>
      {fonts.length > 0 && (
        <ul class="small">
          {fonts.map(({ script, family, letters }) => (
            <li key={script} data-script={script} data-letters={letters}>{`${script}: ${family}`}</li>
          ))}
        </ul>
      )}
    </details>
  );
}
