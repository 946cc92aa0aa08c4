import type { IniDocument } from '../../files/ini-document.ts';
import { BadInputError } from '../../model/errors.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { findReferenced, helperLine, parseHelperLine } from '../keys/helper-line.ts';
import { existingHeader } from '../keys/profile-header.ts';
import { STORED_KEY } from '../resolve/profile-fields.ts';
import { isIdentityKey, isServedByUs } from './identity-keys.ts';
import type { FileEdit } from './profile-files.ts';

/** What our own lines are written with. */
export interface HelperPlace {
  /** The helper's absolute path. */
  readonly helperPath: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

const DEFAULT = 'default';
const SETTINGS = ['region', 'output'] as const;

/**
 * Makes `[default]` give what a profile gives: by the same keys; where the profile holds an access key or is served by us, by a line that
 * asks us for it. Region and output follow where the profile has them; all else in `[default]` stays.
 *
 * Throws BadInputError for a profile without credentials and where `[default]` holds an access key, which would win, or is
 * protected, whose key would be lost.
 */
export function planMakeDefault(
  profiles: AwsProfiles,
  profile: EffectiveProfile,
  place: HelperPlace,
): readonly FileEdit[] {
  const current = profiles.profiles.find(({ name }) => name === DEFAULT);
  if (profile.name === DEFAULT) {
    throw new BadInputError('That profile is the default already.', 'Choose another.');
  }
  if (current?.staticKey !== undefined) {
    throw new BadInputError(
      '[default] holds an access key of its own.',
      'Rename the profile "default" first, so that its key is kept under another name.',
    );
  }
  if (current?.keys.has(STORED_KEY) === true) {
    throw new BadInputError(
      '[default] is protected, and its key in the secret store would belong to no profile any more.',
      'Rename the profile "default" first, so that its key is kept under another name.',
    );
  }
  const values = { ...credentialKeys(profile, place), ...settingsOf(profile) };
  const header = (current === undefined ? undefined : existingHeader(current, 'config')) ?? DEFAULT;
  const cleared = (document: IniDocument, section: string, keeps: boolean): IniDocument =>
    [...(document.section(section)?.entries ?? [])]
      .map(({ name }) => name)
      .filter((name) => (isIdentityKey(name) && !(keeps && name in values)) || (!keeps && name in values))
      .reduce((now, name) => now.removeKey(section, name), document);
  const inCredentials = current === undefined ? undefined : existingHeader(current, 'credentials');
  return [
    { file: 'config', edit: (document) => cleared(document, header, true).putSection(header, values) },
    ...(inCredentials === undefined
      ? []
      : [{ file: 'credentials', edit: (document: IniDocument) => cleared(document, inCredentials, false) } as const]),
  ];
}

/** The profile whose credentials `[default]` gives, where it is made from one. */
export function profileBehindDefault(profiles: AwsProfiles, platform: HelperPlace['platform']): string | undefined {
  const current = profiles.profiles.find(({ name }) => name === DEFAULT);
  if (current === undefined) {
    return undefined;
  }
  const target = parseHelperLine(current.credentialProcess ?? '', platform);
  if (target?.kind === 'profile') {
    const behind = findReferenced(profiles.profiles, target.reference)?.name;
    return behind === DEFAULT ? undefined : behind;
  }
  const wanted = current.staticKey === undefined ? identityOf(current) : [];
  return wanted.length === 0
    ? undefined
    : profiles.profiles.find((profile) => profile.name !== DEFAULT && hasIdentity(profile, wanted))?.name;
}

function credentialKeys(
  profile: EffectiveProfile,
  { helperPath, platform }: HelperPlace,
): Readonly<Record<string, string>> {
  if (isServedByUs(profile, platform)) {
    return { credential_process: profile.credentialProcess ?? '' };
  }
  if (profile.kind === 'static' || profile.jsKind === 'static') {
    return { credential_process: helperLine(helperPath, profile.name, platform) };
  }
  if (profile.kind === 'empty') {
    throw new BadInputError(`The profile ${profile.name} has no credentials.`, 'Choose one that has.');
  }
  return Object.fromEntries(identityOf(profile));
}

function identityOf(profile: EffectiveProfile): readonly (readonly [string, string])[] {
  return [...profile.keys].flatMap(([name, { value }]) =>
    isIdentityKey(name) && value !== undefined && value !== '' ? [[name, value] as const] : [],
  );
}

/** Whether a profile's credentials come from these keys and no others. Most of thousands differ in the first one looked at. */
function hasIdentity(profile: EffectiveProfile, wanted: readonly (readonly [string, string])[]): boolean {
  return (
    profile.staticKey === undefined &&
    wanted.every(([key, value]) => profile.keys.get(key)?.value === value) &&
    identityOf(profile).length === wanted.length
  );
}

function settingsOf(profile: EffectiveProfile): Readonly<Record<string, string>> {
  return Object.fromEntries(
    SETTINGS.flatMap((key) => (profile[key] === undefined ? [] : [[key, profile[key]] as const])),
  );
}
