/**
 * A world's languages for their speakers: the list with one problem of each, and a page a language with everything.
 * @module
 */
import { Fragment } from "preact";
import { integer, plural } from "../../format.ts";
import { Neighbours, type Place, SideContents } from "./contents.tsx";
import { FontNote } from "./font_note.tsx";
import { Section } from "./section.tsx";
import { sentenceId, textsHash } from "../marks.ts";
import type { LanguageSheet, SheetRow, SheetSection, WorldSheets } from "../sheets.ts";

const LEVELS: readonly (readonly [string, string])[] = [
  ["low", "Low-resource languages"],
  ["medium", "Medium-resource languages"],
  ["high", "High-resource languages"],
];

/** `languages.html`. */
export function LanguagesIndex({ sheets }: { sheets: WorldSheets }) {
  const levels = [...new Set([...LEVELS.map(([level]) => level), ...sheets.languages.map((l) => l.level)])];
  return (
    <>
      <header>
        <p class="kicker">
          <span>world {sheets.world}</span>
          <span>{plural(sheets.languages.length, "language")}</span>
        </p>
        <h1>Is this your language?</h1>
        <p class="lede">
          These texts were written by language models and have not been checked by speakers. Here is one
          problem in each language beside English; a language's own page has all that is written in it, and
          what its writers doubt.
        </p>
        <FontNote scripts={[...new Set(sheets.languages.map(({ script }) => script))]} />
      </header>
      {levels.map((level) => {
        const list = sheets.languages.filter((language) => language.level === level);
        if (list.length === 0) return null;
        return (
          <section key={level} id={level}>
            <h2>{LEVELS.find(([name]) => name === level)?.[1] ?? level}</h2>
            <p>
              {plural(list.length, "language")}: {list.map(({ code, name }, i) => (
                <span key={code}>
                  {i > 0 && ", "}
                  <a href={`#${code}`}>{name}</a>
                </span>
              ))}
            </p>
            {list.map((language) => <LanguageCard key={language.code} language={language} />)}
          </section>
        );
      })}
    </>
  );
}

function LanguageCard({ language }: { language: LanguageSheet }) {
  const first = language.sections[0]?.rows[0];
  return (
    <article class="language" id={language.code} aria-labelledby={`${language.code}-name`}>
      <header>
        <h3 id={`${language.code}-name`}>
          <a href={`languages/${language.code}.html`}>{language.name}</a> <Endonym language={language} />
        </h3>
        <p class="small soft">
          {language.family} · {language.script} script ·{" "}
          {language.doubts.length === 0 ? "no doubts noted" : plural(language.doubts.length, "doubt")}
        </p>
      </header>
      {first && <Aligned row={first} language={language} />}
    </article>
  );
}

/** `languages/<code>.html`. */
export function LanguagePage({ sheets, language }: { sheets: WorldSheets; language: LanguageSheet }) {
  const at = sheets.languages.indexOf(language);
  const [before, after] = [sheets.languages[at - 1], sheets.languages[at + 1]];
  return (
    <>
      <div class="page-body">
        <header>
          <p class="kicker">
            <a href="../languages.html">Languages</a>
            <span>world {sheets.world}</span>
            <code>{language.code}</code>
          </p>
          <h1>
            {language.name} <Endonym language={language} />
          </h1>
          <dl class="facts">
            <Fact name="Family" value={language.family} />
            <Fact name="Script" value={language.script} />
            <Fact name="Resource level" value={language.level} />
            {language.facts.map(({ name, value }) => <Fact key={name} name={name} value={integer(value)} />)}
          </dl>
          <FontNote scripts={[language.script]} />
        </header>
        <SideContents parts={[{ id: "doubts", title: "Doubts" }, ...language.sections]} />
        <Section id="doubts" title="What its writers doubt" isOpen>
          {language.doubts.length === 0
            ? <p>Nothing was noted, which does not mean that all is right.</p>
            : (
              <ul class="doubts">
                {language.doubts.map((doubt) => <li key={doubt}>{doubt}</li>)}
              </ul>
            )}
        </Section>
        {language.sections.map((section, i) => (
          <SectionTable key={section.id} section={section} language={language} isOpen={i === 0} />
        ))}
      </div>
      {/* Filled by the page's script, without which nothing can be marked. */}
      <div
        data-marks
        data-world={sheets.world}
        data-language={language.code}
        data-texts={textsHash(language)}
      />
      <Neighbours before={before && placeOf(before)} after={after && placeOf(after)} of="languages" />
    </>
  );
}

function placeOf({ code, name }: LanguageSheet): Place {
  return { href: `${code}.html`, title: name };
}

/** Folded but for the first: a page has some hundred lines, and each has its buttons. */
function SectionTable(
  { section, language, isOpen }: { section: SheetSection; language: LanguageSheet; isOpen: boolean },
) {
  const lines = section.rows.reduce((sum, { own }) => sum + own.length, 0);
  return (
    <Section id={section.id} title={section.title} hint={plural(lines, "line")} isOpen={isOpen}>
      <p>{section.note}</p>
      <div class="sheet-rows">
        {section.rows.map((row, i) => (
          <Aligned
            key={i}
            row={row}
            language={language}
            id={(line) => sentenceId(section, i, line)}
          />
        ))}
      </div>
    </Section>
  );
}

interface AlignedProps {
  readonly row: SheetRow;
  readonly language: LanguageSheet;
  /** Id of each of its lines, where they have one. */
  readonly id?: (line: number) => string;
}

/**
 * A row, line by line: the language first and larger, since it is what is judged. English is the page's own language and
 * direction, and is not said so again on each of 20,000 lines of a site.
 */
function Aligned({ row, language, id }: AlignedProps) {
  const english = language.code === "en" ? [] : row.english;
  return (
    <div class="aligned">
      {row.label && <p class="label">{row.label}</p>}
      {row.own.map((line, i) => (
        <Fragment key={i}>
          <div class="own" lang={language.code} dir={language.direction}>
            <p id={id?.(i)}>{line}</p>
          </div>
          {english[i] !== undefined && (
            <div class="english">
              <p>{english[i]}</p>
            </div>
          )}
        </Fragment>
      ))}
    </div>
  );
}

function Endonym({ language }: { language: LanguageSheet }) {
  if (language.endonym === language.name) return null;
  return <bdi class="soft" lang={language.code}>{language.endonym}</bdi>;
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
