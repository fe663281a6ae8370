/**
 * `docs/recipe.md`: every field of LinguaLIFT's recipe, from the schema that refuses all else, with its value at each
 * scale and the paper's.
 * @module
 */
import { atLeast } from "../checked.ts";
import { applyPatch, flatten } from "../lab/plan/patch.ts";
import { SCALE_TIMES } from "../lab/experiment/scale_notes.ts";
import { SCALES } from "../lab/experiment/types.ts";
import { recipeFields } from "../method/recipe/fields.ts";
import { INDUCTION, SMOKE_INDUCTION } from "../method/recipe/induction.ts";
import { lingualift, lingualiftRecipe } from "../method/systems/lingualift.ts";
import { loadPaper } from "../paper/paper.ts";
import { fieldComments } from "./comments.ts";
import { schemaFields } from "./schema_fields.ts";

/** The rows of data/paper/settings.csv that are fields of the recipe. */
export const SETTINGS: Readonly<Record<string, string>> = {
  "encoder.checkpoint": "encoder",
  "llm.checkpoint": "llm",
  "code_switch.ratio": "code_switch.ratio",
  "code_switch.stop_words": "lexicon",
  bridge: "alignment.layers",
  instruction: "llm.sees_instruction",
  "evaluation.max_new_tokens": "eval.decoding",
  "evaluation.extraction": "eval.extraction.math",
  ...Object.fromEntries(["align", "transfer"].flatMap((stage) => [
    [`${stage}.lr`, `${stage}.lr`],
    [`${stage}.schedule`, `${stage}.lr_scheduler`],
    [`${stage}.warmup_ratio`, `${stage}.warmup_ratio`],
    [`${stage}.weight_decay`, `${stage}.weight_decay`],
    [`${stage}.batch_size`, `${stage}.batch_size`],
    [`${stage}.train`, `${stage}.trained`],
    [`${stage}.examples`, `${stage}.data`],
  ])),
};

const times = Object.entries(SCALE_TIMES).map(([scale, time]) => `${time} at \`${scale}\``).join(", ");

const HEAD = `<!-- Written by \`deno task docs\`; edit lib/method/recipe/fields.ts instead. -->

# The recipe

Every field of LinguaLIFT's recipe; the other systems have those of them that they need. A variant of an experiment
is a patch: \`{ code_switch: { ratio: 0.5 } }\` changes one field, \`null\` leaves out a part that may be left out, and a
field that is not here is refused with the nearest name. One value stands for all scales; otherwise the scales are named
(\`stage_removal\` takes ${times} on two cores).
\`open\` is the value on \`--world open\` where it differs. "Paper" is from \`data/paper/settings.csv\`; the site's page
"Settings" has the authors' release beside it. \`deno task new ID\` writes an experiment with such a patch, to edit.
`;

/** The page. @throws {Error} when a field has no comment. */
export function recipePage(): string {
  const comments = fieldComments(new URL("../method/recipe/fields.ts", import.meta.url), "recipeFields");
  const values = valuesByScale();
  const paper = new Map(loadPaper().settings.map(({ setting, paper }) => [setting, paper]));
  const fields = schemaFields(recipeFields);
  const parts = Map.groupBy(fields, ({ path }) => partOf(path, fields.map((field) => field.path)));
  const sections = [...parts].map(([part, fields]) => {
    const intro = comments.get(part);
    const rows = fields.map(({ path, allowed }) => {
      const setting = SETTINGS[path];
      const says = comments.get(path);
      if (says === undefined) throw new Error(`The field "${path}" has no doc comment in its schema`);
      return [`\`${path}\``, says, allowed, values(path), setting === undefined ? "" : paper.get(setting)!];
    });
    const title = part === "" ? "## Choices" : `## \`${part}\``;
    const described = intro === undefined || rows[0]![0] === `\`${part}\`` ? "" : `${intro}\n\n`;
    return `${title}\n\n${described}${table(["Field", "What", "Allowed", "Value", "Paper"], rows)}`;
  });
  return `${HEAD}\n${sections.join("\n")}`;
}

/** The object that a field belongs to, where it has any. */
function partOf(path: string, all: readonly string[]): string {
  if (all.some((other) => other.startsWith(`${path}.`))) return path;
  return path.split(".").slice(0, -1).join(".");
}

/** A field's value, by scale where scales differ. */
function valuesByScale(): (path: string) => string {
  const at = SCALES.filter((scale) => lingualift.scales[scale] !== undefined).map((scale) => {
    const here = applyPatch(lingualiftRecipe, lingualift.scales[scale]);
    const open = applyPatch(here, lingualift.worldScales?.open?.[scale]);
    const induction = scale === "smoke" ? SMOKE_INDUCTION : INDUCTION;
    const lexicon = flatten({ code_switch: { lexicon: induction } });
    return { scale, here: { ...lexicon, ...flatten(here) }, open: flatten(open) };
  });
  return (path) => {
    const cells = at.map(({ scale, here, open }) => {
      const value = here[path] ?? "not null";
      const other = open[path];
      return { scale, text: other === undefined || other === value ? value : `${value} (open: ${other})` };
    });
    const [first] = atLeast(cells, 1);
    return cells.every(({ text }) => text === first.text)
      ? first.text
      : cells.map(({ scale, text }) => `${scale}: ${text}`).join("<br>");
  };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}
