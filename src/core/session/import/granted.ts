import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { definedKeys, type Collected, type TakeOver } from './collected.ts';
import { nameFromUrl, shown, type SessionBook } from './session-book.ts';
import { readTomlTables } from './toml-tables.ts';

/** `granted credential-process --profile NAME`, also with a path and options before. */
const GRANTED_LINE = /^\s*(?:\S*[\\/])?d?granted(?:\.exe)?\s+(?:.*\s)?credential-process\b/;

/** Whether Granted serves this profile, or could. */
export function isGrantedProfile(profile: EffectiveProfile): boolean {
  return GRANTED_LINE.test(profile.credentialProcess ?? '') || profile.keys.has('granted_sso_account_id');
}

/**
 * What Granted's own keys in the config file say, and the Identity Centers of its settings. Pure.
 * Source: https://docs.commonfate.io/granted/recipes/credential-process and https://github.com/common-fate/granted (pkg/config/config.go)
 */
export function collectGranted(
  profiles: AwsProfiles,
  settings: string,
  book: SessionBook,
): Omit<Collected, 'ssoSessions'> {
  const named = ssoTables(settings);
  for (const [startUrl, { name, region }] of named) {
    book.nameOf(name, startUrl, region);
  }
  const served = profiles.profiles.filter(isGrantedProfile);
  const takeOvers = served.flatMap((profile) => takeOverOf(profile, named, book));
  const left = served.filter(({ name }) => !takeOvers.some(({ profile }) => profile === name));
  return {
    profiles: [],
    marks: {},
    takeOvers,
    keys: [],
    notes: left.map(
      ({ name }) => `The profile ${shown(name)} stays with Granted: its keys do not name a role of an Identity Center.`,
    ),
  };
}

interface NamedSession {
  readonly name: string;
  readonly region: string | undefined;
}

/** `[SSO.name]` with `StartURL` and `SSORegion`, by start URL. */
function ssoTables(settings: string): ReadonlyMap<string, NamedSession> {
  const found = [...readTomlTables(settings)].flatMap(([path, values]): [string, NamedSession][] => {
    const startUrl = values.get('StartURL');
    return path.startsWith('SSO.') && startUrl !== undefined
      ? [[startUrl, { name: path.slice('SSO.'.length), region: values.get('SSORegion') }]]
      : [];
  });
  return new Map(found);
}

function takeOverOf(
  profile: EffectiveProfile,
  named: ReadonlyMap<string, NamedSession>,
  book: SessionBook,
): readonly TakeOver[] {
  const read = (key: string): string | undefined => profile.keys.get(key)?.value;
  const accountId = read('granted_sso_account_id');
  const roleName = read('granted_sso_role_name');
  const startUrl = read('granted_sso_start_url') ?? profile.startUrl;
  if (accountId === undefined || roleName === undefined || startUrl === undefined) {
    return [];
  }
  const known = named.get(startUrl);
  const region = read('granted_sso_region') ?? profile.ssoRegion ?? known?.region;
  const ssoSession = book.nameOf(known?.name ?? nameFromUrl(startUrl), startUrl, region);
  return ssoSession === undefined
    ? []
    : [
        {
          profile: profile.name,
          set: definedKeys({ sso_session: ssoSession, sso_account_id: accountId, sso_role_name: roleName }),
          remove: GRANTED_LINE.test(profile.credentialProcess ?? '') ? ['credential_process'] : [],
        },
      ];
}
