/**
 * Several checks as one. A sentence of the paper often speaks of several systems, benchmarks or groups of languages at
 * once: a check that is given lists of names holds when it holds for each combination of them.
 * @module
 */
import type { Check } from "./types.ts";

/** One name or several. */
export type Names = string | readonly string[];

/** From the one that decides most: a claim fails with its first part that fails. */
const DECIDING = ["contradicted", "not run", "not resolvable", "supported"] as const;

/** Every one of the checks holds; the worst verdict counts. @throws {TypeError} without any check */
export function all(...checks: readonly Check[]): Check {
  if (checks.length === 0) throw new TypeError("Cannot combine no checks: a claim has to ask for something");
  const merged = (part: keyof Check["about"]) => [...new Set(checks.flatMap(({ about }) => about[part]))];
  return {
    about: {
      variants: merged("variants"),
      benchmarks: merged("benchmarks"),
      scopes: merged("scopes"),
    },
    check(results) {
      const findings = checks.map((check) => check.check(results));
      return {
        verdict: DECIDING.find((verdict) => findings.some((finding) => finding.verdict === verdict))!,
        because: [...new Set(findings.map((finding) => finding.because))].join("\n"),
        numbers: Object.fromEntries(
          findings.flatMap((finding, at) =>
            Object.entries(finding.numbers).map(([name, value]) => [`${at + 1}.${name}`, value])
          ),
        ),
      };
    },
  };
}

/** `check` for every combination of one name from each list, the last list fastest; a single one stays as it is. */
export function forEach<L extends readonly Names[]>(
  lists: readonly [...L],
  check: (...names: { readonly [K in keyof L]: string }) => Check,
): Check {
  const combinations = lists.reduce<string[][]>(
    (rows, names) => rows.flatMap((row) => [names].flat().map((name) => [...row, name])),
    [[]],
  );
  const checks = combinations.map((names) => check(...names as { [K in keyof L]: string }));
  return checks.length === 1 ? checks[0]! : all(...checks);
}
