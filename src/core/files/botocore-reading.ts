import { oncePerObject } from '../../shared/once-per-object.ts';
import type { AwsFileKind } from '../model/profile.ts';
import { CONFIGPARSER_DEFAULTS, sectionMeaning } from './aws-sections.ts';
import type { IniDocument } from './ini-document.ts';
import type { IniEntry, IniSection } from './ini-scan.ts';
import { pythonSplitLines, pythonStrip } from './python-text.ts';

/** Up to here comparing each key with those before it beats a set. */
const SMALL_SECTION = 16;
const NONE: readonly IniEntry[] = [];

/** What a key is to botocore: text, or the block under it. */
export type BotocoreValue = string | ReadonlyMap<string, string>;

/** One section: lower-case keys. */
export type BotocoreSection = ReadonlyMap<string, BotocoreValue>;

/** Why botocore cannot read a file. Every command of the AWS CLI then fails, whatever profile it names. */
export type BotocoreErrorCode =
  | 'byte-order-mark'
  | 'no-section'
  | 'no-delimiter'
  | 'no-key'
  | 'duplicate-section'
  | 'duplicate-key'
  | 'bad-nested-line';

/** One such reason. `line` counts from 1 in the file; `section` is a header, `key` a key as botocore names it. */
export interface BotocoreError {
  readonly code: BotocoreErrorCode;
  readonly line: number;
  readonly section?: string;
  readonly key?: string;
}

/**
 * A file as botocore sees it. With errors it sees nothing; `errors` then lists every reason, where botocore stops at the first.
 * `sections` are those of `raw_config_parse`, by header; `profiles`, `ssoSessions`, `services` and `other` those of `load_config`.
 */
export interface BotocoreReading {
  readonly errors: readonly BotocoreError[];
  readonly sections: ReadonlyMap<string, BotocoreSection>;
  readonly profiles: ReadonlyMap<string, BotocoreSection>;
  readonly ssoSessions: ReadonlyMap<string, BotocoreSection>;
  readonly services: ReadonlyMap<string, BotocoreSection>;
  readonly other: ReadonlyMap<string, BotocoreSection>;
}

/**
 * Reads a document as botocore would.
 *
 * Source: https://github.com/boto/botocore/blob/1.43.11/botocore/configloader.py, checked against the real one in the tests.
 */
export function readAsBotocore(document: IniDocument, file: AwsFileKind): BotocoreReading {
  const errors = botocoreErrors(document);
  if (errors.length > 0) {
    return { errors, sections: new Map(), ...profileMap(new Map(), file) };
  }
  const sections = new Map<string, BotocoreSection>();
  const defaults = new Map<string, BotocoreValue>();
  for (const section of document.sections) {
    const isDefaults = sectionMeaning(section.header ?? '', file).kind === 'defaults';
    const values = isDefaults ? defaults : new Map<string, BotocoreValue>();
    for (const entry of section.entries) {
      values.set(entry.name, botocoreValue(entry) ?? entry.value);
    }
    if (!isDefaults) {
      sections.set(section.header ?? '', values);
    }
  }
  const complete = defaults.size === 0 ? sections : withDefaults(sections, defaults);
  return { errors, sections: complete, ...profileMap(complete, file) };
}

/** Every reason why botocore could not read this document; none when it can. Asked for before an edit, after it, and when it is shown. */
export const botocoreErrors = oncePerObject(findErrors);

function findErrors(document: IniDocument): readonly BotocoreError[] {
  const errors: BotocoreError[] = document.hasByteOrderMark ? [{ code: 'byte-order-mark', line: 1 }] : [];
  const seen = new Set<string>();
  const defaults: IniEntry[] = [];
  let firstLine = 1;
  for (const section of document.chunks) {
    addSectionErrors(errors, section, firstLine, seen, defaults);
    firstLine += section.lineCount;
  }
  return errors.sort((a, b) => a.line - b.line);
}

/** What an entry is to botocore, or undefined where it refuses the block under the key. */
export function botocoreValue(entry: IniEntry): BotocoreValue | undefined {
  return entry.value.startsWith('\n') ? nestedValues(entry.value) : entry.value;
}

/** `seen` holds the headers so far. Only [DEFAULT] may come again; what it held is in `defaults`, and its keys may not come again. */
function addSectionErrors(
  errors: BotocoreError[],
  section: IniSection,
  firstLine: number,
  seen: Set<string>,
  defaults: IniEntry[],
): void {
  const { header } = section;
  for (const bad of section.badLines) {
    errors.push({ code: bad.reason, line: firstLine + bad.line, ...(header === undefined ? {} : { section: header }) });
  }
  if (header === undefined) {
    return;
  }
  const isDefaults = header === CONFIGPARSER_DEFAULTS;
  if (seen.size === seen.add(header).size && !isDefaults) {
    errors.push({ code: 'duplicate-section', line: firstLine, section: header });
  }
  for (const entry of repeatedEntries(isDefaults ? [...defaults, ...section.entries] : section.entries)) {
    errors.push({ code: 'duplicate-key', line: firstLine + entry.line, section: header, key: entry.name });
  }
  for (const entry of section.entries) {
    if (botocoreValue(entry) === undefined) {
      errors.push({ code: 'bad-nested-line', line: firstLine + entry.line, section: header, key: entry.name });
    }
  }
  for (const entry of isDefaults ? section.entries : NONE) {
    defaults.push(entry);
  }
}

/** The entries whose key came before. Most sections are small, where looking back is cheaper than a set. */
function repeatedEntries(entries: readonly IniEntry[]): readonly IniEntry[] {
  if (entries.length <= SMALL_SECTION && !hasRepeated(entries)) {
    return NONE;
  }
  const names = new Set<string>();
  return entries.filter(({ name }) => names.size === names.add(name).size);
}

function hasRepeated(entries: readonly IniEntry[]): boolean {
  for (let index = 1; index < entries.length; index += 1) {
    for (let before = 0; before < index; before += 1) {
      if (entries[before]?.name === entries[index]?.name) {
        return true;
      }
    }
  }
  return false;
}

function nestedValues(value: string): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>();
  for (const rawLine of pythonSplitLines(value)) {
    const line = pythonStrip(rawLine);
    const equals = line.indexOf('=');
    if (line !== '' && equals === -1) {
      return undefined;
    }
    if (line !== '') {
      values.set(pythonStrip(line.slice(0, equals)), pythonStrip(line.slice(equals + 1)));
    }
  }
  return values;
}

function withDefaults(
  sections: ReadonlyMap<string, BotocoreSection>,
  defaults: BotocoreSection,
): Map<string, BotocoreSection> {
  return new Map(
    [...sections].map(([header, values]) => [
      header,
      new Map([...values, ...[...defaults].filter(([key]) => !values.has(key))]),
    ]),
  );
}

function profileMap(
  sections: ReadonlyMap<string, BotocoreSection>,
  file: AwsFileKind,
): Omit<BotocoreReading, 'errors' | 'sections'> {
  const profiles = new Map<string, BotocoreSection>();
  const ssoSessions = new Map<string, BotocoreSection>();
  const services = new Map<string, BotocoreSection>();
  const other = new Map<string, BotocoreSection>();
  const maps = { profile: profiles, 'sso-session': ssoSessions, services, other };
  for (const [header, values] of sections) {
    const meaning = sectionMeaning(header, file);
    if (meaning.kind !== 'dropped' && meaning.kind !== 'defaults') {
      maps[meaning.kind].set(meaning.name, values);
    }
  }
  return { profiles, ssoSessions, services, other };
}
