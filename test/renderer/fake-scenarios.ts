import { orderAccounts } from '../../src/shared/account-order.ts';
import type { AppState, DirectoryState, Notice, ProfileProblem, PromptState } from '../../src/shared/app-state.ts';
import { account, acmeRole, believableState, isoIn, PLAIN_SETTINGS, ssoSession, TERRAFORM } from './fake-state.ts';
import { HOSTILE_NAMES } from './hostile-names.ts';

/** States a screen can be in, by name; each is made for a present. */
export type Scenario = (nowMs: number) => AppState;

const SANDBOX = {
  startUrl: 'http://127.0.0.1:41007/start',
  region: 'us-east-1',
  phoneUrl: 'http://127.0.0.1:41007/phone',
};

const empty: Scenario = (nowMs) => ({
  ...believableState(nowMs),
  ssoSessions: [],
  directories: {},
  profiles: [],
  liveRoles: [],
  recentTargets: [],
  marks: {},
  activity: [],
});

const BROKEN_FILE: ProfileProblem = {
  code: 'duplicate-section',
  severity: 'error',
  message: '~/.aws/config names [profile admin] twice: the AWS CLI reads nothing of it.',
  hint: 'Remove one of the two, in lines 12 and 40.',
  tools: ['aws-cli', 'boto3'],
  file: '/home/ada/.aws/config',
  line: 40,
};

const mfaPrompt: Extract<PromptState, { kind: 'mfa' }> = {
  kind: 'mfa',
  id: 'prompt-1',
  asker: TERRAFORM,
  target: { kind: 'profile', profile: 'admin-role' },
  title: 'OrganizationAdmin in 898989898989',
  mfaSerial: 'arn:aws:iam::767676767676:mfa/ada-phone',
  deviceName: 'ada-phone',
  accountId: '898989898989',
  notBefore: undefined,
  lastFailure: undefined,
  canAutoFill: false,
  userAsked: true,
};

const NOTICES: readonly Notice[] = [
  {
    id: 'shared-cache',
    code: 'sign-in-is-shared',
    severity: 'info',
    message:
      'Your sign-in is kept where the AWS CLI keeps its own, so every AWS tool on this machine is signed in too.',
    hint: 'The file in ~/.aws/sso/cache can be read by you alone and ends with the sign-in.',
    action: { kind: 'acknowledge-shared-cache' },
  },
  {
    id: 'ending',
    severity: 'warning',
    message: 'Access to Staging ends in 7 minutes.',
    hint: '',
    action: { kind: 'renew', target: acmeRole('222233334444', 'DeveloperAccess') },
  },
];

/** The organization of a thousand names meant to harm. */
const hostile: Scenario = (nowMs) => ({
  ...believableState(nowMs),
  ssoSessions: [ssoSession('acme', nowMs, { name: '<b>acme</b>\u202e', startUrl: 'https://acme.awsapps.com/start' })],
  directories: {
    acme: {
      accounts: orderAccounts(
        HOSTILE_NAMES.map((name, at) =>
          account(String(700_000_000_000 + at), name, ['AdministratorAccess', 'ReadOnlyAccess']),
        ),
      ),
      refreshedAt: isoIn(nowMs, -1),
      progress: undefined,
      failure: undefined,
      changes: undefined,
    },
  },
  profiles: [],
  liveRoles: [],
  recentTargets: [],
  marks: {
    'account:acme/700000000003': {
      alias: '<img src=x onerror=alert(1)>',
      tags: ['</script><script>alert(2)</script>'],
    },
    'sso:700000000005/ReadOnlyAccess/acme': { pinned: true, alias: 'pr\u202eod' },
  },
  activity: [
    {
      at: isoIn(nowMs, -2),
      asker: {
        program: '\u001b]52;c;ZXZpbA==\u0007<script>alert(3)</script>',
        pid: 1,
        folder: '/tmp/<img src=x onerror=alert(4)>',
        parents: [],
      },
      what: 'credentials',
      target: acmeRole('700000000000', 'ReadOnlyAccess'),
      ssoSession: undefined,
      format: undefined,
      outcome: 'ok',
      detail: '{{7*7}} javascript:alert(5)',
    },
  ],
});

