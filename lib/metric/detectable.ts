/**
 * Minimum detectable difference: how far apart two systems must truly be for this many items to show it. A claim about
 * a smaller difference is "not resolvable at this n", whatever the measured numbers.
 * @module
 */
import { normalQuantile } from "./_distributions.ts";

export interface PowerOptions {
  /** Two-sided level of the test; default 0.05. Divide by the number of cells when they are corrected together. */
  readonly alpha?: number;
  /** Chance of seeing a true difference of that size; default 0.8. */
  readonly power?: number;
}

/** From a standard error, e.g. `pairedDifference(...).standardError`: (z_{1-alpha/2} + z_power) se. */
export function minimumDetectable(standardError: number, options: PowerOptions = {}): number {
  const [za, zb] = quantiles(options);
  return (za + zb) * standardError;
}

/**
 * Before any run, paired design: the smallest |p1 - p2| that McNemar's test finds in `n` items when the systems disagree
 * on a share `discordance` of them; null when not even a one-sided disagreement would be found.
 * Connor (1987), Biometrics 43:207-211: n = (za sqrt(psi) + zb sqrt(psi - d^2))^2 / d^2, solved for d.
 */
export function detectablePaired(n: number, discordance: number, options: PowerOptions = {}): number | null {
  checkShare(discordance);
  return solve(n, discordance, (d) => itemsPaired(d, discordance, options));
}

/**
 * Before any run, two systems on different items, `n` each: the smallest p2 - p1 > 0 (p1 = `baseline`) that the test of two
 * proportions finds; null when there is none. Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions,
 * 3rd ed., section 4.2 (R's power.prop.test).
 */
export function detectableUnpaired(n: number, baseline: number, options: PowerOptions = {}): number | null {
  checkShare(baseline);
  return solve(n, 1 - baseline, (d) => itemsUnpaired(baseline, baseline + d, options));
}

/** Items needed by McNemar's test to find a difference d at the given discordance. */
export function itemsPaired(d: number, discordance: number, options: PowerOptions = {}): number {
  const [za, zb] = quantiles(options);
  return ((za * Math.sqrt(discordance) + zb * Math.sqrt(Math.max(0, discordance - d * d))) / d) ** 2;
}

/** Items needed in each of two groups by the test of two proportions. */
export function itemsUnpaired(p1: number, p2: number, options: PowerOptions = {}): number {
  const [za, zb] = quantiles(options);
  const mean = (p1 + p2) / 2;
  const pooled = Math.sqrt(2 * mean * (1 - mean)), apart = Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2));
  return ((za * pooled + zb * apart) / (p2 - p1)) ** 2;
}

/** Bisection: `needed` falls as d grows. */
function solve(n: number, largest: number, needed: (d: number) => number): number | null {
  if (!(n > 0)) throw new RangeError(`Cannot plan with ${n} items`);
  if (!(largest > 0) || needed(largest) > n) return null;
  let low = 0, high = largest;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (needed(middle) > n) low = middle;
    else high = middle;
  }
  return high;
}

function quantiles({ alpha = 0.05, power = 0.8 }: PowerOptions): [number, number] {
  if (!(alpha > 0 && alpha < 1 && power > 0 && power < 1)) {
    throw new RangeError(`Cannot plan with alpha ${alpha} and power ${power}: both must lie between 0 and 1`);
  }
  return [normalQuantile(1 - alpha / 2), normalQuantile(power)];
}

function checkShare(share: number): void {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`Cannot use ${share} as a share: wanted 0 to 1`);
}
