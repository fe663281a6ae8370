/// <reference lib="dom" />
/**
 * Data files of the report: a page opened from a folder may not fetch, but it may load scripts, so every data file is a
 * script that calls `lingualift.take(name, value)`. A page that stands alone has them in itself.
 * @module
 */

const arrived = new Map<string, (value: unknown) => void>();
const loading = new Map<string, Promise<unknown>>();

/** Loads a data file once. */
export function load(file: string): Promise<unknown> {
  const known = loading.get(file);
  if (known) return known;
  const inside = [...document.querySelectorAll<HTMLElement>("script[data-file]")]
    .find(({ dataset }) => dataset.file === file);
  const promise = inside ? Promise.resolve(JSON.parse(inside.textContent!)) : request(file);
  loading.set(file, promise);
  return promise;
}

function request(file: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    arrived.set(file, resolve);
    const script = document.createElement("script");
    script.charset = "utf-8";
    script.src = `${document.body.dataset.root ?? ""}${file}`;
    const incomplete = () => reject(new Error(`Cannot load "${file}": is the report's folder complete?`));
    script.onerror = incomplete;
    // A file that is cut off loads, but hands nothing over; after a hand-over this changes nothing.
    script.onload = incomplete;
    document.head.append(script);
  });
}

/** Lets data files hand over what they hold. */
export function takeData(): void {
  const take = (file: string, value: unknown) => arrived.get(file)?.(value);
  Object.assign(globalThis, { lingualift: { take } });
}
