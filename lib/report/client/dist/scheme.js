"use strict";
(() => {
  function remembered() {
    try {
      return localStorage.getItem("lingualift-scheme");
    } catch {
      return null;
    }
  }
  function applyScheme(scheme2) {
    document.documentElement.dataset.scheme = scheme2;
  }
  function switchScheme() {
    const chosen = document.documentElement.dataset.scheme;
    const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    applyScheme(dark ? "light" : "dark");
    try {
      localStorage.setItem("lingualift-scheme", dark ? "light" : "dark");
    } catch {
    }
  }
  var scheme = remembered();
  if (scheme === "light" || scheme === "dark") applyScheme(scheme);
  addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll(".scheme")) button.addEventListener("click", switchScheme);
  });
  var folded = [];
  addEventListener("beforeprint", () => {
    const printed = document.querySelectorAll("details[data-print-open]");
    folded = [
      ...printed
    ].filter(({ open }) => !open);
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
    folded = [];
  });
})();
