/**
 * A hub on this machine that answers as huggingface.co does: large files lie behind a redirect and are known by their
 * SHA-256, small ones by what git calls them. It can fail in the ways that real ones do.
 * @module
 */
import { createHash } from "node:crypto";
import { sha256 } from "../../../lib/hash.ts";

/** What goes wrong. */
export interface Trouble {
  /** Connections end after so many bytes of a body. */
  dieAfter?: number;
  /** So often; for ever where not said. */
  deaths?: number;
  /** Other content than what the hash says. */
  wrongBytes?: boolean;
  ignoreRange?: boolean;
  /** This status to every request for a body. */
  status?: number;
}

/** A running hub that has these files of whatever model is asked for. */
export interface Hub extends AsyncDisposable {
  readonly endpoint: string;
  readonly files: Record<string, Uint8Array<ArrayBuffer>>;
  trouble: Trouble;
  /** Requests as "METHOD path range". */
  readonly requests: string[];
  /** Bytes of bodies that were sent. */
  sent: number;
}

export const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** Starts it with these files. */
export function startHub(files: Record<string, Uint8Array<ArrayBuffer>>): Hub {
  const hub = { files, trouble: {} as Trouble, requests: [] as string[], sent: 0 };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { pathname } = new URL(request.url);
    hub.requests.push(`${request.method} ${pathname} ${request.headers.get("range") ?? ""}`.trim());
    const [, place, name = ""] = pathname.match(/^\/([\w-]+\/[\w.-]+\/resolve\/\w+|cache|store)\/(.+)$/) ??
      [];
    const content = place === undefined ? undefined : files[name];
    if (content === undefined) return new Response("no such entry", { status: 404 });
    const isLarge = name.endsWith(".safetensors");
    const headers = new Headers({ "x-repo-commit": COMMIT, "accept-ranges": "bytes" });
    if (place !== "store") headers.set("etag", `"${isLarge ? sha256(content) : gitHash(content)}"`);
    if (isLarge && place !== "store") {
      headers.set("x-linked-etag", `"${sha256(content)}"`);
      headers.set("x-linked-size", `${content.length}`);
      headers.set("location", `/store/${name}`);
      return new Response(null, { status: 302, headers });
    }
    if (!isLarge && place !== "cache") {
      headers.set("location", `/cache/${name}`);
      return new Response(null, { status: 307, headers });
    }
    if (request.method === "HEAD") {
      headers.set("content-length", `${content.length}`);
      return new Response(null, { headers });
    }
    return body(content, request, headers);
  });

  function body(content: Uint8Array<ArrayBuffer>, request: Request, headers: Headers): Response {
    const { trouble } = hub;
    if (trouble.status !== undefined) return new Response("no", { status: trouble.status });
    const whole = trouble.wrongBytes ? content.map((byte) => byte ^ 1) : content;
    const asked = Number(request.headers.get("range")?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
    const start = trouble.ignoreRange ? 0 : asked;
    if (start > 0 && start >= whole.length) return new Response(null, { status: 416 });
    if (start > 0) headers.set("content-range", `bytes ${start}-${whole.length - 1}/${whole.length}`);
    headers.set("content-length", `${whole.length - start}`);
    const rest = whole.subarray(start);
    const dies = trouble.dieAfter !== undefined && rest.length > trouble.dieAfter &&
      (trouble.deaths === undefined || trouble.deaths-- > 0);
    const sends = dies ? rest.subarray(0, trouble.dieAfter) : rest;
    hub.sent += sends.length;
    let cut: ReturnType<typeof setTimeout> | undefined;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(sends);
        if (!dies) return controller.close();
        // Short of what the head says, so that the connection is cut, after the bytes have gone out.
        cut = setTimeout(() => controller.close(), 50);
      },
      cancel: () => clearTimeout(cut),
    });
    return new Response(stream, { status: start > 0 ? 206 : 200, headers });
  }
  return Object.assign(hub, {
    endpoint: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  });
}

function gitHash(content: Uint8Array): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
