import { describe, expect, test } from 'vitest';
import { textsFor } from '../../src/main/texts.ts';
import { toTemplate } from '../../src/main/menu-template.ts';
import { trayMenu, type TrayAction } from '../../src/main/tray-menu.ts';
import type { AccountState, AppState } from '../../src/shared/app-state.ts';
import { targetKey } from '../../src/shared/role-target.ts';
import { emptyAppState } from '../helpers/app-state.ts';
import { StandInMenu } from '../helpers/electron-standin-tray.ts';
import { liveRole, mfaPrompt, minutesAfterNoon, NOON, ssoRole, ssoSession } from '../helpers/electron-state.ts';

const prodAdmin = ssoRole('111122223333', 'Admin');
const devAdmin = ssoRole('444455556666', 'Admin');
const readOnly = ssoRole('111122223333', 'ReadOnly');

function account(accountId: string, name: string): AccountState {
  return { accountId, name, email: 'aws@example.com', roles: ['Admin', 'ReadOnly'], stale: false };
}

const directories: AppState['directories'] = {
  acme: {
    accounts: [account('111122223333', 'Production'), account('444455556666', 'Development')],
    refreshedAt: undefined,
    progress: undefined,
    failure: undefined,
    changes: undefined,
  },
};

const signedIn = ssoSession({
  access: {
    kind: 'signed-in',
    tokenExpiresAt: minutesAfterNoon(330),
    renewsByItself: false,
    registrationExpiresAt: undefined,
  },
});

function profileState(name: string, canFederate: boolean): AppState['profiles'][number] {
  return {
    name,
    kind: 'static',
    accountId: undefined,
    roleName: undefined,
    roleArn: undefined,
    ssoSession: undefined,
    sourceProfile: undefined,
    mfaSerial: undefined,
    region: undefined,
    output: undefined,
    protected: false,
    managed: false,
    canFederate,
    file: '/home/user/.aws/credentials',
    line: 1,
    problems: [],
  };
}

function menuOf(changes: Partial<AppState>, language: 'en' | 'zh-CN' | 'ja' = 'en') {
  const actions: TrayAction[] = [];
  const state = { ...emptyAppState(), directories, ssoSessions: [signedIn], ...changes };
  const template = toTemplate(trayMenu(state, NOON, textsFor(language, [])), (action) => actions.push(action));
  return { menu: new StandInMenu(template), actions };
}

test('a newcomer is offered the app and a first Identity Center', () => {
  const { menu } = menuOf({ ssoSessions: [] });
  expect(menu.lines()).toEqual([
    'Open Rolecall',
    'Find a Role…',
    '---',
    'Identity Centers',
    'Add an Identity Center…',
    '---',
    'Settings…',
    'Quit Rolecall',
  ]);
});

test('pinned, recent and live roles each stand once, with account id and time left', () => {
  const { menu } = menuOf({
    marks: { [targetKey(prodAdmin)]: { pinned: true } },
    recentTargets: [prodAdmin, devAdmin],
    liveRoles: [liveRole(prodAdmin, 42), liveRole(readOnly, 330)],
  });
  expect(menu.lines().filter((line) => !line.startsWith(' '))).toEqual([
    'Open Rolecall',
    'Find a Role…',
    '---',
    'Pinned',
    'Production / Admin (111122223333) · 42 min left',
    '---',
    'Recent',
    'Development / Admin (444455556666)',
    '---',
    'Live',
    'Production / ReadOnly (111122223333) · 5 h 30 min left',
    '---',
    'Identity Centers',
    'acme · 5 h 30 min left',
    '---',
    'Settings…',
    'Quit Rolecall and Forget Credentials',
  ]);
});

test('a role opens its console, or is copied in any format, the own one first', () => {
  const { menu, actions } = menuOf({
    recentTargets: [prodAdmin],
    settings: { ...emptyAppState().settings, copyFormat: 'fish' },
  });
  expect(menu.lines().filter((line) => line.startsWith('  '))).toEqual([
    '  Open Console',
    '  Open Console At',
    '    Console Home',
    '    S3',
    '    EC2',
    '    Lambda',
    '    CloudWatch',
    '    CloudWatch Logs',
    '  Copy Console Link',
    '  Copy Credentials',
    '    fish',
    '    bash / zsh',
    '    PowerShell',
    '    Windows cmd',
    '    .env file',
    '    JSON',
    '    AWS credentials file',
    '  ---',
    '  Pin',
    '  Sign Out',
    '  Open Access Portal',
  ]);
  menu.click('Production / Admin', 'Open Console');
  menu.click('Production / Admin', 'Copy Credentials', 'PowerShell');
  expect(actions).toEqual([
    { kind: 'open-console', target: prodAdmin },
    { kind: 'copy', target: prodAdmin, format: 'powershell' },
  ]);
});

