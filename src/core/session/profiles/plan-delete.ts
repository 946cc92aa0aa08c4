import { parseIni } from '../../files/ini-document.ts';
import { managedSections } from '../../files/managed-block.ts';
import { BadInputError } from '../../model/errors.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { parseHelperLine, profileReference } from '../keys/helper-line.ts';
import { KEPT_PREFIX, STORED_KEY } from '../resolve/profile-fields.ts';
import type { FileEdit } from './profile-files.ts';

type Platform = 'linux' | 'darwin' | 'win32';

/**
 * Removes a profile's sections from both files; comments below them stay. Throws BadInputError for a profile with a key, in the files or
 * protected, which would be lost, for one in our own block, where the next sync would write it again, and for one that another needs
 * which we serve.
 */
export function planDelete(
  profiles: AwsProfiles,
  profile: EffectiveProfile,
  configText: string,
  platform: Platform,
): readonly FileEdit[] {
  const { name, keys, sections } = profile;
  if (keys.has('aws_access_key_id') || keys.has('aws_secret_access_key')) {
    throw new BadInputError(
      `The profile ${name} holds an access key, which would be lost.`,
      'Remove the key in the file yourself, or delete it at AWS first.',
    );
  }
  if (keys.has(STORED_KEY)) {
    throw new BadInputError(`The profile ${name} is protected.`, 'Unprotect it first.');
  }
  if (isManaged(sections, configText)) {
    throw new BadInputError(
      `The profile ${name} is written by the sync of its Identity Center, which would write it again.`,
      'Leave its role out by a rule of the sync instead.',
    );
  }
  const user = profiles.profiles.find((other) => other !== profile && needs(other, name, platform));
  if (user !== undefined) {
    throw new BadInputError(
      `The profile ${user.name} is served by Rolecall from the profile ${name}.`,
      'Delete or change that one first.',
    );
  }
  return (['config', 'credentials'] as const).flatMap((file): readonly FileEdit[] => {
    const headers = sections.filter((section) => section.file === file).map(({ header }) => header);
    return headers.length === 0
      ? []
      : [{ file, edit: (document) => headers.reduce((now, header) => now.removeSection(header), document) }];
  });
}

/** Whether our line in a profile asks for this one, or what it keeps beside the line starts from it. */
function needs(other: EffectiveProfile, name: string, platform: Platform): boolean {
  const target = parseHelperLine(other.credentialProcess ?? '', platform);
  return (
    target?.kind === 'profile' &&
    (target.reference === name ||
      target.reference === profileReference(name) ||
      other.keys.get(`${KEPT_PREFIX}source_profile`)?.value === name)
  );
}

function isManaged(sections: EffectiveProfile['sections'], configText: string): boolean {
  const managed = new Set(managedSections(parseIni(configText)).map(({ header }) => header));
  return sections.some(({ file, header }) => file === 'config' && managed.has(header));
}
