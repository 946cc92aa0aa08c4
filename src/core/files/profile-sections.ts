import type { AwsFileKind, FilePlace, ProfileKey, ProfileKeys, ProfileSection } from '../model/profile.ts';
import { sectionMeaning, type SectionMeaning } from './aws-sections.ts';
import { botocoreValue } from './botocore-reading.ts';
import type { IniDocument } from './ini-document.ts';
import type { IniEntry, IniSection } from './ini-scan.ts';
import type { JsSection } from './js-reading.ts';
import { isSecretKey } from './secret-keys.ts';

/** A section with where it stands and what it means. */
export interface PlacedSection extends ProfileSection {
  readonly meaning: SectionMeaning;
  readonly section: IniSection;
  /** What the JS SDK sees of it. */
  readonly js: JsSection | undefined;
}

/** A profile's sections and the keys they add up to. `replaced` are sections that botocore drops for a later one of the same name. */
export interface ProfileDraft {
  readonly name: string;
  readonly sections: readonly PlacedSection[];
  readonly replaced: readonly PlacedSection[];
  readonly keys: SectionKeys;
}

const NONE: readonly PlacedSection[] = [];

/** The sections of a document in order, each with what the JS SDK sees of it. */
export function placedSections(
  document: IniDocument,
  file: AwsFileKind,
  jsOf: (index: number, header: string) => JsSection | undefined = () => undefined,
): readonly PlacedSection[] {
  const placed: PlacedSection[] = [];
  let line = 1;
  for (const section of document.chunks) {
    const { header } = section;
    if (header !== undefined) {
      const js = jsOf(placed.length, header);
      placed.push({ file, line, header, meaning: sectionMeaning(header, file), section, js });
    }
    line += section.lineCount;
  }
  return placed;
}

/**
 * Puts profiles together as botocore does: of two config sections that name one profile the later replaces the earlier; the
 * credentials file's keys go over the config file's. A section whose header is there twice, with which botocore reads nothing at all,
 * is merged, as the JS SDK does, so that there is something to show.
 */
export function draftProfiles(sections: readonly PlacedSection[]): ReadonlyMap<string, ProfileDraft> {
  const drafts = new Map<string, ProfileDraft>();
  const defaults = sections.filter(({ meaning }) => meaning.kind === 'defaults');
  const isSecret = rememberedSecretKeys();
  for (const placed of sections) {
    if (placed.meaning.kind !== 'profile' || isMisplacedPrefix(placed)) {
      continue;
    }
    const { name } = placed.meaning;
    const before = drafts.get(name);
    const sections = before === undefined ? [placed] : keptSections(before, placed);
    const replaced = before === undefined ? NONE : replacedSections(before, placed);
    drafts.set(name, { name, sections, replaced, keys: mergedKeys(sections, defaults, isSecret) });
  }
  return drafts;
}

function keptSections(before: ProfileDraft, placed: PlacedSection): readonly PlacedSection[] {
  return [...before.sections.filter((other) => !replaces(placed, other)), placed];
}

function replacedSections(before: ProfileDraft, placed: PlacedSection): readonly PlacedSection[] {
  return [...before.replaced, ...before.sections.filter((other) => replaces(placed, other))];
}

function replaces(placed: PlacedSection, other: PlacedSection): boolean {
  return other.file === placed.file && other.header !== placed.header;
}

/** `[profile x]` in the credentials file: a profile whose name is "profile x", which nobody means. */
export function isMisplacedPrefix(placed: PlacedSection): boolean {
  return placed.file === 'credentials' && /^(?:profile|sso-session|services)\s/.test(placed.header);
}

/** The keys of one section outside profiles, such as an sso-session. */
export function sectionKeys(placed: PlacedSection): ProfileKeys {
  return new SectionKeys([partOf(placed, isSecretKey)]);
}

/** One section's entries, without the text of secrets. */
interface KeyPart {
  readonly file: AwsFileKind;
  readonly line: number;
  readonly entries: readonly IniEntry[];
}

