/**
 * Peers as the benchmark sees them: child processes that measure one round at a time (bench/serve.ts is their side), so
 * that rounds of several peers can take turns on the same machine while only one of them computes.
 * @module
 */
import { createInterface } from "node:readline";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { cpus } from "node:os";
import { cpuUsage } from "node:process";
import { fileURLToPath } from "node:url";
import type { Readable, Writable } from "node:stream";
import type { Ready, Round, RoundRequest } from "./serve.ts";

/** How a peer is started. */
export interface PeerCommand {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Training steps in a round: fewer for a slow peer. */
  readonly steps?: number | undefined;
}

/** What a peer measured. */
export interface Measured extends Ready {
  /** The round that does not count: the same number of steps for every peer, so that their losses must agree. */
  readonly warmUp: Round;
  readonly rounds: readonly MeasuredRound[];
  /** Largest resident memory of its process in bytes. */
  readonly peakBytes: number;
}

/** A round, and the share of the machine's processor time that other processes took meanwhile. */
export interface MeasuredRound extends Round {
  readonly foreign: number;
}

/** A peer that cannot run here, and why. */
export interface Skipped {
  readonly name: string;
  readonly skipped: string;
}

interface Running {
  readonly command: PeerCommand;
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly lines: AsyncIterator<string>;
  readonly ready: Ready;
  readonly warmUp: Round;
  readonly rounds: MeasuredRound[];
  readonly complaints: () => string;
  /** When its process has ended. */
  readonly ended: Promise<unknown>;
}

const WARM_UP_STEPS = 2;
/** Rounds that other processes disturb are measured again, this often at most in one comparison. */
const MOST_REPEATS = 12;
/** The share of the machine that other processes may use during a round. */
export const MOST_FOREIGN = 0.04;

/**
 * Runs `rounds` rounds of every peer, taking turns, after a first round that does not count. Peers start and warm up one
 * after the other.
 * @param report is told of every round and of every skipped peer, for progress
 */
export async function compare(
  commands: readonly PeerCommand[],
  rounds: number,
  report: (line: string) => void,
): Promise<(Measured | Skipped)[]> {
  const started: (Running | Skipped)[] = [];
  for (const command of commands) {
    const peer = await start(command);
    report(`${command.name}: ${"skipped" in peer ? `skipped, ${peer.skipped}` : "ready"}`);
    started.push(peer);
  }
  const running = started.filter((peer) => "child" in peer);
  let repeats = 0;
  for (let turn = 1; turn <= rounds; turn++) {
    for (const peer of running) {
      let { measured, foreign } = await round(peer, peer.command.steps);
      while (foreign > MOST_FOREIGN && repeats < MOST_REPEATS) {
        report(
          `${peer.ready.name}: other processes took ${(foreign * 100).toFixed(0)} % of the machine; again`,
        );
        repeats++;
        ({ measured, foreign } = await round(peer, peer.command.steps));
      }
      peer.rounds.push({ ...measured, foreign });
      report(`${peer.ready.name}: round ${turn} of ${rounds}, ${measured.seconds.toFixed(2)} s`);
    }
  }
  return await Promise.all(started.map((peer) => "child" in peer ? finish(peer) : peer));
}

async function start(command: PeerCommand): Promise<Running | Skipped> {
  const child = spawn(command.program, [...command.args], { stdio: ["pipe", "pipe", "pipe"] });
  const failure = new Promise<Error>((resolve) => child.once("error", resolve));
  const ended = new Promise((resolve) => child.once("close", resolve));
  let complaints = "";
  child.stderr.on("data", (chunk) => complaints += chunk);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), failure]);
  if (first instanceof Error) return { name: command.name, skipped: `${command.program} is not there` };
  if (first.done) {
    const missing = /ModuleNotFoundError: .*/.exec(complaints)?.[0];
    if (missing !== undefined) return { name: command.name, skipped: missing };
    throw new Error(`Cannot start ${command.name}: ${complaints}`);
  }
  const peer = { command, child, lines, ready: JSON.parse(first.value), complaints: () => complaints, ended };
  return { ...peer, warmUp: (await round(peer, WARM_UP_STEPS)).measured, rounds: [] };
}

/** One round, and the share of the machine's processor time that went to neither the peer nor this process. */
async function round(
  peer: Pick<Running, "command" | "child" | "lines" | "complaints">,
  steps?: number,
): Promise<{ measured: Round; foreign: number }> {
  const request: RoundRequest = { steps };
  const [busy, own, started] = [busySeconds(), cpuUsage(), performance.now()];
  peer.child.stdin.write(JSON.stringify(request) + "\n");
  const line = await peer.lines.next();
  if (line.done) throw new Error(`${peer.command.name} stopped in a round: ${peer.complaints()}`);
  const measured: Round = JSON.parse(line.value);
  const { user, system } = cpuUsage(own);
  const others = busySeconds() - busy - measured.cpuSeconds - (user + system) / 1e6;
  return { measured, foreign: others / ((performance.now() - started) / 1000 * cpus().length) };
}

async function finish(peer: Running): Promise<Measured> {
  peer.child.stdin.end();
  const last = await peer.lines.next();
  if (last.done) throw new Error(`${peer.command.name} stopped at the end: ${peer.complaints()}`);
  await peer.ended;
  return { ...peer.ready, warmUp: peer.warmUp, rounds: peer.rounds, ...JSON.parse(last.value) };
}

/** Processor time used on this machine since it started, all cores. */
function busySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000;
}

/** The path of a file beside this one. */
export function beside(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
