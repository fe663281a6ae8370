/**
 * Language families: the low-resource languages of MMWP by family and by script (Tables 20 and 21, Figure 8, E.2).
 *
 * LinguaLIFT beside Mono-SFT, in the paper's groups. In the paper LinguaLIFT is better in every group, best in the
 * Germanic languages and in Latin script, which English shares, and Dravidian is the harder case.
 *
 * `deno task experiment language_families --seeds 3`
 * @module
 */
import { atLeast } from "../lib/checked.ts";
import {
  all,
  claim,
  compared,
  type Experiment,
  isAbove,
  isAboveFloor,
  lingualift,
  lingualiftRecipe,
  main,
  monoSft,
  type Recipe,
  scopeAbove,
} from "../mod.ts";

const [GERMANIC, ...OTHER_FAMILIES] = atLeast(
  ["Germanic", "Slavic", "Indo-Iranian"]
    .map((branch) => `family:Indo-European-${branch}`).concat("family:Dravidian", "family:Other"),
  1,
);
const [LATIN, ...OTHER_SCRIPTS] = atLeast(
  ["Latin", "Arabic", "Cyrillic", "Devanagari", "Other"]
    .map((name) => `script:${name}`),
  1,
);

const experiment: Experiment<Recipe> = {
  id: "language_families",
  version: 1,
  order: 9,
  title: "Language families",
  method: lingualift,
  base: lingualiftRecipe,
  baseName: "LinguaLIFT",
  variants: { "Mono-SFT": compared(monoSft) },
  benchmarks: ["mmwp_family", "mmwp_script"],
  paper: { mmwp_family: "table-20", mmwp_script: "table-21" },
  paperRows: { "LinguaLIFT": "LinguaLIFT (MetaMath)", "Mono-SFT": "MetaMath" },
  claims: [
    claim(
      "better_in_every_family",
      "LinguaLIFT demonstrates superior performance across different language families",
      "Appendix E.2, Table 20",
      all(
        isAbove("LinguaLIFT", "Mono-SFT", { benchmark: "mmwp_family", scope: [GERMANIC, ...OTHER_FAMILIES] }),
        isAboveFloor("LinguaLIFT", { benchmark: "mmwp_family", scope: [GERMANIC, ...OTHER_FAMILIES] }),
      ),
    ),
    claim(
      "germanic_is_best",
      "The Germanic languages, which share a common lineage with English, register stronger performance",
      "Appendix E.2, Table 20",
      scopeAbove("LinguaLIFT", { benchmark: "mmwp_family", scope: GERMANIC, than: OTHER_FAMILIES }),
    ),
    claim(
      "dravidian_is_hard",
      "Languages that diverge from English, such as the Dravidian family, are more challenging",
      "Appendix E.2, Table 20",
      scopeAbove("LinguaLIFT", { benchmark: "mmwp_family", scope: GERMANIC, than: "family:Dravidian" }),
    ),
    claim(
      "better_in_every_script",
      "Similar trends appear in the context of writing system transfer",
      "Appendix E.2, Table 21",
      all(
        isAbove("LinguaLIFT", "Mono-SFT", { benchmark: "mmwp_script", scope: [LATIN, ...OTHER_SCRIPTS] }),
        isAboveFloor("LinguaLIFT", { benchmark: "mmwp_script", scope: [LATIN, ...OTHER_SCRIPTS] }),
      ),
    ),
    claim(
      "latin_is_best",
      "LinguaLIFT exhibits exceptional performance in languages that use Latin-based orthographies",
      "Appendix E.2, Table 21",
      scopeAbove("LinguaLIFT", { benchmark: "mmwp_script", scope: LATIN, than: OTHER_SCRIPTS }),
    ),
  ],
};
export default experiment;
if (import.meta.main) await main(experiment);