/** The keys of several sections, later ones over earlier ones. Looked up in the entries themselves: there are few in a section. */
export class SectionKeys implements ProfileKeys {
  readonly #parts: readonly KeyPart[];

  constructor(parts: readonly KeyPart[]) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#all().size;
  }

  get(name: string): ProfileKey | undefined {
    for (let index = this.#parts.length - 1; index >= 0; index -= 1) {
      const part = this.#parts[index];
      const entry = part === undefined ? undefined : lastNamed(part.entries, name);
      if (part !== undefined && entry !== undefined) {
        return profileKey(entry, part);
      }
    }
    return undefined;
  }

  has(name: string): boolean {
    for (const { entries } of this.#parts) {
      if (lastNamed(entries, name) !== undefined) {
        return true;
      }
    }
    return false;
  }

  /** The values of some keys, each at its place in a list. What is empty, a block or a secret is undefined there. */
  texts(places: ReadonlyMap<string, number>): readonly (string | undefined)[] {
    const texts: (string | undefined)[] = [];
    for (const { entries } of this.#parts) {
      for (const { name, value } of entries) {
        const place = places.get(name);
        if (place !== undefined) {
          texts[place] = value === '' || value.startsWith('\n') ? undefined : value;
        }
      }
    }
    return texts;
  }

  [Symbol.iterator](): Iterator<[string, ProfileKey]> {
    return this.#all()[Symbol.iterator]();
  }

  #all(): ReadonlyMap<string, ProfileKey> {
    return new Map(
      this.#parts.flatMap((part) => part.entries.map((entry) => [entry.name, profileKey(entry, part)] as const)),
    );
  }
}

function lastNamed(entries: readonly IniEntry[], name: string): IniEntry | undefined {
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    if (entries[index]?.name === name) {
      return entries[index];
    }
  }
  return undefined;
}

function mergedKeys(
  sections: readonly PlacedSection[],
  defaults: readonly PlacedSection[],
  isSecret: (name: string) => boolean,
): SectionKeys {
  if (defaults.length === 0) {
    return new SectionKeys(sections.map((placed) => partOf(placed, isSecret)));
  }
  const parts = sections.flatMap((placed) => [...defaults.filter(({ file }) => file === placed.file), placed]);
  return new SectionKeys(parts.map((placed) => partOf(placed, isSecret)));
}

function partOf({ file, line, section }: PlacedSection, isSecret: (name: string) => boolean): KeyPart {
  const entries = mayHoldSecret(section.entries, isSecret)
    ? section.entries.map((entry) => ({ ...entry, value: openValue(entry, isSecret) }))
    : section.entries;
  return { file, line, entries };
}

function mayHoldSecret(entries: readonly IniEntry[], isSecret: (name: string) => boolean): boolean {
  for (const { name, isContinued } of entries) {
    if (isContinued || isSecret(name)) {
      return true;
    }
  }
  return false;
}

/** The value without what is secret in it: all of it, or the lines below it that set a secret. */
function openValue({ name, value }: IniEntry, isSecret: (name: string) => boolean): string {
  if (isSecret(name)) {
    return '';
  }
  const lines = value.split('\n');
  return lines.filter((text) => !isSecret(text.slice(0, text.search(/[=:]|$/)).toLowerCase())).join('\n');
}

function profileKey(entry: IniEntry, { file, line: firstLine }: FilePlace): ProfileKey {
  const line = firstLine + entry.line;
  if (isSecretKey(entry.name)) {
    return { file, line, value: undefined };
  }
  const value = botocoreValue(entry) ?? entry.value;
  return typeof value === 'string' ? { file, line, value } : { file, line, value: undefined, nested: value };
}

/** `isSecretKey` for files in which the same few keys come thousands of times. */
function rememberedSecretKeys(): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    const isSecret = before ?? isSecretKey(name);
    if (before === undefined) {
      known.set(name, isSecret);
    }
    return isSecret;
  };
}
