/// <reference lib="dom" />
/**
 * The colour scheme: the system's, until the reader chooses; remembered where the browser lets a page remember.
 * Loaded in the head, so that the page is never painted in the wrong one first.
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
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-print-open]")) {
    details.open = true;
  }
});
