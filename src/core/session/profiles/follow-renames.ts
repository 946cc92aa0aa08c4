import { parseIni, type IniDocument } from '../../files/ini-document.ts';
import type { IniEntry, IniSection } from '../../files/ini-scan.ts';
import { parseHelperLine, profileReference } from '../keys/helper-line.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';

type Platform = 'linux' | 'darwin' | 'win32';

const SOURCE_KEYS = new Set(['source_profile', `${KEPT_PREFIX}source_profile`]);

/**
 * The document in which whatever names a renamed profile names it anew: `source_profile`, and our own lines that ask for it (the helper's
 * path stays as it is written). `renames` goes from the old name to the new. The same document where nothing names one.
 */
export function followRenames(
  document: IniDocument,
  renames: ReadonlyMap<string, string>,
  platform: Platform,
): IniDocument {
  if (renames.size === 0) {
    return document;
  }
  const byReference = new Map([...renames].map(([from, to]) => [profileReference(from), to]));
  const newName = (entry: IniEntry): Written | undefined =>
    SOURCE_KEYS.has(entry.name)
      ? written(entry.value, renames.get(entry.value))
      : inHelperLine(entry, (reference) => renames.get(reference) ?? byReference.get(reference), platform);
  const texts = document.chunks.map((section) => followedText(section, newName));
  return texts.every((text, index) => text === document.chunks[index]?.text)
    ? document
    : parseIni((document.hasByteOrderMark ? '\uFEFF' : '') + texts.join(''));
}

/** A part of a value, and what is to stand there. */
interface Written {
  readonly old: string;
  readonly fresh: string;
}

function followedText(section: IniSection, newName: (entry: IniEntry) => Written | undefined): string {
  return section.entries.reduceRight((text, entry) => {
    const name = newName(entry);
    if (name === undefined) {
      return text;
    }
    const at = entry.valueStart + entry.value.lastIndexOf(name.old);
    return text.slice(0, at) + name.fresh + text.slice(at + name.old.length);
  }, section.text);
}

function inHelperLine(
  { name, value }: IniEntry,
  find: (reference: string) => string | undefined,
  platform: Platform,
): Written | undefined {
  const target = name === 'credential_process' ? parseHelperLine(value, platform) : undefined;
  const to = target?.kind === 'profile' ? find(target.reference) : undefined;
  return target?.kind === 'profile' && to !== undefined ? written(target.reference, profileReference(to)) : undefined;
}

function written(old: string, fresh: string | undefined): Written | undefined {
  return fresh === undefined ? undefined : { old, fresh };
}
