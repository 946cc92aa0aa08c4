import { isSafeProfileName } from '../../files/profile-name.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import type { Collected, KeptKey, TakeOver } from './collected.ts';
import { awsVaultCommand } from './key-commands.ts';

type Platform = 'linux' | 'darwin' | 'win32';

/** `aws-vault exec NAME --json`, `aws-vault export --format=json NAME`, also with a path before. */
const VAULT_LINE = /^\s*(?:\S*[\\/])?aws-vault(?:\.exe)?\s/;
/** Keys that only aws-vault knows; it takes other keys from the profile they name. */
const PARENT_KEYS = ['include_profile', 'parent_profile'] as const;
/** What aws-vault takes from there. Source: https://github.com/99designs/aws-vault/blob/master/USAGE.md */
const INHERITED = [
  'region',
  'mfa_serial',
  'role_arn',
  'source_profile',
  'external_id',
  'duration_seconds',
  'role_session_name',
] as const;
const DEEPEST = 20;

/** Whether the config file shows that aws-vault is used. */
export function usesAwsVault({ profiles }: AwsProfiles): boolean {
  return profiles.some(
    (profile) =>
      isServed(profile) || profile.mfaProcess !== undefined || PARENT_KEYS.some((key) => profile.keys.has(key)),
  );
}

/**
 * What the config file says to aws-vault alone, in words that all AWS tools know: keys that profiles take from another, and the MFA device
 * that a role takes from its source. `keyNames` are the names of keys in its file store, where it has one. Pure.
 */
export function collectAwsVault(
  { profiles }: AwsProfiles,
  keyNames: readonly string[],
  platform: Platform,
): Omit<Collected, 'ssoSessions'> {
  const byName = new Map(profiles.map((profile) => [profile.name, profile]));
  const takeOvers = profiles.flatMap((profile) => takeOverOf(profile, byName));
  const keys = keyProfiles(profiles, keyNames);
  return {
    profiles: [],
    marks: {},
    takeOvers,
    keys: keys.map((profile): KeptKey => ({ profile, command: awsVaultCommand(profile, platform) })),
    notes: profiles
      .filter(({ mfaProcess }) => mfaProcess !== undefined)
      .map(({ name }) => `The profile ${name} keeps its mfa_process: Rolecall asks that command for codes as it is.`),
  };
}

function isServed(profile: EffectiveProfile): boolean {
  return VAULT_LINE.test(profile.credentialProcess ?? '');
}

function takeOverOf(profile: EffectiveProfile, byName: ReadonlyMap<string, EffectiveProfile>): readonly TakeOver[] {
  const inherited = inheritedKeys(profile, byName);
  const has = (key: string): boolean => profile.keys.has(key) || Object.hasOwn(inherited, key);
  const set = Object.fromEntries(Object.entries(inherited).filter(([key]) => !profile.keys.has(key)));
  // What has a role and where to start from, or a role of an Identity Center, needs no other program.
  const isWhole = (has('role_arn') && has('source_profile')) || profile.roleName !== undefined;
  const remove = isServed(profile) && isWhole ? ['credential_process'] : [];
  return Object.keys(set).length === 0 && remove.length === 0 ? [] : [{ profile: profile.name, set, remove }];
}

/** What the profiles it names give it, the nearest first; and the MFA device of the profile a role starts from. */
function inheritedKeys(
  profile: EffectiveProfile,
  byName: ReadonlyMap<string, EffectiveProfile>,
): Readonly<Record<string, string>> {
  const chain = parentsOf(profile, byName);
  const read = (key: string): string | undefined => [profile, ...chain].map((each) => valueOf(each, key)).find(Boolean);
  const given = INHERITED.flatMap((key): [string, string][] => {
    const value = chain.length === 0 ? undefined : read(key);
    return value === undefined || value === profile.name ? [] : [[key, value]];
  });
  const source = byName.get(read('source_profile') ?? '');
  const isRole = read('role_arn') !== undefined;
  const device =
    isRole && read('mfa_serial') === undefined && source !== undefined ? deviceOf(source, byName) : undefined;
  return Object.fromEntries([...given, ...(device === undefined ? [] : [['mfa_serial', device] as const])]);
}

function deviceOf(source: EffectiveProfile, byName: ReadonlyMap<string, EffectiveProfile>): string | undefined {
  return [source, ...parentsOf(source, byName)].map((each) => valueOf(each, 'mfa_serial')).find(Boolean);
}

function parentsOf(
  profile: EffectiveProfile,
  byName: ReadonlyMap<string, EffectiveProfile>,
): readonly EffectiveProfile[] {
  const chain: EffectiveProfile[] = [];
  let next = parentOf(profile, byName);
  while (next !== undefined && next !== profile && !chain.includes(next) && chain.length < DEEPEST) {
    chain.push(next);
    next = parentOf(next, byName);
  }
  return chain;
}

function parentOf(
  profile: EffectiveProfile,
  byName: ReadonlyMap<string, EffectiveProfile>,
): EffectiveProfile | undefined {
  const name = PARENT_KEYS.map((key) => valueOf(profile, key)).find(Boolean);
  return name === undefined ? undefined : byName.get(name);
}

function valueOf(profile: EffectiveProfile, key: string): string | undefined {
  return profile.keys.get(key)?.value;
}

/** Where keys are: what the file store names, and profiles that others start from, or that are served, with nothing of their own. */
function keyProfiles(profiles: readonly EffectiveProfile[], keyNames: readonly string[]): readonly string[] {
  const sources = new Set(profiles.map(({ sourceProfile }) => sourceProfile));
  const bare = profiles.filter(
    (profile) =>
      (sources.has(profile.name) || isServed(profile)) &&
      profile.roleArn === undefined &&
      profile.roleName === undefined &&
      profile.staticKey === undefined &&
      (profile.credentialProcess === undefined || isServed(profile)) &&
      !profile.keys.has('rolecall_key'),
  );
  const known = new Set(profiles.filter(({ keys }) => keys.has('rolecall_key')).map(({ name }) => name));
  const names = new Set([...bare.map(({ name }) => name), ...keyNames.filter((name) => !known.has(name))]);
  return [...names].filter((name) => name === 'default' || isSafeProfileName(name));
}
