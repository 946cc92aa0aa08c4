import type { AwsFileKind, EffectiveProfile } from '../../model/profile.ts';
import { profileHeader } from '../../files/aws-sections.ts';
import { isSafeProfileName } from '../../files/profile-name.ts';

/** The header of the section that holds a profile in a file, as it is written there; undefined where the file has none. */
export function existingHeader(profile: EffectiveProfile, file: AwsFileKind): string | undefined {
  return profile.sections.find((section) => section.file === file)?.header;
}

/** A section of one of the two files. */
export interface ProfilePlace {
  readonly file: AwsFileKind;
  readonly header: string;
}

/**
 * Where new keys of a profile go: its section of the config file, else a new one there. A profile of the credentials file whose name no
 * new header can hold gets them where it is; the tools put both files together.
 */
export function placeForKeys(profile: EffectiveProfile): ProfilePlace {
  const inConfig = existingHeader(profile, 'config');
  const inCredentials = existingHeader(profile, 'credentials');
  if (inConfig === undefined && inCredentials !== undefined && !isWritable(profile.name)) {
    return { file: 'credentials', header: inCredentials };
  }
  return { file: 'config', header: inConfig ?? profileHeader(profile.name, 'config') };
}

function isWritable(name: string): boolean {
  return name === 'default' || isSafeProfileName(name);
}
