import { parseIni } from '../../files/ini-document.ts';
import { managedSections } from '../../files/managed-block.ts';
import { BadInputError } from '../../model/errors.ts';
import type { EffectiveProfile } from '../../model/profile.ts';
import { STORED_KEY } from '../resolve/profile-fields.ts';
import type { FileEdit } from './profile-files.ts';

/**
 * Removes a profile's sections from both files; comments below them stay. Throws BadInputError for a profile with a key, in the files or
 * protected, which would be lost, and for one in our own block, where the next sync would write it again.
 */
export function planDelete(profile: EffectiveProfile, configText: string): readonly FileEdit[] {
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
  return (['config', 'credentials'] as const).flatMap((file): readonly FileEdit[] => {
    const headers = sections.filter((section) => section.file === file).map(({ header }) => header);
    return headers.length === 0
      ? []
      : [{ file, edit: (document) => headers.reduce((now, header) => now.removeSection(header), document) }];
  });
}

function isManaged(sections: EffectiveProfile['sections'], configText: string): boolean {
  const managed = new Set(managedSections(parseIni(configText)).map(({ header }) => header));
  return sections.some(({ file, header }) => file === 'config' && managed.has(header));
}
