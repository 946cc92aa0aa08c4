import { parseIni, type IniDocument } from './ini-document.ts';
import { IniScanner, type IniEntry, type IniSection } from './ini-scan.ts';

/** What became of a merge. `conflicts` names the places that both sides changed, each in its own way: `[header] key`. */
export interface MergeResult {
  readonly document: IniDocument;
  readonly conflicts: readonly string[];
}

/**
 * Repeats on `target` what someone did between `base` and `theirs`: sections added, changed and removed; within a section that both
 * changed, key by key. Where both changed the same thing, theirs wins and the place is told. New text is taken over byte for byte.
 */
export function mergeChanges(base: IniDocument, theirs: IniDocument, target: IniDocument): MergeResult {
  const conflicts: string[] = [];
  const [ofBase, ofTheirs, ofTarget] = [sectionsByPlace(base), sectionsByPlace(theirs), sectionsByPlace(target)];
  const added = addedSections(ofBase, ofTheirs, ofTarget, conflicts);
  const texts = [mergeLead(leadOf(base), leadOf(theirs), leadOf(target)), ...(added.get(AT_THE_TOP) ?? [])];
  for (const [place, section] of ofTarget) {
    const merged = mergeSection(section.header ?? '', ofBase.get(place), ofTheirs.get(place), section, conflicts);
    texts.push(merged ?? '', ...(added.get(place) ?? []));
  }
  texts.push(...(added.get(AT_THE_END) ?? []));
  return { document: parseIni(joinTexts(texts, target.eol, target.hasByteOrderMark)), conflicts };
}

type Sections = ReadonlyMap<string, IniSection>;

// No header holds a line feed.
const AT_THE_TOP = '\ntop';
const AT_THE_END = '\nend';

/**
 * The texts of what only they have, by the place they come behind: that of the section before them in their file, since the marks around
 * our block stand among the sections. What they put at the end of theirs comes at the end.
 */
function addedSections(
  base: Sections,
  theirs: Sections,
  target: Sections,
  conflicts: string[],
): ReadonlyMap<string, readonly string[]> {
  const added = new Map<string, string[]>();
  const lastKnown = [...theirs.keys()].findLast((place) => target.has(place));
  let behind = lastKnown === undefined ? AT_THE_END : AT_THE_TOP;
  for (const [place, section] of theirs) {
    const before = base.get(place);
    if (target.has(place)) {
      behind = place === lastKnown ? AT_THE_END : place;
    } else if (before === undefined || !isSame(before, section)) {
      if (before !== undefined) {
        conflicts.push(`[${section.header}]`);
      }
      const texts = added.get(behind) ?? [];
      texts.push(section.text);
      added.set(behind, texts);
    }
  }
  return added;
}

/** The sections by header; of those that share one, each behind the first by its number too. */
function sectionsByPlace({ sections }: IniDocument): Sections {
  const byPlace = new Map<string, IniSection>();
  const counts = new Map<string, number>();
  for (const section of sections) {
    const { header = '' } = section;
    const number = (counts.get(header) ?? 0) + 1;
    counts.set(header, number);
    byPlace.set(number === 1 ? header : `${header}\n${number}`, section);
  }
  return byPlace;
}

/** The merged text of a section of the target, or undefined when they removed it. */
function mergeSection(
  header: string,
  base: IniSection | undefined,
  theirs: IniSection | undefined,
  target: IniSection,
  conflicts: string[],
): string | undefined {
  if (theirs === undefined) {
    if (base === undefined) {
      return target.text;
    }
    if (!isSame(base, target)) {
      conflicts.push(`[${header}]`);
    }
    return undefined;
  }
  if (base !== undefined && isSame(base, theirs)) {
    return target.text;
  }
  if (base !== undefined && isSame(base, target)) {
    return theirs.text;
  }
  return mergeBoth(header, base, theirs, target, conflicts);
}

/**
 * Key by key. Where only they changed comments, such as the marks of our block, in their text; else the comments that they wrote come below
 * the keys.
 */
function mergeBoth(
  header: string,
  base: IniSection | undefined,
  theirs: IniSection,
  target: IniSection,
  conflicts: string[],
): string {
  const [before, after, own] = [base, theirs, target].map((section) => commentsOf(section?.text ?? '').join('\n'));
  if (base !== undefined && before === own && before !== after) {
    return mergeKeys(header, base, theirs, target, conflicts, true).text;
  }
  const { text, entries } = mergeKeys(header, base, theirs, target, conflicts, false);
  const at = entries.at(-1)?.end ?? headerLine(text).length;
  return withLines(text, at, newComments(base?.text ?? '', theirs.text, text));
}

