/**
 * Ways through long pages and between pages of one kind.
 * @module
 */

/** A part of a page. */
export interface Part {
  readonly id: string;
  readonly title: string;
}

/** The parts of a page that can be folded: beside them on a wide screen, where it stays in sight, else before them. */
export function SideContents({ parts }: { parts: readonly Part[] }) {
  return (
    <nav class="contents side" aria-label="On this page">
      {parts.map(({ id, title }) => <a key={id} href={`#${id}`}>{title}</a>)}
      <button class="plain script" type="button" data-fold-all>Unfold all</button>
    </nav>
  );
}

/** A page of the same kind: its address from here, and its title. */
export interface Place {
  readonly href: string;
  readonly title: string;
}

/** The pages before and after this one. */
export function Neighbours(
  { before, after, of }: { before?: Place | undefined; after?: Place | undefined; of: string },
) {
  if (!before && !after) return null;
  return (
    <nav class="neighbours" aria-label={`Before and after, ${of}`}>
      {before && <a href={before.href} rel="prev">{`← ${before.title}`}</a>}
      {after && <a href={after.href} rel="next">{`${after.title} →`}</a>}
    </nav>
  );
}
