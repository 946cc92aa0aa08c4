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
  const texts = new Map<string, string>();
  const lead = mergeLead(leadOf(base), leadOf(theirs), leadOf(target));
  for (const section of target.sections) {
    const header = section.header ?? '';
    const merged = mergeSection(header, base.section(header), theirs.section(header), section, conflicts);
    if (merged !== undefined) {
      texts.set(header, merged);
    }
  }
  for (const section of theirs.sections) {
    const header = section.header ?? '';
    const before = base.section(header);
    if (target.section(header) === undefined && !(before !== undefined && isSame(before, section))) {
      if (before !== undefined) {
        conflicts.push(`[${header}]`);
      }
      texts.set(header, section.text);
    }
  }
  return { document: parseIni(joinTexts([lead, ...texts.values()], target.eol, target.hasByteOrderMark)), conflicts };
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
  return mergeKeys(header, base, theirs, target, conflicts);
}

function mergeKeys(
  header: string,
  base: IniSection | undefined,
  theirs: IniSection,
  target: IniSection,
  conflicts: string[],
): string {
  const names = new Set([...(base?.entries ?? []), ...theirs.entries].map(({ name }) => name));
  return [...names].reduce<IniSection>((section, name) => {
    const before = entryOf(base, name)?.value;
    const entry = entryOf(theirs, name);
    const own = entryOf(section, name)?.value;
    if (entry?.value === before || entry?.value === own) {
      return section;
    }
    if (own !== before) {
      conflicts.push(`[${header}] ${name}`);
    }
    return putRaw(section, name, entry === undefined ? undefined : theirs.text.slice(entry.start, entry.end));
  }, target).text;
}

/** Puts the lines of an entry in place of those of the same name, else below the last; removes them when there are none. */
function putRaw(section: IniSection, name: string, raw: string | undefined): IniSection {
  const entry = entryOf(section, name);
  const at =
    entry?.start ?? section.entries.at(-1)?.end ?? /^[^\r\n]*(?:\r\n|\n|\r)?/.exec(section.text)?.[0].length ?? 0;
  const before = section.text.slice(0, at);
  const after = section.text.slice(entry?.end ?? at);
  const lines = raw === undefined || /[\r\n]$/.test(raw) || after === '' ? (raw ?? '') : `${raw}\n`;
  const parted = before === '' || lines === '' || /[\r\n]$/.test(before) ? before : `${before}\n`;
  return new IniScanner(parted + lines + after).next();
}

function entryOf(section: IniSection | undefined, name: string): IniEntry | undefined {
  return section?.entries.findLast((entry) => entry.name === name);
}

function leadOf(document: IniDocument): string {
  const [first] = document.chunks;
  return first?.header === undefined ? (first?.text ?? '') : '';
}

function mergeLead(base: string, theirs: string, target: string): string {
  return base === target ? theirs : target;
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
