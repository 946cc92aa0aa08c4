import { parseIni, type IniDocument } from '../../files/ini-document.ts';
import type { IniSection } from '../../files/ini-scan.ts';
import { profileHeader } from '../../files/aws-sections.ts';
import { NotFoundError } from '../../model/errors.ts';
import type { AwsFileKind, AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { existingHeader } from '../keys/profile-header.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';
import { requireFreeName } from './plan-set-keys.ts';
import type { FileEdit } from './profile-files.ts';
import { retargetHelperLine } from './retarget-helper-line.ts';

type Platform = 'linux' | 'darwin' | 'win32';

const SOURCE_KEYS = new Set(['source_profile', `${KEPT_PREFIX}source_profile`]);

/**
 * Gives a profile another name in both files; profiles that start from it, and our own lines that ask for it, follow. Nothing else of its
 * sections is touched. Throws BadInputError or AlreadyExistsError for the new name.
 */
export function planRename(
  profiles: AwsProfiles,
  profile: EffectiveProfile,
  to: string,
  platform: Platform,
): readonly FileEdit[] {
  requireFreeName(profiles, to, profile.name);
  return (['config', 'credentials'] as const).map((file) => ({
    file,
    edit: (document) => followed(renamed(document, profile, to, file), profile.name, to, platform),
  }));
}

function renamed(document: IniDocument, profile: EffectiveProfile, to: string, file: AwsFileKind): IniDocument {
  const from = existingHeader(profile, file);
  const header = profileHeader(to, file);
  if (from === undefined || from === header) {
    return document;
  }
  if (document.section(from) !== undefined) {
    return document.renameSection(from, header);
  }
  if (document.section(header) === undefined) {
    throw new NotFoundError(`The profile ${profile.name} is no longer there.`, 'Look at the profiles again.');
  }
  return document;
}

function followed(document: IniDocument, from: string, to: string, platform: Platform): IniDocument {
  const texts = document.chunks.map((section) => withSources(section, from, to, platform));
  return texts.every((text, index) => text === document.chunks[index]?.text)
    ? document
    : parseIni((document.hasByteOrderMark ? '\uFEFF' : '') + texts.join(''));
}

function withSources(section: IniSection, from: string, to: string, platform: Platform): string {
  const retargeted = retargetHelperLine(section, from, to, platform);
  const [reread] = parseIni(retargeted).chunks;
  return (reread?.entries ?? []).reduceRight(
    (text, { name, value, valueStart }) =>
      SOURCE_KEYS.has(name) && value === from
        ? text.slice(0, valueStart) + to + text.slice(valueStart + from.length)
        : text,
    retargeted,
  );
}
