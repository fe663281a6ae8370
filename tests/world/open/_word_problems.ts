/**
 * Word problems written here in the published formats of ASDiv and MAWPS, whose files are not ours to copy.
 * @module
 */

/** Fields of a problem of ASDiv; what is left out is filled in. */
export interface Asdiv {
  readonly id?: string;
  readonly grade?: string;
  readonly body?: string;
  readonly question?: string;
  readonly type?: string;
  readonly answer?: string;
  readonly formula?: string;
}

/** A file of ASDiv, laid out as the published one. */
export function asdivFile(problems: readonly Asdiv[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8" ?>',
    "<Machine-Reading-Corpus-File>",
    "",
    ...problemSet(problems),
    "",
    "</Machine-Reading-Corpus-File>",
    "",
  ].join("\n");
}

/** The lines of its only part. */
export function problemSet(problems: readonly Asdiv[]): string[] {
  return [
    "<ProblemSet>",
    ...problems.flatMap(
      (
        { grade = "2", body = "Ada has 3 pens. She finds 4 more.", question = "How many pens?", ...rest },
        at,
      ) => {
        const { type = "<Solution-Type>Addition</Solution-Type>", answer = "7 (pens)", formula = "3+4=7" } =
          rest;
        return [
          `\t<Problem ID="${
            rest.id ?? `test-${at + 1}`
          }" Grade="${grade}" Source="http://www.example.org/&amp;">`,
          `\t\t<Body>${body}</Body>`,
          `\t\t<Question>${question}</Question>`,
          `\t\t${type}`,
          `\t\t<Answer>${answer}</Answer>`,
          `\t\t<Formula>${formula}</Formula>`,
          "\t</Problem>",
        ];
      },
    ),
    "</ProblemSet>",
  ];
}

/** Fields of a problem of MAWPS. */
export interface Mawps {
  readonly question?: string;
  readonly equations?: readonly string[];
  readonly solutions?: readonly (string | number)[];
}

/** A part of MAWPS; every other record has a field more, as some parts do. */
export function mawpsFile(problems: readonly Mawps[]): string {
  return JSON.stringify(
    problems.map((
      { question = " Ada had 9 pens. She lost 2 and 3. How many are left? ", equations, solutions },
      at,
    ) => ({
      iIndex: at,
      ...(at % 2 === 0 ? { lAlignments: [1, 2] } : {}),
      lEquations: equations ?? ["X=((9.0-2.0)-3.0)"],
      lSolutions: solutions ?? [4.0],
      sQuestion: question,
    })),
    null,
    2,
  ) + "\n";
}
