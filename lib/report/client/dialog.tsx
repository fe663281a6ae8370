/// <reference lib="dom" />
/**
 * A sheet at the page's side. It takes the focus, Escape and a click beside it close it, and the focus goes back.
 * @module
 */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface DialogProps {
  readonly label: string;
  readonly crumbs: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Opens as it is rendered. */
export function Dialog({ label, crumbs, title, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current!;
    dialog.showModal();
    return () => dialog.close(); // gives the focus back, which removing it alone would not
  }, []);
  return (
    <dialog
      ref={ref}
      aria-label={label}
      // The event comes later than the closing: not for a sheet that has been replaced by then.
      onClose={() => ref.current && onClose()}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div class="sheet">
        <header>
          <div>
            <p class="crumbs">{crumbs}</p>
            <h2>
              <bdi>{title}</bdi>
            </h2>
          </div>
          <button class="plain" type="button" onClick={onClose}>Close</button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
