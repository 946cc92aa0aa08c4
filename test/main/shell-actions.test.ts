import { expect, test } from 'vitest';
import type { Core } from '../../src/core/app/core.ts';
import { createShellActions } from '../../src/main/shell-actions.ts';
import { textsFor, type Language } from '../../src/main/texts.ts';
import type { Notice } from '../../src/shared/app-state.ts';
import type { FailureCode } from '../../src/shared/reply.ts';
import { emptyAppState } from '../helpers/app-state.ts';

/** The notices that come of a click on "open console" which fails. */
async function noticesOfFailure(language: Language, code: FailureCode): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  const failure = { code, message: 'You may not use Admin.', hint: 'Ask for access.' };
  const core = {
    execute: () => Promise.resolve({ ok: false, failure }),
    notify: (notice: Notice) => void notices.push(notice),
    state: { get: () => emptyAppState() },
  } as unknown as Core;
  const unused = (): never => {
    throw new Error('Nothing of this belongs to a failure');
  };
  const actions = createShellActions({
    core,
    notifier: { show: unused },
    texts: () => textsFor(language, []),
    now: () => new Date(0),
    openWindow: unused,
    openPopover: unused,
    focusPrompt: unused,
    quit: unused,
  });
  actions.onTrayAction({ kind: 'open-console', target: { kind: 'profile', profile: 'admin' } });
  await Promise.resolve();
  await Promise.resolve();
  return notices;
}

test('a click in the menu that fails is told in the user’s language, with what the core says beneath', async () => {
  expect(await noticesOfFailure('en', 'no-access')).toMatchObject([
    { message: 'Rolecall could not do that: You may not use Admin.', hint: 'Ask for access.' },
  ]);
  expect(await noticesOfFailure('ja', 'no-access')).toMatchObject([
    {
      message: 'Rolecall はその操作を完了できませんでした：このロールを使う権限がありません。',
      hint: 'You may not use Admin. Ask for access.',
    },
  ]);
  expect(await noticesOfFailure('zh-CN', 'no-access')).toMatchObject([
    {
      message: 'Rolecall 无法完成此操作：您无权使用此角色。',
      hint: 'You may not use Admin. Ask for access.',
    },
  ]);
});

test('what the user cancelled is not told', async () => {
  expect(await noticesOfFailure('ja', 'cancelled')).toEqual([]);
});
