/// <reference lib="dom" />
/**
 * The colour scheme: the system's, until the reader chooses; remembered where the browser lets a page remember.
 * Loaded in the head, so that the page is never painted in the wrong one first; on every page, so that it opens folds for
 * paper, too: the style sheet does, but not every browser shows what is folded by a style.
 * @module
 */

function remembered(): string | null {
  try {
    return localStorage.getItem("lingualift-scheme");
  } catch {
    return null; // a browser that forbids storage still has a report
  }
}

function applyScheme(scheme: string): void {
  document.documentElement.dataset.scheme = scheme;
}

function switchScheme(): void {
  const chosen = document.documentElement.dataset.scheme;
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  applyScheme(dark ? "light" : "dark");
  try {
    localStorage.setItem("lingualift-scheme", dark ? "light" : "dark");
  } catch {
    // as above: the choice then lasts for this page only
  }
}

const scheme = remembered();
if (scheme === "light" || scheme === "dark") applyScheme(scheme);
addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll(".scheme")) button.addEventListener("click", switchScheme);
});

/** Folds that paper has open, those that a reader had left closed. */
let folded: HTMLDetailsElement[] = [];
addEventListener("beforeprint", () => {
  const printed = document.querySelectorAll<HTMLDetailsElement>("details[data-print-open]");
  folded = [...printed].filter(({ open }) => !open);
  for (const details of folded) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
  folded = [];
});
