/**
 * The live page's content: a card for each run that is under way, and the runs that have ended.
 * @module
 */
import { duration, percent, plural } from "../../format.ts";
import type { LiveEnd, LiveRun, LiveState } from "./live_data.ts";

/** Nothing heard for so many seconds is worth a word: workers say every few that they are there. */
const SILENT_S = 60;

export function LiveBoard({ state: { runs, ended } }: { state: LiveState }) {
  return (
    <>
      <section id="runs" aria-labelledby="runs-title">
        <h2 id="runs-title">Under way</h2>
        <p role="status">
          {runs.length === 0 ? "No run is under way." : `${plural(runs.length, "run")} under way.`}
        </p>
        <ul class="live-runs">{runs.map((run) => <Run key={run.id} run={run} />)}</ul>
      </section>
      {ended.length > 0 && (
        <section id="ended" aria-labelledby="ended-title">
          <h2 id="ended-title">Ended</h2>
          <p>Since this server was started, the latest first.</p>
          <ul class="live-ended">{ended.map((end) => <End key={`${end.id} ${end.at}`} end={end} />)}</ul>
        </section>
      )}
    </>
  );
}

function Run({ run }: { run: LiveRun }) {
  const { experiment, variant, seed, scale, world, engine, executor, isPart, page } = run;
  return (
    <li>
      <h3>
        <bdi>{variant}</bdi> <span class="soft">seed {seed}</span>
      </h3>
      <p class="kicker">
        <code>{experiment}</code>
        <span>scale {scale}</span>
        <span>world {world}</span>
        <span>{engine}</span>
        <span>{executor}</span>
        {isPart && <span>shared steps</span>}
      </p>
      {run.isOver
        ? <p>Has ended; the experiment's command, given again, takes in what it came to.</p>
        : <Step run={run} />}
      {page !== null && (
        <p class="small">
          <a href={`/${page}`}>Numbers so far</a>
        </p>
      )}
    </li>
  );
}

function Step(
  { run: { step, done, total, note, loss, losses, tokensPerSecond, left, silent } }: { run: LiveRun },
) {
  const quiet = silent !== null && silent > SILENT_S && (
    <p class="small soft">Nothing heard for {whole(silent)}.</p>
  );
  if (step === null) return quiet || <p class="soft">{silent === null ? "Waits, or begins." : "Begins."}</p>;
  const facts = [
    ["step", done === null || total === null ? null : `${done} of ${total}`],
    ["loss", loss === null ? null : loss.toFixed(3)],
    ["speed", tokensPerSecond === null ? null : `${Math.round(tokensPerSecond)} tokens/s`],
    ["left", left === null || done === total ? null : whole(Math.ceil(left))],
    ["so far", whole(Math.floor(step.since))],
  ] as const;
  return (
    <>
      <p class="live-step">
        {step.at}. <b>{step.name}</b>{" "}
        {loss === null && note !== null && <span class="soft" dir="auto">{note}</span>}
      </p>
      {done !== null && total !== null && (
        <progress
          max={Math.max(1, total)}
          value={done}
          aria-label={`${step.name}: ${percent(done / Math.max(1, total))} %`}
        />
      )}
      <div class="live-facts">
        <dl>
          {facts.map(([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt>{name}</dt>
                <dd data-fact={name}>{value}</dd>
              </div>
            )
          )}
        </dl>
        <Curve losses={losses} />
      </div>
      {quiet}
    </>
  );
}

/** A time without tenths, which would flicker. */
function whole(seconds: number): string {
  return seconds < 10 ? `${Math.round(seconds)} s` : duration(seconds);
}

/** The step's losses as a line: how they go, not what they are. */
function Curve({ losses }: { losses: readonly number[] }) {
  if (losses.length < 3) return null;
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const points = losses.map((loss, at) =>
    `${(100 * at / (losses.length - 1)).toFixed(1)},${
      (28 - 26 * (loss - low) / (high - low || 1)).toFixed(1)
    }`
  );
  return (
    <svg viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(" ")} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

const WORDS = { done: "Done", failed: "Failed", stopped: "Stopped" } as const;

function End({ end: { name, ending, note, at, page } }: { end: LiveEnd }) {
  return (
    <li class={ending}>
      <time dateTime={at}>{new Date(at).toLocaleTimeString()}</time> <b>{WORDS[ending]}</b>{" "}
      {page === null ? <bdi>{name}</bdi> : <a href={`/${page}`}>{name}</a>}{" "}
      {note !== "" && <span class="soft" dir="auto">{note}</span>}
    </li>
  );
}
