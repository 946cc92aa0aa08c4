import { describe, expect, test } from 'vitest';
import { createNotifier } from '../../src/main/notifications.ts';
import { setUpPromptMessages } from '../../src/main/prompt-messages.ts';
import { textsFor, type Language } from '../../src/main/texts.ts';
import type { Asker, PromptState } from '../../src/shared/app-state.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { createTestStore, mfaPrompt, ssoRole, ssoSession } from '../helpers/electron-state.ts';

const asker: Asker = { program: 'terraform', pid: 4711, folder: '/home/user/infra', parents: ['bash'] };
const target = ssoRole('111122223333', 'Admin');

function signInPrompt(id: string, changes: Partial<Extract<PromptState, { kind: 'sign-in' }>> = {}): PromptState {
  return {
    kind: 'sign-in',
    id,
    asker,
    target,
    ssoSession: 'acme',
    waiting: 1,
    others: [],
    userAsked: false,
    ...changes,
  };
}

function usePrompt(id: string, guarded: boolean): PromptState {
  return { kind: 'confirm-use', id, asker, target, title: 'Admin', guarded, userAsked: false };
}

interface Circumstances {
  readonly language?: Language;
  readonly isAnswering?: boolean;
  readonly hasNotifications?: boolean;
}

function setUp({ language = 'en', isAnswering = false, hasNotifications = true }: Circumstances = {}) {
  const electron = new ElectronStandIn({ userData: '' });
  electron.hasNotifications = hasNotifications;
  const { store, clock } = createTestStore({ ssoSessions: [ssoSession()] });
  const done: string[] = [];
  const messages = setUpPromptMessages({
    notifier: createNotifier(electron.apis.Notification, 'darwin'),
    state: store,
    clock,
    texts: () => textsFor(language, []),
    isAnswering: () => isAnswering,
    onClick: () => done.push('turned to'),
    answer: (id, answer) => done.push(`${answer} ${id}`),
    onFailed: () => done.push('could not be told'),
  });
  const ask = async (...prompts: PromptState[]): Promise<void> => {
    store.update(() => ({ prompts }));
    await clock.advance(600);
  };
  const shown = () => electron.notifications.filter(({ isShown }) => isShown).map(({ options }) => options);
  return { electron, clock, store, done, messages, ask, shown };
}

describe('what a program wants is told with its name and the role', () => {
  test.each([
    [mfaPrompt('a', false), 'terraform needs an MFA code', 'for admin · device phone · in /home/user/infra'],
    [signInPrompt('a'), 'terraform: sign-in to acme needed', 'for Admin (111122223333) · in /home/user/infra'],
    [usePrompt('a', false), 'terraform wants to use Admin (111122223333)', 'in /home/user/infra'],
    [
      usePrompt('a', true),
      'terraform wants to use Admin (111122223333)',
      'This role is guarded. · in /home/user/infra',
    ],
  ])('%#', async (prompt, title, body) => {
    const { ask, shown } = setUp();
    await ask(prompt);
    expect(shown()).toMatchObject([{ title, body, timeoutType: 'never' }]);
  });

  test.each([
    ['zh-CN', 'terraform 需要您登录 acme'],
    ['ja', 'terraform が acme へのサインインを求めています'],
  ] as const)('in %s', async (language, title) => {
    const { ask, shown } = setUp({ language });
    await ask(signInPrompt('a'));
    expect(shown()[0]?.title).toBe(title);
  });
});

test('programs that are started together are told together, each once, with their roles', async () => {
  const { ask, shown } = setUp();
  const others = ['aws', 'python3', 'aws'].map((program) => ({
    asker: { ...asker, program },
    target: program === 'aws' ? target : ssoRole('444455556666', 'ReadOnly'),
  }));
  await ask(signInPrompt('a', { waiting: 4, others }));
  expect(shown()).toMatchObject([
    {
      title: 'terraform, aws, and python3: sign-in to acme needed',
      body: 'for Admin (111122223333) and ReadOnly (444455556666)',
    },
  ]);
});

