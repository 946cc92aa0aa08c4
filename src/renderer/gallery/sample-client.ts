import { orderAccounts } from '../../shared/account-order.ts';
import type { AccountState, AppState } from '../../shared/app-state.ts';
import type { Client } from '../../shared/client.ts';
import type { Execute } from '../../shared/commands.ts';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import { packMessage } from '../../shared/sent-message.ts';

/** Accounts for the rows of the gallery. */
const ACCOUNTS: readonly AccountState[] = [
  {
    accountId: '111122223333',
    name: 'Production',
    email: 'aws+prod@acme.example',
    roles: ['AdministratorAccess', 'ReadOnlyAccess'],
    stale: false,
  },
  {
    accountId: '222233334444',
    name: 'Staging',
    email: 'aws+staging@acme.example',
    roles: ['DeveloperAccess'],
    stale: true,
  },
];

const READ: RoleTarget = {
  kind: 'sso-role',
  ssoSession: 'acme',
  accountId: '111122223333',
  roleName: 'ReadOnlyAccess',
};
const ADMIN: RoleTarget = { ...READ, roleName: 'AdministratorAccess' };

/** A client that has one state and does nothing: enough to draw the components that ask for one. */
export function sampleClient(nowMs: number): Client {
  return {
    view: 'window',
    execute: (() => Promise.resolve({ ok: true, value: null })) as Execute,
    subscribe(listener) {
      listener(packMessage({ kind: 'snapshot', state: sampleState(nowMs) }));
      return () => undefined;
    },
    onConnection: () => () => undefined,
  };
}

function sampleState(nowMs: number): AppState {
  const iso = (minutes: number): string => new Date(nowMs + minutes * 60_000).toISOString();
  return {
    app: {
      version: '0',
      shell: 'host',
      platform: 'linux',
      sandbox: undefined,
      configFile: '~/.aws/config',
      credentialsFile: '~/.aws/credentials',
      online: true,
    },
    settings: {
      language: 'system',
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
    },
    ssoSessions: [
      {
        id: 'acme',
        name: 'acme',
        startUrl: 'https://acme.awsapps.com/start',
        region: 'eu-central-1',
        form: 'sso-session',
        mode: 'shared',
        access: { kind: 'signed-in', tokenExpiresAt: iso(50), renewsByItself: true, registrationExpiresAt: iso(150) },
        signIn: undefined,
        lastFailure: undefined,
      },
    ],
    directories: {
      acme: {
        accounts: orderAccounts(ACCOUNTS),
        refreshedAt: iso(-3),
        progress: undefined,
        failure: undefined,
        changes: undefined,
      },
    },
    profiles: [],
    fileProblems: [],
    liveRoles: [{ key: targetKey(READ), target: READ, expiresAt: iso(42.5) }],
    prompts: [],
    notices: [],
    recentTargets: [],
    marks: {
      [targetKey(READ)]: { pinned: true },
      [targetKey(ADMIN)]: { guarded: true },
      'account:acme/111122223333': { colour: 'red' },
      'account:acme/222233334444': { colour: 'yellow' },
    },
    secretStore: { backend: 'keyring', state: 'ready', message: '', hint: '' },
    activity: [],
    clockSkewMs: 0,
  };
}
