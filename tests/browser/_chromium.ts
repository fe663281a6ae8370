/** A real Chromium for tests, with its pages and what it prints. */
/// <reference lib="dom" />
/**
 * A real Chromium with the network off, from a file on disk.
 * @module
 */
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { must } from "../../lib/checked.ts";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Path of a Chromium, or undefined where there is none. `LINGUALIFT_CHROMIUM` names another. */
export function findChromium(): string | undefined {
  const named = Deno.env.get("LINGUALIFT_CHROMIUM");
  return [...(named ? [named] : []), ...PLACES].find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console, uncaught exceptions, failed and outgoing requests. */
  readonly complaints: readonly string[];
}

export interface VisitOptions {
  readonly scheme?: "light" | "dark";
  readonly width?: number | undefined;
  readonly script?: boolean;
}

/** Starts Chromium, hands it over, and ends it. With `fonts` the machine's fonts are those of this folder alone. */
export async function withBrowser(use: (browser: Browser) => Promise<void>, fonts?: string): Promise<void> {
  const profile = Deno.makeTempDirSync();
  const browser = await puppeteer.launch({
    executablePath: must(findChromium(), "Chromium"),
    userDataDir: profile,
    env: { ...Deno.env.toObject(), ...(fonts ? { FONTCONFIG_FILE: fontsOf(fonts, profile) } : {}) },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-dev-shm-usage", // a container may have 64 MB of it, and a tab that needs more crashes
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
  try {
    await use(browser);
  } finally {
    await browser.close();
    Deno.removeSync(profile, { recursive: true });
  }
}

/** Fontconfig's settings for a machine with the fonts of one folder. */
function fontsOf(folder: string, place: string): string {
  const path = join(place, "fonts.conf");
  Deno.writeTextFileSync(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>${folder}</dir><cachedir>${join(place, "fontconfig")}</cachedir></fontconfig>`,
  );
  return path;
}

/** Opens a file with the network off. */
export async function visit(browser: Browser, path: string, options: VisitOptions = {}): Promise<Visit> {
  const { scheme = "light", width = 1280, script = true } = options;
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warn", "assert"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
  });
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  await page.setOfflineMode(true);
  await page.setJavaScriptEnabled(script);
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900 });
  await page.goto(`file://${path}`, { waitUntil: "load" });
  return { page, complaints };
}

/** Waits for the page's figures. */
export async function allDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLElement>(".plot")].every((plot) => plot.dataset.drawn === "true")
  );
}
