/// <reference lib="dom" />
/**
 * Hands the browser a file to keep: a page from a folder may write none, but it may offer one to download.
 * @module
 */

/** Offers it for download. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has begun by then; without this the content would stay in memory as long as the page.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
