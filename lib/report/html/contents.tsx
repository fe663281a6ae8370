/**
 * Ways through long pages and between pages of one kind.
 * @module
 */

/** A part of a page. */
export interface Part {
  readonly id: string;
  readonly title: string;
}

/** The page's parts as links. */
export function Contents({ parts }: { parts: readonly Part[] }) {
  return (
    <nav class="contents" aria-label="On this page">
      {parts.map(({ id, title }) => <a key={id} href={`#${id}`}>{title}</a>)}
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
