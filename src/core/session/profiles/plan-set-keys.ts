import type { IniDocument } from '../../files/ini-document.ts';
import { isSafeProfileName } from '../../files/profile-name.ts';
import { profileHeader } from '../../files/aws-sections.ts';
import { AlreadyExistsError, BadInputError, NotFoundError } from '../../model/errors.ts';
import type { AwsFileKind, AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { existingHeader, placeForKeys } from '../keys/profile-header.ts';
import { isServedByUs, writtenKey } from './identity-keys.ts';
import type { ChangeOf } from './profile-change.ts';
import type { FileEdit } from './profile-files.ts';
import { checkProfileKey, checkRemovableKey, type KeyLimits } from './profile-keys.ts';
import { inForm, type VaultLineOf } from './vault-line.ts';

/** A new profile at the end of the config file. Throws AlreadyExistsError, BadInputError for the name or a key. */
export function planAdd(
  profiles: AwsProfiles,
  change: ChangeOf<'add'>,
  limits: KeyLimits,
  vaultLineOf: VaultLineOf,
): readonly FileEdit[] {
  const { profile: name } = change;
  const set = inForm(vaultLineOf, name, change.set);
  requireFreeName(profiles, name);
  Object.entries(change.set).forEach(([key, value]) => checkProfileKey(key, value, limits));
  const header = profileHeader(name, 'config');
  const edit = (document: IniDocument): IniDocument => {
    const isDone =
      document.section(header) !== undefined &&
      Object.entries(set).every(([key, value]) => document.get(header, key) === value);
    return isDone ? document : document.addSection(header, set);
  };
  return [{ file: 'config', edit }];
}

/** Throws unless a profile may be called so: BadInputError, or AlreadyExistsError where one is (case does not count). */
export function requireFreeName(profiles: AwsProfiles, name: string, except?: string): void {
  if (!isSafeProfileName(name) && !(name === 'default' && except === undefined)) {
    throw new BadInputError(
      'A profile cannot have that name.',
      'Begin with a letter or digit and use letters, digits and . _ @ + - only, at most 64 characters.',
    );
  }
  const taken = profiles.profiles.find((other) => other.name.toLowerCase() === name.toLowerCase());
  if (taken !== undefined && taken.name !== except) {
    throw new AlreadyExistsError(`There is a profile ${taken.name} already.`, 'Choose another name.');
  }
}

/**
 * Sets each key where it counts now (the credentials file wins over the config file), else in the config file; removes keys from both
 * files. Throws BadInputError for keys and values that are not to be written, and for a block such as `s3 =`, which has no one value.
 */
export function planSetKeys(
  profile: EffectiveProfile,
  change: ChangeOf<'set'>,
  limits: KeyLimits & { readonly platform: 'linux' | 'darwin' | 'win32' },
): readonly FileEdit[] {
  const isServed = isServedByUs(profile, limits.platform);
  const set = Object.entries(change.set).map(([key, value]) => {
    checkProfileKey(key, value, limits);
    const written = writtenKey(key, isServed);
    refuseBlock(profile, written);
    return { key: written, value, file: fileOf(profile, written) };
  });
  const remove = change.remove.map((key) => {
    checkRemovableKey(key);
    return writtenKey(key.toLowerCase(), isServed);
  });
  return (['config', 'credentials'] as const).flatMap((file): readonly FileEdit[] => {
    const values = Object.fromEntries(set.filter((each) => each.file === file).map(({ key, value }) => [key, value]));
    return editOf(profile, file, values, remove);
  });
}

function editOf(
  profile: EffectiveProfile,
  file: AwsFileKind,
  values: Readonly<Record<string, string>>,
  remove: readonly string[],
): readonly FileEdit[] {
  const existing = existingHeader(profile, file);
  const isNeeded = Object.keys(values).length > 0;
  if (existing === undefined && !isNeeded) {
    return [];
  }
  const header = existing ?? placeForKeys(profile).header;
  const edit = (document: IniDocument): IniDocument => {
    if (existing !== undefined && document.section(existing) === undefined) {
      throw new NotFoundError(`The profile ${profile.name} is no longer there.`, 'Look at the profiles again.');
    }
    const cleared =
      existing === undefined ? document : remove.reduce((now, key) => now.removeKey(header, key), document);
    return isNeeded ? cleared.putSection(header, values) : cleared;
  };
  return [{ file, edit }];
}

function fileOf(profile: EffectiveProfile, key: string): AwsFileKind {
  const file = profile.keys.get(key)?.file;
  return file !== undefined && existingHeader(profile, file) !== undefined ? file : placeForKeys(profile).file;
}

function refuseBlock(profile: EffectiveProfile, key: string): void {
  if (profile.keys.get(key)?.nested !== undefined) {
    throw new BadInputError(
      `${key} of the profile ${profile.name} is a block of several lines.`,
      'Change such blocks in the file itself.',
    );
  }
}