/** The comments that are in `theirs` and neither in `base` nor in `merged`. */
function newComments(base: string, theirs: string, merged: string): readonly string[] {
  const known = new Set([...commentsOf(base), ...commentsOf(merged)]);
  return commentsOf(theirs).filter((line) => !known.has(line));
}

function commentsOf(text: string): readonly string[] {
  return text.split(/[\r\n]+/).flatMap((line) => (/^\s*[#;]/.test(line) ? [line.trim()] : []));
}

function withLines(text: string, at: number, lines: readonly string[]): string {
  if (lines.length === 0) {
    return text;
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text.slice(0, at);
  const parted = before === '' || /[\r\n]$/.test(before) ? before : before + eol;
  return parted + lines.map((line) => line + eol).join('') + text.slice(at);
}

/** The keys that one side changed, put into the section of the other; theirs when `intoTheirs`. Theirs win where both changed one. */
function mergeKeys(
  header: string,
  base: IniSection | undefined,
  theirs: IniSection,
  target: IniSection,
  conflicts: string[],
  intoTheirs: boolean,
): IniSection {
  const [from, into] = intoTheirs ? [target, theirs] : [theirs, target];
  const names = new Set([...(base?.entries ?? []), ...from.entries].map(({ name }) => name));
  return [...names].reduce<IniSection>((section, name) => {
    const before = entryOf(base, name)?.value;
    const entry = entryOf(from, name);
    const own = entryOf(section, name)?.value;
    if (entry?.value === before || entry?.value === own) {
      return section;
    }
    if (own !== before) {
      conflicts.push(`[${header}] ${name}`);
    }
    return own !== before && intoTheirs
      ? section
      : putEntry(section, name, entry === undefined ? undefined : { entry, text: from.text });
  }, into);
}

/**
 * Puts the lines of another section's entry in place of those of the same name, else below the last; removes them when there is no
 * such entry. Indented as the lines that they replace, or not at all: deeper they would continue the entry above.
 */
function putEntry(
  section: IniSection,
  name: string,
  from: { readonly entry: IniEntry; readonly text: string } | undefined,
): IniSection {
  const old = entryOf(section, name);
  const at = old?.start ?? section.entries.at(-1)?.end ?? headerLine(section.text).length;
  const before = section.text.slice(0, at);
  const after = section.text.slice(old?.end ?? at);
  const indent = old === undefined ? '' : section.text.slice(old.start, old.start + old.indent);
  const lines =
    from === undefined
      ? ''
      : indentedLines(from.text.slice(from.entry.start + from.entry.indent, from.entry.end), indent);
  const ended = lines === '' || /[\r\n]$/.test(lines) || after === '' ? lines : `${lines}\n`;
  const parted = before === '' || ended === '' || /[\r\n]$/.test(before) ? before : `${before}\n`;
  return new IniScanner(parted + ended + after).next();
}

/** Lines that continue an entry are indented already, so that one more indent keeps them so. */
function indentedLines(text: string, indent: string): string {
  return indent + text.replace(/(\r\n|\n|\r)(?=[^\r\n])/g, `$1${indent}`);
}

function headerLine(text: string): string {
  return /^[^\r\n]*(?:\r\n|\n|\r)?/.exec(text)?.[0] ?? '';
}

function entryOf(section: IniSection | undefined, name: string): IniEntry | undefined {
  return section?.entries.findLast((entry) => entry.name === name);
}

function leadOf(document: IniDocument): string {
  const [first] = document.chunks;
  return first?.header === undefined ? (first?.text ?? '') : '';
}

function mergeLead(base: string, theirs: string, target: string): string {
  if (base.trimEnd() === theirs.trimEnd()) {
    return target;
  }
  return base.trimEnd() === target.trimEnd()
    ? theirs
    : withLines(target, target.length, newComments(base, theirs, target));
}

/** Blank lines at the end come and go as sections are added behind them. */
function isSame(a: IniSection, b: IniSection): boolean {
  return a.text === b.text || a.text.trimEnd() === b.text.trimEnd();
}

function joinTexts(texts: readonly string[], eol: string, hasByteOrderMark: boolean): string {
  const joined = texts
    .filter((text) => text !== '')
    .map((text, index, all) => (index === all.length - 1 || /[\r\n]$/.test(text) ? text : text + eol))
    .join('');
  return (hasByteOrderMark ? '\uFEFF' : '') + joined;
}
