/// <reference lib="dom" />
/**
 * Building pages out of text nodes: nothing here parses HTML, so no answer can become markup.
 * @module
 */

type Child = Node | string | null;

/** An element with a class and children; strings become text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Untrusted text in its own direction. */
export function say(tag: "p" | "bdi", className: string, text: string): HTMLElement {
  const element = el(tag, className, text);
  element.dir = "auto";
  return element;
}

export function button(label: string, action: () => void): HTMLButtonElement {
  const element = el("button", "plain", label);
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}
