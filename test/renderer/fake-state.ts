import { orderAccounts } from '../../src/shared/account-order.ts';
import type {
  AccountState,
  ActivityEntry,
  AppState,
  Asker,
  DirectoryState,
  LiveRole,
  ProfileState,
  SsoSessionState,
} from '../../src/shared/app-state.ts';
import { targetKey, type RoleTarget } from '../../src/shared/role-target.ts';
import type { Settings } from '../../src/shared/settings.ts';

/** Settings as they are before anyone touched them. */
export const PLAIN_SETTINGS: Settings = {
  language: 'en',
  theme: 'system',
  copyFormat: 'bash',
  clipboardClearSeconds: 60,
  signInMethod: 'browser',
  renewInBackground: true,
  notifyBeforeEndMinutes: 10,
  consoleVia: 'federation',
  consoleOpener: 'default',
  consoleRules: [],
  consoleRegion: '',
  customDestinations: [],
  recentDestinations: [],
  savedSearches: [],
  tableColumns: {},
  startAtLogin: false,
  globalShortcut: '',
  trayCountdown: false,
  notifySignInEnded: true,
  notifyWhenAsked: true,
  proxyMode: 'environment',
  proxyUrl: '',
  noProxy: '',
  proxySignsIn: false,
  caBundleFile: '',
  autoFillMfa: false,
  guardRules: [],
  sharedCacheNoticeSeen: true,
  demoStepsClosed: false,
};

/** Moments relative to `nowMs`, as the state writes them. */
export function isoIn(nowMs: number, minutes: number): string {
  return new Date(nowMs + minutes * 60_000).toISOString();
}

/** An account row. */
export function account(
  accountId: string,
  name: string,
  roles: readonly string[],
  extra: Partial<AccountState> = {},
): AccountState {
  return { accountId, name, email: `aws+${accountId.slice(-4)}@acme.example`, roles, stale: false, ...extra };
}

const ACCOUNTS: readonly AccountState[] = [
  account('111122223333', 'Production', ['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess']),
  account('222233334444', 'Staging', ['AdministratorAccess', 'DeveloperAccess', 'ReadOnlyAccess']),
  account('333344445555', 'Development', ['AdministratorAccess', 'DeveloperAccess']),
  account('444455556666', 'Data Platform', ['DataEngineer', 'ReadOnlyAccess']),
  account('555566667777', 'Data Science Sandbox', ['PowerUserAccess']),
  account('666677778888', 'Security Tooling', ['SecurityAudit', 'ReadOnlyAccess']),
  account('777788889999', 'Log Archive', ['ReadOnlyAccess'], { stale: true }),
  account('888899990000', 'Shared Networking', ['NetworkAdministrator', 'ReadOnlyAccess']),
  account('999900001111', 'Billing & Cost Management', ['Billing', 'ReadOnlyAccess']),
  account('000011112222', 'Machine Images', ['PowerUserAccess', 'ReadOnlyAccess']),
  account('121212121212', 'Payments Production', ['ReadOnlyAccess', 'BreakGlassAdministrator']),
  account('343434343434', 'Payments Staging', ['DeveloperAccess', 'ReadOnlyAccess']),
  account('565656565656', '東京リージョン検証', ['DeveloperAccess']),
];

const GLOBEX: readonly AccountState[] = [
  account('909090909090', 'Globex Website', ['SupportUser', 'ReadOnlyAccess']),
  account('101010101010', 'Globex Analytics for the European Customer Success Organization', ['ReadOnlyAccess']),
];

/** A role of the first Identity Center. */
export function acmeRole(accountId: string, roleName: string): RoleTarget {
  return { kind: 'sso-role', ssoSession: 'acme', accountId, roleName };
}

const SELF: Asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };
export const TERRAFORM: Asker = {
  program: 'terraform',
  pid: 48213,
  folder: '~/work/infra/live/production',
  parents: ['zsh', 'Code'],
};

function profile(
  name: string,
  kind: ProfileState['kind'],
  line: number,
  extra: Partial<ProfileState> = {},
): ProfileState {
  return {
    name,
    kind,
    accountId: undefined,
    roleName: undefined,
    roleArn: undefined,
    ssoSession: undefined,
    sourceProfile: undefined,
    mfaSerial: undefined,
    region: 'ap-northeast-1',
    output: undefined,
    protected: false,
    managed: false,
    canFederate: kind !== 'static' && kind !== 'settings-only',
    file: '/home/ada/.aws/config',
    line,
    problems: [],
    ...extra,
  };
}

/** Profiles of both sides: Identity Center, and an IAM user that may only assume roles. */
export const PROFILES: readonly ProfileState[] = [
  profile('admin', 'sso', 12, { ssoSession: 'acme', accountId: '222233334444', roleName: 'AdministratorAccess' }),
  profile('prod-read', 'sso', 19, {
    ssoSession: 'acme',
    accountId: '111122223333',
    roleName: 'ReadOnlyAccess',
    output: 'json',
  }),
  profile('assume-only', 'static', 3, { file: '/home/ada/.aws/credentials', accountId: '767676767676' }),
  profile('admin-role', 'assume-role', 26, {
    accountId: '898989898989',
    roleName: 'OrganizationAdmin',
    roleArn: 'arn:aws:iam::898989898989:role/OrganizationAdmin',
    sourceProfile: 'assume-only',
    mfaSerial: 'arn:aws:iam::767676767676:mfa/ada-phone',
  }),
  profile('legacy-tools', 'assume-role', 33, {
    roleName: 'Tools',
    roleArn: 'arn:aws:iam::676767676767:role/Tools',
    accountId: '676767676767',
    sourceProfile: 'missing',
    canFederate: false,
    problems: [
      {
        code: 'source-profile-missing',
        severity: 'error',
        message: 'Profile “legacy-tools” takes its credentials from “missing”, which does not exist.',
        hint: 'Write a profile of that name, or change source_profile.',
        tools: ['aws-cli', 'boto3', 'js-sdk', 'rolecall'],
        file: '/home/ada/.aws/config',
        line: 33,
      },
      {
        code: 'invisible-to-js',
        severity: 'warning',
        message: 'The AWS SDK for JavaScript reads this section under another name.',
        hint: 'Take the space and # out of the name.',
        tools: ['js-sdk'],
        file: '/home/ada/.aws/config',
        line: 33,
      },
    ],
  }),
];

