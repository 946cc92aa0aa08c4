import type { AwsFileKind } from '../model/profile.ts';
import { botocoreValue } from './botocore-reading.ts';
import type { IniEntry } from './ini-scan.ts';
import { PlainJsSection } from './js-document-reading.ts';
import type { JsSection } from './js-reading.ts';
import type { PlacedSection } from './profile-sections.ts';

/**
 * One key that botocore and the JS SDK read differently.
 * `missing-in-js`: it has another case, or a colon. `differs`: a comment behind the value, or lines that continue it.
 * `only-in-js`: an indented line that botocore takes for a part of the value above, and the JS SDK for a key.
 */
export interface ReadingDifference {
  readonly kind: 'missing-in-js' | 'differs' | 'only-in-js';
  readonly file: AwsFileKind;
  readonly line: number;
  readonly key: string;
}

const NONE: readonly ReadingDifference[] = [];

/** The differences inside one section, given what the JS SDK sees of it. None when it does not see the section. */
export function readingDifferences(placed: PlacedSection, seen: JsSection | undefined): readonly ReadingDifference[] {
  if (seen === undefined || (seen instanceof PlainJsSection && seen.entries === placed.section.entries)) {
    return NONE;
  }
  const differences: ReadingDifference[] = [];
  let matched = 0;
  for (const entry of placed.section.entries) {
    const found = compareEntry(entry, seen);
    matched += found.matched;
    if (found.kind !== undefined) {
      differences.push({ kind: found.kind, file: placed.file, line: placed.line + entry.line, key: entry.name });
    }
  }
  return matched === seen.size ? differences : [...differences, ...onlyInJs(placed, seen)];
}

function compareEntry(
  entry: IniEntry,
  seen: JsSection,
): { readonly kind?: ReadingDifference['kind']; readonly matched: number } {
  const value = botocoreValue(entry) ?? entry.value;
  if (typeof value !== 'string') {
    const names = [...value.keys()].map((key) => `${entry.key}.${key}`);
    const matched = names.filter((name) => seen.has(name)).length;
    const isSame =
      matched === names.length && [...value].every(([key, text]) => seen.get(`${entry.key}.${key}`) === text);
    return isSame && entry.key === entry.name ? { matched } : { kind: 'differs', matched };
  }
  const jsValue = seen.get(entry.key);
  const matched = jsValue === undefined ? 0 : 1;
  if (jsValue === value && entry.key === entry.name) {
    return { matched };
  }
  // The JS SDK leaves out empty values; that is the same to every caller.
  if (value === '') {
    return { matched };
  }
  return { kind: jsValue === undefined || entry.key !== entry.name ? 'missing-in-js' : 'differs', matched };
}

function onlyInJs(placed: PlacedSection, seen: JsSection): readonly ReadingDifference[] {
  const known = new Set(placed.section.entries.map((entry) => entry.key));
  return [...seen.keys()]
    .filter((key) => !known.has(key) && !known.has(key.slice(0, Math.max(key.indexOf('.'), 0))))
    .map((key) => ({ kind: 'only-in-js', file: placed.file, line: placed.line, key }));
}
