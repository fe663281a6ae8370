/**
 * The text of a new experiment's module. The README's example is this text without its comments, which a test sees to.
 * @module
 */

/** Path of the one field that the variant changes: present in every recipe of LinguaLIFT, whatever the task. */
export const FIELD = "code_switch.ratio";
/** Its value. */
export const RATIO = 0.5;

/** An experiment of which a new one takes method, base and benchmarks. */
export interface Original {
  readonly id: string;
  /** Its first benchmark, which the claim is about. */
  readonly benchmark: string;
}

/** What a new module is made from. */
export interface ModuleParts {
  readonly id: string;
  readonly title: string;
  /** Without one: LinguaLIFT's default recipe on MGSM and MSVAMP. */
  readonly original: Original | undefined;
  /** Path of the lab's `mod.ts` from the module's folder. */
  readonly mod: string;
}

/** An experiment that runs as it is, formatted, typed and linted as the project's own. */
export function experimentModule({ id, title, original, mod }: ModuleParts): string {
  const names = original === undefined
    ? "claim, type Experiment, isBelow, lingualift, lingualiftRecipe, main, type Recipe"
    : "claim, type Experiment, isBelow, main, type Recipe";
  const base = original === undefined
    ? `method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",`
    : `method: original.method,
  base: original.base,
  baseName: original.baseName,`;
  const baseName = original === undefined ? '"LinguaLIFT"' : "original.baseName";
  const where = original === undefined
    ? '{ benchmark: "mgsm", scope: "LR" }'
    : `{ benchmark: "${original.benchmark}", scope: "avg" }`;
  return `/**
 * ${title}: what is lost when only half of the words are code-switched (Figure 4).
 *
 * \`deno task experiment ${id} --seeds 3\`
 * @module
 */
${imported(names, mod)}${original === undefined ? "" : `import original from "./${original.id}.ts";\n`}
const experiment: Experiment<Recipe> = {
  id: "${id}",
  version: 1,
  title: "${title}",
  ${base}
  // A patch on the base; docs/recipe.md has every field.
  variants: { "ratio ${RATIO}": { code_switch: { ratio: ${RATIO} } } },
  benchmarks: ${original === undefined ? '["mgsm", "msvamp"]' : "original.benchmarks"},
  claims: [
    claim(
      "ratio_matters",
      "Reasoning performance increases with the code-switch ratio",
      "Section 6.2",
      isBelow("ratio ${RATIO}", ${baseName}, ${where}),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
`;
}

/** The import in one line where the formatter leaves it in one. */
function imported(names: string, mod: string): string {
  const line = `import { ${names} } from "${mod}";\n`;
  if (line.length <= 110) return line;
  return `import {\n${names.split(", ").map((name) => `  ${name},\n`).join("")}} from "${mod}";\n`;
}
