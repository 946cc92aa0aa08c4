import { describe, expect, test } from 'vitest';
import { createNotifier } from '../../src/main/notifications.ts';
import { setUpNoticeMessages } from '../../src/main/notice-messages.ts';
import { textsFor, type Language } from '../../src/main/texts.ts';
import type { Notice } from '../../src/shared/app-state.ts';
import { targetKey } from '../../src/shared/role-target.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { createTestStore, minutesAfterNoon, ssoRole, ssoSession } from '../helpers/electron-state.ts';

const role = ssoRole('111122223333', 'Admin');

const ending: Notice = {
  id: `ends:sso:acme:${minutesAfterNoon(10)}`,
  severity: 'warning',
  message: 'Your sign-in to acme ends in 10 minutes.',
  hint: 'Sign in again now to go on without a break.',
  action: { kind: 'sign-in', ssoSession: 'acme' },
  ending: { what: 'sign-in', name: 'acme', endsAt: minutesAfterNoon(10), needs: 'again' },
};

const copied: Notice = {
  id: `ends:role:${targetKey(role)}:${minutesAfterNoon(10)}`,
  severity: 'info',
  message: 'The credentials you copied for Admin in 111122223333 end in 10 minutes.',
  hint: 'Renew them, then copy them again.',
  action: { kind: 'renew', target: role },
  ending: { what: 'role', name: 'Admin in 111122223333', endsAt: minutesAfterNoon(10), needs: 'nothing' },
};

const signedOut: Notice = {
  id: 'signed-out:acme',
  severity: 'warning',
  message: 'You were signed out of acme outside Rolecall.',
  hint: 'Another program removed the sign-in.',
  action: { kind: 'sign-in', ssoSession: 'acme' },
};

function setUp(isWatching = false, language: Language = 'en') {
  const electron = new ElectronStandIn({ userData: '' });
  const { store, clock } = createTestStore({ ssoSessions: [ssoSession()] });
  const clicked: Notice[] = [];
  setUpNoticeMessages({
    notifier: createNotifier(electron.apis.Notification, 'darwin'),
    state: store,
    now: () => clock.now(),
    texts: () => textsFor(language, []),
    isWatching: () => isWatching,
    onClick: (notice) => clicked.push(notice),
  });
  return { electron, store, clicked };
}

test('a notice is shown once, however often the state changes', () => {
  const { electron, store } = setUp();
  store.update(() => ({ notices: [ending] }));
  store.update(() => ({ notices: [{ ...ending, message: 'Your sign-in to acme ends in 9 minutes.' }] }));
  store.update(() => ({ clockSkewMs: 5 }));
  expect(electron.notifications.map(({ options, isShown }) => [options.title, options.body, isShown])).toEqual([
    ['Your sign-in to acme ends in 10 min', 'Sign in again now to go on without a break.', true],
  ]);
});

test('what happens a second time is told a second time, although the first is still on the screen', () => {
  const { electron, store } = setUp();
  const failed: Notice = {
    id: 'tray:openConsole',
    severity: 'error',
    message: 'No network.',
    hint: '',
    action: undefined,
  };
  store.update(() => ({ notices: [failed] }));
  store.update(() => ({ notices: [{ ...failed }] }));
  store.update(() => ({ clockSkewMs: 5 }));
  expect(electron.notifications.map(({ options, isShown }) => [options.title, isShown])).toEqual([
    ['No network.', false],
    ['No network.', true],
  ]);
});

test('a click and the button give back the notice, so that it can be acted on', () => {
  const { electron, store, clicked } = setUp();
  store.update(() => ({ notices: [ending, copied] }));
  electron.notifications[0]?.press('Sign In');
  electron.notifications[1]?.press('Renew Now');
  electron.notifications[1]?.click();
  expect(clicked).toEqual([ending, copied, copied]);
});

test('it goes when its reason is gone, and may come again', () => {
  const { electron, store } = setUp();
  store.update(() => ({ notices: [ending] }));
  store.update(() => ({ notices: [] }));
  expect(electron.notifications.map(({ isShown }) => isShown)).toEqual([false]);
  store.update(() => ({ notices: [ending] }));
  expect(electron.notifications.map(({ isShown }) => isShown)).toEqual([false, true]);
});

test('a user who looks at our window sees it there and is not told twice', () => {
  const { electron, store } = setUp(true);
  store.update(() => ({ notices: [ending] }));
  expect(electron.notifications).toEqual([]);
});

test('how things stand is not told at every start', () => {
  const { electron, store } = setUp();
  store.update(() => ({
    notices: [{ ...ending, id: 'condition:store:missing', action: { kind: 'open-settings' } }],
  }));
  expect(electron.notifications).toEqual([]);
});

describe('in the user’s language', () => {
  test.each([
    ['en', 'Copied credentials for Admin (111122223333) end in 10 min', 'Renew Now'],
    ['zh-CN', '已复制的 Admin (111122223333) 凭证将在 10 分钟后到期', '立即续期'],
    ['ja', 'コピーした Admin (111122223333) の認証情報はあと 10 分で切れます', '今すぐ更新'],
  ] as const)('%s', (language, title, button) => {
    const { electron, store } = setUp(false, language);
    store.update(() => ({ notices: [copied] }));
    const { options } = electron.notifications[0] ?? {};
    expect([options?.title, options?.actions?.map(({ text }) => text)]).toEqual([title, [button]]);
  });

  test('a sign-in that another program took away', () => {
    const { electron, store } = setUp(false, 'ja');
    store.update(() => ({ notices: [signedOut] }));
    expect(electron.notifications[0]?.options.title).toBe('Rolecall の外で acme からサインアウトされました');
  });
});

test('names in it cannot hide or turn text around', () => {
  const { electron, store } = setUp();
  store.update(() => ({
    notices: [{ ...ending, id: 'x', action: undefined, message: 'Access to \u202Edorp\n ends' }],
  }));
  expect(electron.notifications[0]?.options.title).toBe('Access to dorp ends');
});

test('that a sign-in ended is told unless the user does not want to hear of it; other notices are told all the same', () => {
  const { electron, store } = setUp();
  store.update((state) => ({ settings: { ...state.settings, notifySignInEnded: false } }));
  store.update(() => ({ notices: [signedOut, ending] }));
  expect(electron.notifications.map(({ options }) => options.title)).toEqual(['Your sign-in to acme ends in 10 min']);
  store.update((state) => ({ notices: [], settings: { ...state.settings, notifySignInEnded: true } }));
  store.update(() => ({ notices: [signedOut] }));
  expect(electron.notifications).toHaveLength(2);
});