test('it is told once, and only what comes first; the next when that is answered', async () => {
  const { ask, electron, shown } = setUp();
  await ask(signInPrompt('a'), usePrompt('b', false));
  await ask(signInPrompt('a', { waiting: 50 }), usePrompt('b', false));
  expect(electron.notifications.length).toBe(1);
  await ask(usePrompt('b', false));
  expect([electron.notifications.length, shown().map(({ title }) => title)]).toEqual([
    2,
    ['terraform wants to use Admin (111122223333)'],
  ]);
});

describe('a program that asks again as soon as its last question ran out', () => {
  const MINUTE = 60_000;

  /** Once a minute; each question is gone before the next. */
  async function pollFor(hours: number, prompt: (id: string) => PromptState) {
    const { ask, clock, electron } = setUp();
    for (let minute = 0; minute < hours * 60; minute += 1) {
      await ask(prompt(`${minute}`));
      await ask();
      await clock.advance(MINUTE - 1_200);
    }
    return electron.notifications.length;
  }

  test('is told twice in ten minutes when it wants a sign-in', async () => {
    expect(await pollFor(1, (id) => signInPrompt(id))).toBe(12);
  });

  test('but each program and each Identity Center for itself', async () => {
    const told = await pollFor(1 / 6, (id) =>
      signInPrompt(id, Number(id) % 2 === 0 ? { ssoSession: 'other' } : { asker: { ...asker, program: 'aws' } }),
    );
    expect(told).toBe(4);
  });

  test('and each time when it wants to use a role or needs a code: the user may have started it each time', async () => {
    expect(await pollFor(1 / 6, (id) => usePrompt(id, true))).toBe(10);
    expect(await pollFor(1 / 6, (id) => mfaPrompt(id, false))).toBe(10);
  });
});

test('what the user asks for is not told: it is on screen', async () => {
  const { ask, electron } = setUp();
  await ask(signInPrompt('a', { userAsked: true }));
  expect(electron.notifications).toEqual([]);
});

test('nor what is answered at once, nor what the user has before them', async () => {
  const quick = setUp();
  await quick.ask();
  quick.clock.setTimer(100, () => undefined);
  quick.ask(signInPrompt('a')).catch(() => undefined);
  await quick.ask();
  const open = setUp({ isAnswering: true });
  await open.ask(signInPrompt('a'));
  expect([quick.electron.notifications, open.electron.notifications]).toEqual([[], []]);
});

test('it goes with the question, and when the user turned to it by another way', async () => {
  const { ask, shown, messages } = setUp();
  await ask(signInPrompt('a'));
  await ask();
  expect(shown()).toEqual([]);
  await ask(signInPrompt('b'));
  messages.takeBack();
  expect(shown()).toEqual([]);
});

describe('buttons', () => {
  test('answer a sign-in and an ordinary use; a click leads to the question', async () => {
    const { ask, electron, done } = setUp();
    await ask(signInPrompt('a'));
    electron.notifications[0]?.press('Sign In');
    await ask(usePrompt('b', false));
    electron.notifications[1]?.press('Refuse');
    electron.notifications[1]?.click();
    expect(done).toEqual(['accept a', 'refuse b', 'turned to']);
  });

  test.each([
    ['guarded use', usePrompt('a', true)],
    ['code', mfaPrompt('a', false)],
  ])('there are none for a %s: it must be seen on screen', async (_name, prompt) => {
    const { ask, shown } = setUp();
    await ask(prompt);
    expect(shown()[0]?.actions).toEqual([]);
  });
});

test('where nothing can be told, the question has to show itself', async () => {
  const { ask, done } = setUp({ hasNotifications: false });
  await ask(signInPrompt('a'));
  expect(done).toEqual(['could not be told']);
});

test('nothing is told of programs where the user does not want to hear of them', async () => {
  const { ask, electron, done, store } = setUp();
  store.update((state) => ({ settings: { ...state.settings, notifyWhenAsked: false } }));
  await ask(signInPrompt('a'));
  expect([electron.notifications, done]).toEqual([[], []]);
});