test('a role opens at the services used last, then at those most people use, then at the user’s own pages', () => {
  const { menu, actions } = menuOf({
    recentTargets: [prodAdmin],
    settings: {
      ...emptyAppState().settings,
      recentDestinations: ['dynamodb', 'no-longer-there', 'ec2'],
      customDestinations: [{ name: 'R&D \u202Eboard', url: 'https://console.aws.amazon.com/x?region={region}' }],
    },
  });
  const lines = menu.lines().filter((line) => line.startsWith('    '));
  expect(lines.slice(0, 8)).toEqual([
    '    DynamoDB',
    '    EC2',
    '    Console Home',
    '    S3',
    '    Lambda',
    '    CloudWatch',
    '    ---',
    '    R&&D board',
  ]);
  menu.click('Production / Admin', 'Open Console At', 'DynamoDB');
  menu.click('Production / Admin', 'Open Console At', 'R&&D');
  expect(actions).toEqual([
    { kind: 'open-console', target: prodAdmin, destination: 'dynamodb' },
    { kind: 'open-console', target: prodAdmin, destination: 'https://console.aws.amazon.com/x?region={region}' },
  ]);
});

test('a profile that AWS lets into no console offers none', () => {
  const target = { kind: 'profile', profile: 'key' } as const;
  const { menu } = menuOf({ recentTargets: [target], profiles: [profileState('key', false)] });
  expect(() => menu.click('key', 'Open Console')).toThrow('No line');
  menu.click('key', 'Copy Credentials', 'JSON');
});

test('a role is pinned and unpinned', () => {
  const { menu, actions } = menuOf({
    marks: { [targetKey(prodAdmin)]: { pinned: true } },
    recentTargets: [devAdmin],
  });
  menu.click('Production / Admin', 'Unpin');
  menu.click('Development / Admin', 'Pin');
  expect(actions).toEqual([
    { kind: 'pin', target: prodAdmin, pinned: false },
    { kind: 'pin', target: devAdmin, pinned: true },
  ]);
});

test('quitting with live roles says what becomes of the credentials', () => {
  const quit = menuOf({ liveRoles: [liveRole(readOnly, 30)] }).menu.template.at(-1);
  expect([quit?.label, quit?.toolTip]).toEqual([
    'Quit Rolecall and Forget Credentials',
    'Programs keep what they were given until it expires.',
  ]);
});

test('a role that holds credentials can be renewed and forgotten', () => {
  const { menu, actions } = menuOf({ recentTargets: [prodAdmin], liveRoles: [liveRole(prodAdmin, 42)] });
  menu.click('Production / Admin', 'Renew Now');
  menu.click('Production / Admin', 'Forget Credentials');
  expect(actions.map(({ kind }) => kind)).toEqual(['renew', 'forget']);
  expect(() => menuOf({ recentTargets: [prodAdmin] }).menu.click('Production / Admin', 'Renew Now')).toThrow('No line');
});

describe('an Identity Center', () => {
  test.each([
    [ssoSession(), 'acme · signed out', 'Sign In', 'sign-in'],
    [
      ssoSession({ access: { kind: 'expired', expiredAt: minutesAfterNoon(-9) } }),
      'acme · sign-in expired',
      'Sign In',
      'sign-in',
    ],
    [signedIn, 'acme · 5 h 30 min left', 'Sign Out', 'sign-out'],
    [
      ssoSession({ access: { ...signedIn.access, renewsByItself: true } as typeof signedIn.access }),
      'acme · renews by itself',
      'Sign Out',
      'sign-out',
    ],
    [ssoSession({ signIn: { kind: 'preparing' } }), 'acme · signing in …', 'Cancel Sign-In', 'cancel-sign-in'],
  ])('%# offers what fits: %s', (session, line, label, kind) => {
    const { menu, actions } = menuOf({ ssoSessions: [session] });
    menu.click(line, label);
    expect(actions).toEqual([{ kind, ssoSession: 'acme' }]);
  });
});

