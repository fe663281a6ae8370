/// <reference lib="dom" />
/**
 * Says so where the address names a part that this page does not have, such as a conclusion that has been renamed.
 * @module
 */
import { partNamed, readAddress } from "./address.ts";

/** Looks now and whenever the address changes. */
export function watchParts(): void {
  addEventListener("hashchange", sayMissing);
  sayMissing();
}

function sayMissing(): void {
  document.querySelector(".notice")?.remove();
  const id = partNamed(location.hash);
  if (id === "" || id === "top" || readAddress(location.hash) || document.getElementById(id)) return;
  const notice = document.createElement("p");
  notice.className = "notice missing";
  notice.setAttribute("role", "alert");
  notice.textContent = `This page has no part \u201c${id}\u201d; it may have been renamed.`;
  document.querySelector("main")!.prepend(notice);
}
