import type { AwsFileKind, FilePlace, ProfileKey, ProfileSection } from '../model/profile.ts';
import { sectionMeaning, type SectionMeaning } from './aws-sections.ts';
import { botocoreValue } from './botocore-reading.ts';
import type { IniDocument } from './ini-document.ts';
import type { IniEntry, IniSection } from './ini-scan.ts';
import { isSecretKey } from './secret-keys.ts';

/** A section with where it stands and what it means. */
export interface PlacedSection extends ProfileSection {
  readonly meaning: SectionMeaning;
  readonly section: IniSection;
}

/** A profile's sections and the keys they add up to. `replaced` are sections that botocore drops for a later one of the same name. */
export interface ProfileDraft {
  readonly name: string;
  readonly sections: readonly PlacedSection[];
  readonly replaced: readonly PlacedSection[];
  readonly keys: ReadonlyMap<string, ProfileKey>;
}

/** The sections of a document in order. */
export function placedSections(document: IniDocument, file: AwsFileKind): readonly PlacedSection[] {
  const placed: PlacedSection[] = [];
  let line = 1;
  for (const section of document.chunks) {
    if (section.header !== undefined) {
      placed.push({ file, line, header: section.header, meaning: sectionMeaning(section.header, file), section });
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
  const byName = new Map<string, { kept: PlacedSection[]; replaced: PlacedSection[] }>();
  for (const placed of sections) {
    if (placed.meaning.kind !== 'profile' || isMisplacedPrefix(placed)) {
      continue;
    }
    const group = byName.get(placed.meaning.name) ?? { kept: [], replaced: [] };
    const isReplaced = (other: PlacedSection): boolean => other.file === placed.file && other.header !== placed.header;
    byName.set(placed.meaning.name, {
      kept: [...group.kept.filter((other) => !isReplaced(other)), placed],
      replaced: [...group.replaced, ...group.kept.filter(isReplaced)],
    });
  }
  const defaults = sections.filter(({ meaning }) => meaning.kind === 'defaults');
  const drafts = new Map<string, ProfileDraft>();
  for (const [name, { kept, replaced }] of byName) {
    drafts.set(name, { name, sections: kept, replaced, keys: mergedKeys(kept, defaults) });
  }
  return drafts;
}

/** `[profile x]` in the credentials file: a profile whose name is "profile x", which nobody means. */
export function isMisplacedPrefix(placed: PlacedSection): boolean {
  return placed.file === 'credentials' && /^(?:profile|sso-session|services)\s/.test(placed.header);
}

/** The keys of one section outside profiles, such as an sso-session. */
export function sectionKeys(placed: PlacedSection): ReadonlyMap<string, ProfileKey> {
  return mergedKeys([placed], []);
}

function mergedKeys(
  sections: readonly PlacedSection[],
  defaults: readonly PlacedSection[],
): ReadonlyMap<string, ProfileKey> {
  const keys = new Map<string, ProfileKey>();
  for (const placed of sections) {
    for (const shared of defaults) {
      if (shared.file === placed.file) {
        addKeys(keys, shared);
      }
    }
    addKeys(keys, placed);
  }
  return keys;
}

function addKeys(keys: Map<string, ProfileKey>, placed: PlacedSection): void {
  for (const entry of placed.section.entries) {
    keys.set(entry.name, profileKey(entry, { file: placed.file, line: placed.line + entry.line }));
  }
}

function profileKey(entry: IniEntry, { file, line }: FilePlace): ProfileKey {
  if (isSecretKey(entry.name)) {
    return { file, line, value: undefined };
  }
  const value = botocoreValue(entry) ?? entry.value;
  return typeof value === 'string'
    ? { file, line, value }
    : { file, line, value: undefined, nested: new Map([...value].filter(([key]) => !isSecretKey(key))) };
}
