/**
 * What the server answers: files of the site, the live page and what that asks for; to this machine's own pages alone.
 * @module
 */
import { realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { type Context, Hono, type Next } from "hono";
import { serveStatic } from "hono/serve-static";
import { styleOf, styleSheet } from "../../report/assets/style_sheet.ts";
import { scriptPath } from "../../report/client/bundle.ts";
import type { LiveState } from "../../report/client/live_data.ts";
import { LIVE_PAGE, LIVE_POLICY, livePage, served } from "../../report/html/live.tsx";

/** What is served. */
export interface AppOptions {
  /** The site's folder at this moment; undefined where there is none. */
  readonly folder: () => string | undefined;
  readonly version: () => string;
  readonly state: () => LiveState;
  /** The port that it listens on. */
  readonly port: () => number;
  /** Told of errors that are nobody's mistake but the lab's. */
  readonly say: (text: string) => void;
}

/** Answers requests. */
export function liveApp({ folder, version, state, port, say }: AppOptions): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    const refused = refusal(c, port());
    if (refused) c.res = c.text(refused.text, refused.status, refused.headers);
    else await next();
    for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  });
  app.get("/live.json", (c) => c.json(state()));
  app.get("/live.js", (c) => asset(c, "text/javascript", Deno.readTextFileSync(scriptPath("live.js"))));
  app.get("/live.css", (c) => asset(c, "text/css", styleOf(["live"])));
  app.get(`/${LIVE_PAGE}`, (c) => {
    const page = livePage({ languages: hasLanguages(folder()) });
    return c.html(served(page, version(), { isLive: true }));
  });
  app.get("/", (c, next) => folder() === undefined ? Promise.resolve(c.redirect(`/${LIVE_PAGE}`)) : next());
  app.use(files(folder, version));
  // The live page's look, before there is a site.
  app.get("/assets/site.css", (c) => asset(c, "text/css", styleSheet()));
  app.get(
    "/assets/scheme.js",
    (c) => asset(c, "text/javascript", Deno.readTextFileSync(scriptPath("scheme.js"))),
  );
  app.onError((error, c) => {
    say(error.stack ?? error.message);
    return c.text("This server has a bug; its terminal says where.\n", 500);
  });
  app.notFound((c) => c.text("There is no such page.\n", 404));
  return app;
}

const HEADERS = {
  "Content-Security-Policy": LIVE_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  // What a page loads again must be what is there now.
  "Cache-Control": "no-store",
};

/**
 * Why a request is refused. Any page of the web can send one here: by a name of its own that leads to this machine, or
 * from its own script or frame. Only a link to here may be followed from elsewhere.
 */
function refusal({ req }: Context, port: number) {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const bare = port === 80 ? ["127.0.0.1", "localhost"] : [];
  const [host, origin, site] = ["host", "origin", "sec-fetch-site"].map((name) => req.header(name));
  if (host === undefined || ![...hosts, ...bare].includes(host)) {
    return { status: 403, text: `Refused: this server is ${hosts[0]}.\n`, headers: {} } as const;
  }
  const isLink = req.header("sec-fetch-mode") === "navigate" && req.header("sec-fetch-dest") === "document";
  const isOwn = site === undefined || site === "same-origin" || site === "none" || isLink;
  if (!isOwn || (origin !== undefined && origin !== `http://${host}`)) {
    return { status: 403, text: "Refused: another site asks.\n", headers: {} } as const;
  }
  if (req.method !== "GET" && req.method !== "HEAD") {
    return { status: 405, text: "Only GET and HEAD.\n", headers: { Allow: "GET, HEAD" } } as const;
  }
}

/** Files of the site's folder and nothing outside of it, wherever links in it lead. */
function files(folder: AppOptions["folder"], version: AppOptions["version"]) {
  return (c: Context, next: Next) => {
    // Before the page: one that is of the next site already asks for it once more, and the other way round would not.
    const own = version();
    const root = folder();
    const home = root && orMissing(() => realpathSync(root));
    if (!home) return next();
    return serveStatic({
      root: home,
      join,
      isDir: (path) => within(home, path)?.isDirectory,
      getContent(path) {
        const bytes = within(home, path)?.isFile ? orMissing(() => Deno.readFileSync(path)) : undefined;
        if (bytes === undefined) return Promise.resolve(null);
        const isPage = path.endsWith(".html");
        return Promise.resolve(isPage ? served(new TextDecoder().decode(bytes), own) : bytes);
      },
    })(c, next);
  };
}

/** What lies at a path, unless it is outside of the folder, or not there. */
function within(home: string, path: string): Deno.FileInfo | undefined {
  return orMissing(() => {
    const real = realpathSync(path);
    return real === home || real.startsWith(home + sep) ? Deno.statSync(real) : undefined;
  });
}

/** What names of files that lead nowhere are answered with. */
const MISSING = [
  "ENOENT",
  "ENOTDIR",
  "ENAMETOOLONG",
  "ELOOP",
  "ERR_INVALID_ARG_VALUE", // a name with a null byte
];

/** Undefined where there is no such file, or none any more. */
function orMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error && MISSING.includes(String(error.code))) return undefined;
    throw error;
  }
}

function asset(c: Context, type: string, text: string): Response {
  return c.body(text, 200, { "Content-Type": `${type}; charset=utf-8` });
}

function hasLanguages(root: string | undefined): boolean {
  return root !== undefined && within(root, join(root, "languages.html")) !== undefined;
}