/** `accounts` accounts of `rolesEach` roles. */
export function largeState(nowMs: number, accounts: number, rolesEach: number): AppState {
  const words = [
    'Payments',
    'Platform',
    'Analytics',
    'Identity',
    'Media',
    'Orders',
    'Search',
    'Fraud',
    'Mobile',
    'Partner',
  ];
  const stages = ['Production', 'Staging', 'Development', 'Sandbox', 'DR'];
  const roleNames = [
    'AdministratorAccess',
    'PowerUserAccess',
    'ReadOnlyAccess',
    'DeveloperAccess',
    'SecurityAudit',
    'Billing',
    'NetworkAdministrator',
    'DataEngineer',
  ];
  const state = believableState(nowMs);
  return {
    ...state,
    ssoSessions: [ssoSession('acme', nowMs)],
    directories: {
      acme: {
        accounts: orderAccounts(
          Array.from({ length: accounts }, (_, at) =>
            account(
              String(100_000_000_000 + at * 7919),
              `${words[at % words.length] ?? ''} ${stages[at % stages.length] ?? ''} ${Math.floor(at / 50) + 1}`,
              roleNames.slice(0, rolesEach),
            ),
          ),
        ),
        refreshedAt: isoIn(nowMs, -30),
        progress: undefined,
        failure: undefined,
        changes: undefined,
      },
    },
  };
}

function withDirectory(nowMs: number, change: (directory: DirectoryState) => DirectoryState): AppState {
  const state = believableState(nowMs);
  const { acme } = state.directories;
  return {
    ...state,
    ssoSessions: [ssoSession('acme', nowMs)],
    directories: acme === undefined ? {} : { acme: change(acme) },
  };
}

