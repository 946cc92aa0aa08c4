import { describe, expect, test } from 'vitest';
import type { AppState, NoticeAction } from '../../../src/shared/app-state.ts';
import { englishText } from '../../../src/renderer/i18n/text.ts';
import { createActions } from '../../../src/renderer/shell/actions.ts';
import { createAccessModels } from '../../../src/renderer/state/access-model.ts';
import { createBusyRoles } from '../../../src/renderer/state/busy-roles.ts';
import { followState } from '../../../src/renderer/state/follow-state.ts';
import { createToasts } from '../../../src/renderer/state/toasts.ts';
import { targetKey } from '../../../src/shared/role-target.ts';
import { createFakeClient, finishSignIn } from '../fake-client.ts';
import { acmeRole, believableState } from '../fake-state.ts';

const ROLE = acmeRole('111122223333', 'ReadOnlyAccess');
const GLOBEX_ROLE = {
  kind: 'sso-role',
  ssoSession: 'globex',
  accountId: '909090909090',
  roleName: 'ReadOnlyAccess',
} as const;

function setUp(changes: Partial<AppState> = {}) {
  const fake = createFakeClient({
    view: 'popover',
    state: { ...believableState(0), ...changes },
    now: () => 0,
    answerMs: 0,
  });
  const { state } = followState(fake.client, (action) => action());
  const text = englishText([]);
  const toasts = createToasts({ setTimer: () => () => undefined }, () => text);
  const busy = createBusyRoles();
  const pages: unknown[] = [];
  const actions = createActions({
    client: fake.client,
    state,
    toasts,
    busy,
    writeClipboard: () => Promise.resolve(),
    openPage: (page, subject) => void pages.push([page, subject]),
  });
  const models = createAccessModels();
  const entry = (target: Parameters<typeof targetKey>[0]) => {
    const found = models(fake.state()).find(targetKey(target));
    if (found === undefined) {
      throw new Error('no such role');
    }
    return found;
  };
  const names = (): readonly string[] => fake.given.map((command) => command.name);
  const said = () => toasts.shown.get().map((toast) => ({ ...toast, ...toast.words(text) }));
  return { fake, actions, toasts, said, busy, entry, names, pages };
}

