/**
 * Parts of a long page: each can be folded away, and all stand open on paper. `client/folds.ts` unfolds what an address
 * names.
 * @module
 */
import { type ComponentChildren, Fragment } from "preact";

export interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** Beside the title, for those who choose what to unfold. */
  readonly hint?: string | undefined;
  readonly isOpen: boolean;
  readonly children: ComponentChildren;
}

export function Section({ id, title, hint, isOpen, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <details class="fold" open={isOpen} data-print-open>
        <summary>
          <h2 id={`${id}-title`}>{title}</h2>
          {hint !== undefined && <span class="hint">{hint}</span>}
        </summary>
        {children}
      </details>
    </section>
  );
}

/** Paragraphs of a comment, `code` in its own face. */
export function Prose({ text }: { text: string }) {
  return (
    <>
      {text.trim().split(/\n\s*\n/).map((paragraph, i) => (
        <p key={i} dir="auto">
          {paragraph.split(/(`[^`]+`)/).map((part, at) =>
            part.startsWith("`") && part.length > 2
              ? <code key={at}>{part.slice(1, -1)}</code>
              // A bare string of a list would be escaped twice.
              : <Fragment key={at}>{part}</Fragment>
          )}
        </p>
      ))}
    </>
  );
}