/** Every state that screens are looked at in. */
export const SCENARIOS = {
  normal: believableState,
  'first-run': (nowMs) => empty(nowMs),
  'first-run-profiles': (nowMs) => ({
    ...empty(nowMs),
    profiles: believableState(nowMs).profiles.filter((profile) => profile.ssoSession === undefined),
  }),
  'first-run-found': (nowMs) => ({
    ...empty(nowMs),
    ssoSessions: [ssoSession('acme', nowMs, { access: { kind: 'signed-out' } })],
    profiles: believableState(nowMs).profiles,
  }),
  'first-run-broken': (nowMs) => ({
    ...empty(nowMs),
    profiles: believableState(nowMs).profiles,
    fileProblems: [BROKEN_FILE],
  }),
  sandbox: (nowMs) => ({ ...empty(nowMs), app: { ...empty(nowMs).app, sandbox: SANDBOX } }),
  'sandbox-in': (nowMs) => {
    const state = believableState(nowMs);
    return {
      ...state,
      app: { ...state.app, sandbox: SANDBOX },
      ssoSessions: [ssoSession('acme', nowMs, { startUrl: SANDBOX.startUrl })],
    };
  },
  'signed-out': (nowMs) => ({
    ...empty(nowMs),
    ssoSessions: [ssoSession('acme', nowMs, { access: { kind: 'signed-out' } })],
  }),
  'sign-in-browser': (nowMs) => ({
    ...empty(nowMs),
    ssoSessions: [
      ssoSession('acme', nowMs, {
        access: { kind: 'signed-out' },
        signIn: {
          kind: 'waiting-for-browser',
          method: 'browser',
          startedAt: isoIn(nowMs, -1),
          endsAt: isoIn(nowMs, 9),
        },
      }),
    ],
  }),
  'sign-in-device': (nowMs) => ({
    ...empty(nowMs),
    ssoSessions: [
      ssoSession('acme', nowMs, {
        access: { kind: 'signed-out' },
        signIn: {
          kind: 'waiting-for-device',
          method: 'device',
          userCode: 'BQRT-XKLM',
          verificationUri: 'https://device.sso.eu-central-1.amazonaws.com/',
          startedAt: isoIn(nowMs, -1),
          endsAt: isoIn(nowMs, 9),
        },
      }),
    ],
  }),
  fetching: (nowMs) => {
    return withDirectory(nowMs, (acme) => ({
      ...acme,
      accounts: acme.accounts.slice(0, 5),
      refreshedAt: undefined,
      progress: { accountsDone: 5, accountsTotal: 13 },
    }));
  },
  changes: (nowMs) => withDirectory(nowMs, (acme) => ({ ...acme, changes: { added: 2, removed: 1 } })),
  expired: (nowMs) => ({
    ...believableState(nowMs),
    ssoSessions: [ssoSession('acme', nowMs, { access: { kind: 'expired', expiredAt: isoIn(nowMs, -12) } })],
    liveRoles: [],
  }),
  offline: (nowMs) => {
    const state = believableState(nowMs);
    return { ...state, app: { ...state.app, online: false }, ssoSessions: [ssoSession('acme', nowMs)] };
  },
  throttled: (nowMs) => {
    return withDirectory(nowMs, (acme) => ({
      ...acme,
      failure: {
        code: 'throttled',
        message: 'AWS asks to slow down; 4 accounts are from last time.',
        hint: 'Rolecall tries again by itself.',
      },
    }));
  },
  'files-broken': (nowMs) => ({
    ...believableState(nowMs),
    fileProblems: [BROKEN_FILE],
  }),
  notices: (nowMs) => ({ ...believableState(nowMs), notices: NOTICES }),
  'clock-off': (nowMs) => ({
    ...believableState(nowMs),
    notices: [
      {
        id: 'condition:clock',
        code: 'clock',
        severity: 'warning',
        message: 'The clock of this machine is 9 minutes slow.',
        hint: 'Rolecall goes by the time of AWS, but other tools will fail. Set the clock, or let the system set it.',
        action: { kind: 'open-doctor' },
      },
    ],
  }),
  hostile,
  mfa: (nowMs) => ({ ...believableState(nowMs), prompts: [mfaPrompt] }),
  'sandbox-mfa': (nowMs) => {
    const state = believableState(nowMs);
    return { ...state, app: { ...state.app, sandbox: SANDBOX }, prompts: [mfaPrompt] };
  },
  'mfa-rejected': (nowMs) => ({
    ...believableState(nowMs),
    prompts: [
      {
        ...mfaPrompt,
        canAutoFill: true,
        notBefore: isoIn(nowMs, 0.2),
        lastFailure: {
          code: 'mfa-code-rejected',
          message: 'AWS did not accept the code of ada-phone.',
          hint: 'Wait for the next one; each works once.',
        },
      },
    ],
  }),
  'sign-in-prompt': (nowMs) => ({
    ...believableState(nowMs),
    prompts: [
      {
        kind: 'sign-in',
        id: 'prompt-2',
        asker: TERRAFORM,
        target: acmeRole('111122223333', 'ReadOnlyAccess'),
        ssoSession: 'acme',
        waiting: 3,
        others: [
          { asker: { ...TERRAFORM, program: 'python3' }, target: acmeRole('111122223333', 'AdministratorAccess') },
          { asker: { ...TERRAFORM, program: 'aws' }, target: { kind: 'profile', profile: 'staging-admin' } },
        ],
        userAsked: false,
      },
    ],
  }),
  'confirm-use': (nowMs) => ({
    ...believableState(nowMs),
    prompts: [
      {
        kind: 'confirm-use',
        id: 'prompt-3',
        asker: { program: 'python3', pid: 51002, folder: '~/work/infra', parents: ['node', 'zsh'] },
        target: acmeRole('111122223333', 'AdministratorAccess'),
        title: 'AdministratorAccess in Production',
        guarded: true,
        userAsked: false,
      },
    ],
  }),
  'host-prompt': (nowMs) => {
    const state = believableState(nowMs);
    return { ...state, app: { ...state.app, shell: 'host' }, prompts: [mfaPrompt] };
  },
  'host-call': (nowMs) => {
    const state = believableState(nowMs);
    return { ...state, app: { ...state.app, shell: 'host' }, prompts: [{ ...mfaPrompt, userAsked: false }] };
  },
  'many-centers': (nowMs) => {
    const state = believableState(nowMs);
    return {
      ...state,
      ssoSessions: [...state.ssoSessions, ssoSession('initech', nowMs, { access: { kind: 'signed-out' } })],
    };
  },
  'no-accounts': (nowMs) => ({
    ...empty(nowMs),
    ssoSessions: [ssoSession('acme', nowMs)],
    directories: {
      acme: {
        accounts: [],
        refreshedAt: isoIn(nowMs, -1),
        progress: undefined,
        failure: undefined,
        changes: undefined,
      },
    },
  }),
  rules: (nowMs) => ({
    ...believableState(nowMs),
    settings: {
      ...PLAIN_SETTINGS,
      guardRules: [{ account: '*prod*', role: '*Admin*' }],
      consoleRules: [
        { account: '*prod*', role: '*Admin*', opener: 'browser:chrome/Profile 1' },
        { account: '*', role: '*', tag: 'live', ssoSession: 'acme', opener: 'granted:firefox' },
        { account: '*', role: 'ReadOnly*', opener: 'browser:vivaldi' },
      ],
      customDestinations: [
        {
          name: 'Deploy dashboard',
          url: 'https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}#dashboards:name=deploy',
        },
      ],
      recentDestinations: ['s3', 'logs'],
    },
    secretStore: {
      backend: 'memory',
      state: 'missing',
      message: 'This machine has no keyring.',
      hint: 'Secrets are forgotten when Rolecall ends; a passphrase keeps them.',
    },
  }),
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;
