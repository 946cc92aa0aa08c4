import type { IniDocument } from '../../files/ini-document.ts';
import { profileHeader } from '../../files/aws-sections.ts';
import { NotFoundError } from '../../model/errors.ts';
import type { AwsFileKind, AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { existingHeader } from '../keys/profile-header.ts';
import { followRenames } from './follow-renames.ts';
import { requireFreeName } from './plan-set-keys.ts';
import type { FileEdit } from './profile-files.ts';

type Platform = 'linux' | 'darwin' | 'win32';

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
  const renames = new Map([[profile.name, to]]);
  return (['config', 'credentials'] as const).map((file) => ({
    file,
    edit: (document) => followRenames(renamed(document, profile, to, file), renames, platform),
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
