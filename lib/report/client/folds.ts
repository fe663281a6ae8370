/// <reference lib="dom" />
/**
 * Parts of a page that are folded away: the address unfolds what it names, a button unfolds all. The link of the
 * part that is read is marked.
 * @module
 */
import { partNamed } from "./address.ts";

/** Starts all of it. */
export function watchFolds(): void {
  addEventListener("hashchange", unfoldNamed);
  // The link to where the address is already changes nothing, and still opens what a reader has folded since.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link && link.hash === location.hash) unfoldNamed();
  });
  // A figure that was drawn while it was folded has the width of nothing where a browser lays out nothing there.
  for (const fold of folds()) fold.addEventListener("toggle", fitFigures);
  unfoldNamed();
  offerAll();
  addEventListener("beforeprint", fitFigures);
  markCurrent();
}

function folds(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("details.fold")];
}

/** Opens all folds around an element. @returns whether one was closed */
export function unfoldAround(element: Element | null | undefined): boolean {
  let wasFolded = false;
  for (let fold = element?.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
    wasFolded ||= !fold.open;
    fold.open = true;
  }
  return wasFolded;
}

function unfoldNamed(): void {
  const named = document.getElementById(partNamed(location.hash));
  if (!named) return;
  const own = named.querySelector<HTMLDetailsElement>(":scope > details.fold");
  if (unfoldAround(own ?? named)) named.scrollIntoView();
}

function fitFigures(): void {
  dispatchEvent(new Event("resize"));
}

function offerAll(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-fold-all]");
  if (!button) return;
  const areOpen = () => folds().every(({ open }) => open);
  const name = () => button.textContent = areOpen() ? "Fold all" : "Unfold all";
  button.addEventListener("click", () => {
    const open = !areOpen();
    for (const fold of folds()) fold.open = open;
  });
  for (const fold of folds()) fold.addEventListener("toggle", name);
  name();
}

/** The uppermost part on the screen is the one that is read. */
function markCurrent(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>(".contents.side a")].map((link) => [
      document.getElementById(partNamed(link.hash)),
      link,
    ]),
  );
  const onScreen = new Set<Element>();
  const observer = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (isIntersecting) onScreen.add(target);
      else onScreen.delete(target);
    }
    const current = [...links.keys()].find((part) => part !== null && onScreen.has(part));
    for (const [part, link] of links) {
      if (part === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-72px 0px -40% 0px" });
  for (const part of links.keys()) if (part) observer.observe(part);
}
