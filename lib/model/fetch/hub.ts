/**
 * A model's files on a hub that answers as huggingface.co does: what they are called, how large they are, what their
 * content hashes to. The hub's address is `HF_ENDPOINT`, as for Hugging Face's own tools.
 * @module
 */
import { UserError } from "../../errors.ts";
import type { Hash, Remote } from "./download.ts";
import { shortReason } from "./download.ts";

const DEFAULT_ENDPOINT = "https://huggingface.co";
/** How long a hub may take to say what a file is, in ms. */
const ANSWER_MS = 15_000;
const MOST_REDIRECTS = 5;

/** No hub answers, or it does not have the model: another source may. */
export class HubUnavailable extends UserError {
  override name = "HubUnavailable";
}

/** A file of a model. */
export interface HubFile extends Remote {
  readonly name: string;
}

/** A model's files at one commit. */
export interface HubModel {
  /** The commit in hex, where the hub says it. */
  readonly commit: string | undefined;
  readonly files: readonly HubFile[];
}

/** Where the hub is. */
export function hubEndpoint(): string {
  return (Deno.env.get("HF_ENDPOINT") || DEFAULT_ENDPOINT).replace(/\/+$/, "");
}

/**
 * Asks a hub for a model's files, all of one commit.
 * @throws {HubUnavailable} when no hub answers, or it has no such model
 * @throws {UserError} when its address is none
 */
export async function findOnHub(
  { repository, required, optional }: {
    readonly repository: string;
    readonly required: readonly string[];
    readonly optional: readonly string[];
  },
  { endpoint, signal }: { readonly endpoint: string; readonly signal?: AbortSignal | undefined },
): Promise<HubModel> {
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) {
    throw new UserError(`Cannot use HF_ENDPOINT: "${endpoint}" is no address such as ${DEFAULT_ENDPOINT}`);
  }
  let commit: string | undefined;
  const files: HubFile[] = [];
  for (const name of [...required, ...optional]) {
    const url = `${endpoint}/${repository}/resolve/${commit ?? "main"}/${name}`;
    const answer = await answerFor(url, signal);
    if (answer === undefined && optional.includes(name)) continue;
    if (answer === undefined) throw new HubUnavailable(`${endpoint} has no ${repository}/${name}`);
    commit ??= answer.headers.get("x-repo-commit") ?? undefined;
    files.push({ name, url, size: sizeIn(answer), hash: hashIn(answer) });
  }
  return { commit, files };
}

/** What the hub says of a file; undefined where it has none. Redirects to its store are not followed: they know less. */
async function answerFor(first: string, signal: AbortSignal | undefined): Promise<Response | undefined> {
  let url = first;
  for (let i = 0; i < MOST_REDIRECTS; i++) {
    const answer = await ask(url, signal);
    const { status, headers } = answer;
    if (status === 404) return undefined;
    if (status >= 400) throw new HubUnavailable(`${new URL(url).origin} says ${status} to ${url}`);
    const location = headers.get("location");
    const next = location === null ? undefined : new URL(location, url);
    const isMoved = status >= 300 && next?.origin === new URL(url).origin && !headers.has("x-linked-etag");
    if (!isMoved || next === undefined) return answer;
    url = next.href;
  }
  throw new HubUnavailable(`${first} is redirected ${MOST_REDIRECTS} times`);
}

async function ask(url: string, signal: AbortSignal | undefined): Promise<Response> {
  const waiting = AbortSignal.timeout(ANSWER_MS);
  try {
    return await fetch(url, {
      method: "HEAD",
      redirect: "manual",
      headers: { "accept-encoding": "identity" },
      signal: AbortSignal.any([waiting, ...(signal ? [signal] : [])]),
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (waiting.aborted) {
      throw new HubUnavailable(`no hub answers at ${new URL(url).origin} (nothing in ${ANSWER_MS / 1000} s)`);
    }
    if (!(error instanceof TypeError)) throw error;
    throw new HubUnavailable(`no hub answers at ${new URL(url).origin} (${shortReason(error)})`, {
      cause: error,
    });
  }
}

/** A redirect's own length is that of the redirect. */
function sizeIn({ status, headers }: Response): number | undefined {
  const text = headers.get("x-linked-size") ?? (status < 300 ? headers.get("content-length") : null);
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Large files are known by their SHA-256, others by what git calls them; another ETag says nothing of the content. */
function hashIn({ headers }: Response): Hash | undefined {
  const hex = (headers.get("x-linked-etag") ?? headers.get("etag") ?? "").replace(/^W\/|"/g, "");
  if (/^[0-9a-f]{64}$/.test(hex)) return { kind: "sha256", hex };
  return /^[0-9a-f]{40}$/.test(hex) ? { kind: "git", hex } : undefined;
}