function directory(accounts: readonly AccountState[], nowMs: number): DirectoryState {
  return {
    accounts: orderAccounts(accounts),
    refreshedAt: isoIn(nowMs, -7),
    progress: undefined,
    failure: undefined,
    changes: undefined,
  };
}

/** An Identity Center that is signed in. */
export function ssoSession(id: string, nowMs: number, extra: Partial<SsoSessionState> = {}): SsoSessionState {
  return {
    id,
    name: id,
    startUrl: `https://${id}.awsapps.com/start`,
    region: 'eu-central-1',
    form: 'sso-session',
    mode: 'shared',
    access: {
      kind: 'signed-in',
      tokenExpiresAt: isoIn(nowMs, 52),
      renewsByItself: true,
      registrationExpiresAt: isoIn(nowMs, 152),
    },
    signIn: undefined,
    lastFailure: undefined,
    ...extra,
  };
}

function live(target: RoleTarget, nowMs: number, minutes: number): LiveRole {
  return { key: targetKey(target), target, expiresAt: isoIn(nowMs, minutes) };
}

function activityAt(nowMs: number): readonly ActivityEntry[] {
  const entry = (minutes: number, what: ActivityEntry['what'], extra: Partial<ActivityEntry>): ActivityEntry => ({
    at: isoIn(nowMs, minutes),
    asker: SELF,
    what,
    target: undefined,
    ssoSession: undefined,
    format: undefined,
    outcome: 'ok',
    detail: '',
    ...extra,
  });
  return [
    entry(-3, 'console', {
      target: acmeRole('111122223333', 'ReadOnlyAccess'),
      detail: 'ap-northeast-1.console.aws.amazon.com/s3/home',
    }),
    entry(-9, 'credentials', { asker: TERRAFORM, target: acmeRole('222233334444', 'AdministratorAccess') }),
    entry(-18, 'copy', { target: acmeRole('222233334444', 'DeveloperAccess'), format: 'fish' }),
    entry(-31, 'credentials', {
      asker: { program: 'aws', pid: 47120, folder: '~/work', parents: ['fish'] },
      target: { kind: 'profile', profile: 'admin-role' },
      outcome: 'cancelled',
    }),
    entry(-55, 'sign-in', { ssoSession: 'acme' }),
    entry(-1500, 'console', {
      target: acmeRole('121212121212', 'BreakGlassAdministrator'),
      outcome: 'refused',
      detail: 'guarded',
    }),
  ];
}

/** A believable day: two Identity Centers, fifteen accounts, an IAM side, some live, some pinned, one guarded. */
export function believableState(nowMs: number): AppState {
  return {
    app: {
      version: '0.1.0',
      shell: 'electron',
      platform: 'linux',
      sandbox: undefined,
      configFile: '/home/ada/.aws/config',
      credentialsFile: '/home/ada/.aws/credentials',
      online: true,
    },
    settings: PLAIN_SETTINGS,
    ssoSessions: [
      ssoSession('acme', nowMs),
      ssoSession('globex', nowMs, { access: { kind: 'expired', expiredAt: isoIn(nowMs, -95) }, region: 'us-east-1' }),
    ],
    directories: { acme: directory(ACCOUNTS, nowMs), globex: directory(GLOBEX, nowMs) },
    profiles: PROFILES,
    fileProblems: [],
    liveRoles: [
      live(acmeRole('111122223333', 'ReadOnlyAccess'), nowMs, 42.5),
      live(acmeRole('222233334444', 'DeveloperAccess'), nowMs, 7.2),
      live(acmeRole('444455556666', 'DataEngineer'), nowMs, 1.4),
    ],
    prompts: [],
    notices: [],
    recentTargets: [
      acmeRole('111122223333', 'ReadOnlyAccess'),
      acmeRole('222233334444', 'DeveloperAccess'),
      acmeRole('333344445555', 'AdministratorAccess'),
      { kind: 'profile', profile: 'admin-role' },
    ],
    marks: {
      [targetKey(acmeRole('111122223333', 'ReadOnlyAccess'))]: { pinned: true },
      [targetKey(acmeRole('222233334444', 'DeveloperAccess'))]: { pinned: true },
      [targetKey(acmeRole('111122223333', 'AdministratorAccess'))]: { pinned: true, guarded: true },
      'account:acme/111122223333': { colour: 'red', tags: ['live', 'tier-1'] },
      'account:acme/222233334444': { colour: 'yellow' },
      'account:acme/333344445555': { colour: 'green' },
      'account:acme/121212121212': { colour: 'red', tags: ['pci'] },
    },
    secretStore: { backend: 'keyring', state: 'ready', message: '', hint: '' },
    activity: activityAt(nowMs),
    clockSkewMs: 0,
  };
}
