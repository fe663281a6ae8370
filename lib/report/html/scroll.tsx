/**
 * The frame of a table: it has a name, and scrolls sideways by mouse, finger and keyboard where the table is wider.
 * @module
 */
import type { ComponentChildren } from "preact";

/** `block`: stands alone, with space before it. */
export function Scroll({ label, block = false, children }: {
  label: string;
  block?: boolean;
  children: ComponentChildren;
}) {
  return (
    <div class={block ? "scroll block" : "scroll"} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}
