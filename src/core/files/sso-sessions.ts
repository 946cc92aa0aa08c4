import type { ProfileProblem, SsoSessionConfig } from '../model/profile.ts';
import type { UncheckedProfile } from './problem-list.ts';
import { sectionKeys, type PlacedSection } from './profile-sections.ts';

const NONE: readonly ProfileProblem[] = [];
const NO_KEYS: readonly string[] = [];

/**
 * Every Identity Center that the files name: the `[sso-session]` sections of the config file (those of the credentials file count for
 * no tool), then the start URLs of profiles in the legacy form, to the letter, since the AWS CLI's cache file is named after them.
 */
export function ssoSessionConfigs(
  sections: readonly PlacedSection[],
  profiles: readonly UncheckedProfile[],
): readonly SsoSessionConfig[] {
  const users = groupBy(profiles, ({ ssoSession }) => ssoSession);
  const legacy = groupBy(profiles, ({ ssoSession, kind, startUrl }) =>
    ssoSession === undefined && kind === 'sso-legacy' ? startUrl : undefined,
  );
  const named = new Map<string, SsoSessionConfig>();
  for (const placed of sections) {
    if (placed.file === 'config' && placed.meaning.kind === 'sso-session') {
      named.set(
        placed.meaning.name,
        namedSession(
          placed,
          placed.meaning.name,
          (users.get(placed.meaning.name) ?? []).map((user) => user.name),
        ),
      );
    }
  }
  return [...named.values(), ...[...legacy].flatMap(([startUrl, owners]) => legacySession(startUrl, owners))];
}

/** Problems that a profile has with the Identity Center it names. */
export function ssoProblems(
  profile: UncheckedProfile,
  sessions: ReadonlyMap<string, SsoSessionConfig>,
): readonly ProfileProblem[] {
  const { ssoSession, keys, kind } = profile;
  if (kind !== 'sso' && kind !== 'sso-legacy' && ssoSession === undefined) {
    return NONE;
  }
  const session = ssoSession === undefined ? undefined : sessions.get(ssoSession);
  if (ssoSession !== undefined && session === undefined) {
    return missingSession(profile, ssoSession);
  }
  const repeats = session !== undefined && (keys.has('sso_start_url') || keys.has('sso_region'));
  // Nearly every profile of a large file is in order, and has to cost nothing more than finding that out.
  return repeats ? [...conflicts(profile, session), ...incomplete(profile)] : incomplete(profile);
}

/** Where to point to for what is wrong with a profile's Identity Center as a whole. */
function ssoPlace({ name, keys }: UncheckedProfile): Pick<ProfileProblem, 'profile' | 'file' | 'line'> {
  const place = keys.get('sso_session') ?? keys.get('sso_account_id') ?? keys.get('sso_role_name');
  return place === undefined ? { profile: name } : { profile: name, file: place.file, line: place.line };
}

function missingSession(profile: UncheckedProfile, ssoSession: string): readonly ProfileProblem[] {
  return [
    {
      ...ssoPlace(profile),
      code: 'sso-session-missing',
      severity: 'error',
      message: `sso_session names "${ssoSession}", and the config file has no [sso-session ${ssoSession}].`,
      hint: 'Add that section, with sso_start_url and sso_region, or correct the name.',
      tools: ['aws-cli', 'js-sdk'],
      key: 'sso_session',
      ssoSession,
    },
  ];
}

function namedSession(placed: PlacedSection, name: string, profiles: readonly string[]): SsoSessionConfig {
  const keys = sectionKeys(placed);
  const text = (key: string): string | undefined => keys.get(key)?.value || undefined;
  const missing = ['sso_start_url', 'sso_region'].filter((key) => text(key) === undefined);
  const problem: ProfileProblem = {
    code: 'sso-session-incomplete',
    severity: 'error',
    message: `[${placed.header}] has no ${missing.join(' and no ')}.`,
    hint: 'Add what is missing. The start URL is that of your AWS access portal; the region is where Identity Center is set up.',
    tools: ['aws-cli', 'js-sdk'],
    file: placed.file,
    line: placed.line,
    ssoSession: name,
  };
  return {
    kind: 'named',
    name,
    cacheKey: name,
    startUrl: text('sso_start_url'),
    ssoRegion: text('sso_region'),
    scopes: splitScopes(text('sso_registration_scopes') ?? ''),
    place: { file: placed.file, line: placed.line },
    header: placed.header,
    profiles,
    problems: missing.length === 0 ? [] : [problem],
  };
}

function legacySession(startUrl: string, owners: readonly UncheckedProfile[]): readonly SsoSessionConfig[] {
  const [first] = owners;
  const place = first?.keys.get('sso_start_url');
  if (first === undefined || place === undefined) {
    return [];
  }
  return [
    {
      kind: 'legacy',
      name: startUrl,
      cacheKey: startUrl,
      startUrl,
      ssoRegion: owners.find(({ ssoRegion }) => ssoRegion !== undefined)?.ssoRegion,
      scopes: [],
      place: { file: place.file, line: place.line },
      profiles: owners.map(({ name }) => name),
      problems: [],
    },
  ];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = key === undefined ? undefined : groups.get(key);
    if (group !== undefined) {
      group.push(item);
    } else if (key !== undefined) {
      groups.set(key, [item]);
    }
  }
  return groups;
}

/** Comma-separated, as the AWS CLI splits them: stripped, empty ones dropped. */
function splitScopes(text: string): readonly string[] {
  return text
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
}

/** botocore refuses a key that profile and sso-session give different values. */
function conflicts(profile: UncheckedProfile, session: SsoSessionConfig): readonly ProfileProblem[] {
  const ofSession = { sso_start_url: session.startUrl, sso_region: session.ssoRegion };
  return Object.entries(ofSession).flatMap(([key, value]): ProfileProblem[] => {
    const own = profile.keys.get(key);
    return own?.value === undefined || value === undefined || own.value === value
      ? []
      : [
          {
            code: 'sso-session-conflict',
            severity: 'error',
            message: `${key} differs between this profile and [${session.header}]. The AWS CLI and boto3 refuse that; the JS SDK takes the sso-session's.`,
            hint: `Remove ${key} from the profile.`,
            tools: ['aws-cli'],
            profile: profile.name,
            file: own.file,
            line: own.line,
            key,
          },
        ];
  });
}

/** The keys without which the profile gives no credentials and which it does not have. */
function missingKeys({ keys, ssoSession, accountId, roleName }: UncheckedProfile): readonly string[] {
  if (ssoSession !== undefined && accountId !== undefined && roleName !== undefined) {
    return NO_KEYS;
  }
  const needed = [
    'sso_account_id',
    'sso_role_name',
    ...(ssoSession === undefined ? ['sso_start_url', 'sso_region'] : []),
  ];
  return needed.filter((key) => !keys.get(key)?.value);
}

function incomplete(profile: UncheckedProfile): readonly ProfileProblem[] {
  const { kind, ssoSession } = profile;
  const missing = missingKeys(profile);
  if (missing.length === 0) {
    return NONE;
  }
  // An sso-session alone serves services that take its token, such as CodeCatalyst; the JS SDK has no credentials for it.
  const isTokenOnly = kind === 'empty' && ssoSession !== undefined;
  return [
    {
      ...ssoPlace(profile),
      code: 'sso-incomplete',
      severity: isTokenOnly ? 'note' : 'error',
      message: `The profile has no ${missing.join(', no ')}.`,
      hint: 'Add what is missing, or make the profile anew from the list of accounts.',
      tools: isTokenOnly ? ['js-sdk'] : ['aws-cli', 'js-sdk'],
    },
  ];
}