test('a question comes first', () => {
  const { menu, actions } = menuOf({ prompts: [mfaPrompt('a', false)] });
  expect(menu.lines()[0]).toBe('Rolecall needs your answer');
  menu.click('Rolecall needs your answer');
  expect(actions).toEqual([{ kind: 'answer' }]);
});

test('guarded roles are marked', () => {
  const { menu } = menuOf({ recentTargets: [prodAdmin], marks: { [targetKey(prodAdmin)]: { guarded: true } } });
  expect(menu.lines()).toContain('Production / Admin (111122223333) · guarded');
});

test('pins keep their order and come back to the right role, whatever the names hold', () => {
  const odd = ssoRole('111122223333', 'a@b', 'x@y');
  const { menu, actions } = menuOf({
    ssoSessions: [signedIn, ssoSession({ id: 'y', name: 'y' }), ssoSession({ id: 'x@y', name: 'x@y' })],
    marks: {
      [targetKey(devAdmin)]: { pinned: true, order: 1 },
      [targetKey(prodAdmin)]: { pinned: true, order: 2 },
      [targetKey(odd)]: { pinned: true, order: 0 },
      'sso:111122223333/Admin/gone': { pinned: true },
      'account:acme/111122223333': { pinned: true },
      'profile:gone': { pinned: true },
    },
  });
  const pins = menu
    .lines()
    .filter((line) => !line.startsWith(' '))
    .slice(4, 7)
    .filter((line) => line.includes('('));
  expect(pins[0]).toBe('a@b (111122223333)');
  menu.click('a@b', 'Open Console');
  expect(actions).toEqual([{ kind: 'open-console', target: odd }]);
  const order = menu.lines().filter((line) => / \/ Admin/.test(line));
  expect(order).toEqual(['Development / Admin (444455556666)', 'Production / Admin (111122223333)']);
});

test('names cannot hide, turn around or break a line', () => {
  const names = ['prod\u202Eved', 'a\nb\tc', 'x\u0000\u200By', 'R&D', '', 'é́́́́', 'A'.repeat(100_000), '\uD800'];
  const { menu } = menuOf({
    directories: {
      acme: {
        ...(directories['acme'] as AppState['directories'][string]),
        accounts: names.map((name, at) => account(`00000000000${at}`, name)),
      },
    },
    recentTargets: names.map((_, at) => ssoRole(`00000000000${at}`, 'Admin')).slice(0, 5),
    liveRoles: names.map((_, at) => liveRole(ssoRole(`00000000000${at}`, 'Admin'), 30)).slice(5),
  });
  const lines = menu.lines().filter((line) => line.includes('Admin ('));
  expect(lines.map((line) => line.replace(/ · .*/, ''))).toEqual([
    'prodved / Admin (000000000000)',
    'abc / Admin (000000000001)',
    'xy / Admin (000000000002)',
    'R&&D / Admin (000000000003)',
    'Admin (000000000004)',
    expect.stringMatching(/^é.{1,2} \/ Admin \(000000000005\)$/u),
    `${'A'.repeat(59)}… / Admin (000000000006)`,
    'Admin (000000000007)',
  ]);
});

test('the menu speaks the user’s language', () => {
  expect(menuOf({ ssoSessions: [] }, 'zh-CN').menu.lines()[0]).toBe('打开 Rolecall');
  expect(menuOf({ ssoSessions: [] }, 'ja').menu.lines()[0]).toBe('Rolecall を開く');
});

test('thousands of pins or live roles do not make an endless menu', () => {
  const roles = Array.from({ length: 2000 }, (_, at) => ssoRole(String(at).padStart(12, '0'), 'Admin'));
  const { menu } = menuOf({
    marks: Object.fromEntries(roles.slice(0, 1000).map((role) => [targetKey(role), { pinned: true }])),
    liveRoles: roles.slice(1000).map((role) => liveRole(role, 30)),
  });
  expect(menu.lines().filter((line) => line.includes('(')).length).toBe(30);
});