/** Lets the fake client answer several commands, each given when the one before was answered. */
async function answered(): Promise<void> {
  for (let turns = 0; turns < 10; turns += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

describe('opening a console', () => {
  test('asks the core and says where it opened', async () => {
    const { actions, entry, names, said } = setUp();
    actions.openConsole(entry(ROLE), { destination: 's3', region: 'ap-northeast-1' });
    await answered();
    expect(names()).toEqual(['openConsole', 'setMarks']);
    expect(said()[0]?.hint).toBe('ap-northeast-1.console.aws.amazon.com/s3');
  });

  test('the region chosen last is remembered for the account', async () => {
    const { actions, entry, names, fake } = setUp();
    const account = 'account:acme/111122223333';
    actions.openConsole(entry(ROLE), { region: 'ap-northeast-1' });
    await answered();
    expect(fake.state().marks[account]?.region).toBe('ap-northeast-1');
    actions.openConsole(entry(ROLE), { region: 'ap-northeast-1' });
    await answered();
    expect(names().filter((name) => name === 'setMarks')).toHaveLength(1);
  });

  test('a browser that is gone is told, with the default browser as a way out; nothing else opens by itself', async () => {
    const { actions, entry, fake, toasts } = setUp();
    fake.failNext('openConsole', { code: 'browser-gone', message: 'Vivaldi is not there.', hint: 'Choose another.' });
    actions.openConsole(entry(ROLE), { destination: 's3' });
    await answered();
    expect(fake.given.map(({ name }) => name)).toEqual(['openConsole']);
    toasts.shown.get()[0]?.action?.run();
    await answered();
    expect(fake.given[1]).toMatchObject({ name: 'openConsole', input: { destination: 's3', opener: 'default' } });
  });

  test('a second click while the first is under way does nothing', async () => {
    const { actions, entry, names, busy } = setUp();
    actions.openConsole(entry(ROLE));
    actions.openConsole(entry(ROLE));
    expect(busy.keys.get().size).toBe(1);
    await answered();
    expect(names()).toEqual(['openConsole']);
    expect(busy.keys.get().size).toBe(0);
  });

  test('what is asked for meanwhile is done too: a copy, and another place of the same console', async () => {
    const { actions, entry, names, busy } = setUp();
    actions.openConsole(entry(ROLE));
    actions.copy(entry(ROLE));
    actions.openConsole(entry(ROLE), { destination: 's3' });
    actions.copy(entry(ROLE));
    expect(names()).toEqual(['openConsole', 'copyCredentials', 'openConsole']);
    expect(busy.keys.get().size).toBe(1);
    await answered();
    expect(busy.keys.get().size).toBe(0);
  });

  test('while signed out starts the sign-in, and opens when that is through', async () => {
    const { actions, entry, names, fake } = setUp();
    actions.openConsole(entry(GLOBEX_ROLE));
    await answered();
    expect(names()).toEqual(['startSignIn']);
    finishSignIn(fake, 'globex', 0);
    await answered();
    expect(names()).toEqual(['startSignIn', 'openConsole']);
  });

  test('does not open by itself after a sign-in that was cancelled and done again later', async () => {
    const { actions, entry, names, fake } = setUp();
    actions.openConsole(entry(GLOBEX_ROLE));
    await answered();
    await fake.client.execute('cancelSignIn', { ssoSession: 'globex' });
    finishSignIn(fake, 'globex', 0);
    await answered();
    expect(names()).toEqual(['startSignIn', 'cancelSignIn']);
  });

  test('tells what failed, with what to do, and nothing of what the user cancelled', async () => {
    const { actions, entry, fake, toasts, said } = setUp();
    fake.failNext('openConsole', { code: 'no-access', message: 'No access.', hint: 'Ask your administrator.' });
    actions.openConsole(entry(ROLE));
    await answered();
    expect(said()).toMatchObject([{ severity: 'error', message: 'No access.', hint: 'Ask your administrator.' }]);
    toasts.dismiss(toasts.shown.get()[0]?.id ?? 0);
    fake.failNext('openConsole', { code: 'cancelled', message: 'Cancelled.', hint: '' });
    actions.openConsole(entry(ROLE));
    await answered();
    expect(toasts.shown.get()).toEqual([]);
  });
});

describe('copying', () => {
  test('uses the format used last', async () => {
    const { actions, entry, fake } = setUp();
    actions.copy(entry(ROLE));
    await answered();
    expect(fake.given).toEqual([{ name: 'copyCredentials', input: { target: ROLE, format: 'bash' } }]);
  });

  test('in a chosen format makes that the one used last', async () => {
    const { actions, entry, fake } = setUp();
    actions.copy(entry(ROLE), 'fish');
    await answered();
    actions.copy(entry(ROLE));
    await answered();
    expect(fake.given.map((command) => command.input)).toMatchObject([
      { format: 'fish' },
      { changes: { copyFormat: 'fish' } },
      { format: 'fish' },
    ]);
  });
});

test('renewing says how long the new credentials last, and offers to copy them', async () => {
  const { actions, fake, said, names } = setUp();
  actions.renew(ROLE);
  await answered();
  const [toast] = said();
  expect(toast?.message).toMatch(/^Fresh until /);
  expect(toast?.action?.label(englishText([]))).toBe('Copy');
  toast?.action?.run();
  await answered();
  expect(names()).toEqual(['renewCredentials', 'copyCredentials']);
  expect(fake.given[1]?.input).toEqual({ target: ROLE });
});

test('a button pressed twice gives its command once, and again after it was answered', async () => {
  const { actions, names } = setUp();
  for (const press of [1, 2]) {
    actions.renew(ROLE);
    actions.forget(GLOBEX_ROLE);
    void actions.run('openLink', { link: press === 1 ? 'documentation' : 'sandbox-phone' });
  }
  expect(names()).toEqual(['renewCredentials', 'forgetCredentials', 'openLink', 'openLink']);
  await answered();
  actions.renew(ROLE);
  actions.renew(GLOBEX_ROLE);
  expect(names().slice(4)).toEqual(['renewCredentials', 'renewCredentials']);
});

test('a mark put on, taken off and put on again is on, however slow the answers are', async () => {
  const { actions, fake, entry } = setUp();
  const { key } = entry(ROLE);
  for (const pinned of [true, false, true]) {
    actions.setMarks(key, { pinned });
  }
  await answered();
  expect(fake.given.map((command) => command.input)).toEqual(
    [true, false, true].map((pinned) => ({ key, marks: { pinned } })),
  );
});

test('a notice is followed and put away', async () => {
  const { actions, fake } = setUp();
  actions.followNotice({
    id: 'n',
    severity: 'info',
    message: '',
    hint: '',
    action: { kind: 'acknowledge-shared-cache' },
  });
  await answered();
  expect(fake.given).toEqual([
    { name: 'updateSettings', input: { changes: { sharedCacheNoticeSeen: true } } },
    { name: 'dismissNotice', input: { id: 'n' } },
  ]);
});

test.each<[NoticeAction, unknown]>([
  [{ kind: 'open-settings', subject: 'globalShortcut' }, ['settings', 'globalShortcut']],
  [{ kind: 'open-settings' }, ['settings', undefined]],
  [{ kind: 'open-doctor' }, ['doctor', undefined]],
])('a notice with %j leads to its page', (action, page) => {
  const { actions, pages } = setUp();
  actions.followNotice({ id: 'n', severity: 'warning', message: '', hint: '', action });
  expect(pages).toEqual([page]);
});
