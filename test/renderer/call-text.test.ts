import { expect, test } from 'vitest';
import { englishText, loadText } from '../../src/renderer/i18n/text.ts';
import { callText } from '../../src/renderer/prompt/call-text.ts';
import type { PromptState } from '../../src/shared/app-state.ts';

const asker = { program: 'terraform', pid: 7, folder: '/infra', parents: [] };
const signIn: PromptState = {
  kind: 'sign-in',
  id: '1',
  asker,
  target: { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'ReadOnlyAccess' },
  ssoSession: 'corp',
  waiting: 1,
  others: [],
  userAsked: false,
};
const others = ['python3', 'aws'].map((program) => ({
  asker: { ...asker, program },
  target: { kind: 'profile', profile: `of-${program}` } as const,
}));
/** Without the marks around names that keep their direction to themselves. */
const plain = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, '');

test.each([
  ['sign-in', 'terraform (ReadOnlyAccess 111122223333) in /infra needs you to sign in'],
  ['confirm-use', 'terraform (ReadOnlyAccess 111122223333) in /infra wants to use a role'],
  ['mfa', 'terraform (ReadOnlyAccess 111122223333) in /infra needs an MFA code'],
] as const)('one program that waits (%s) is named with its role and folder', (kind, words) => {
  expect(plain(callText({ ...signIn, kind } as PromptState, englishText([])))).toBe(words);
});

test('a program whose folder is unknown is named with its role', () => {
  const prompt = { ...signIn, asker: { ...asker, folder: undefined } };
  expect(plain(callText(prompt, englishText([])))).toBe('terraform (ReadOnlyAccess 111122223333) needs you to sign in');
});

test('several are named each with its role, in the language of the screen', async () => {
  const prompt = { ...signIn, waiting: 3, others };
  expect(plain(callText(prompt, englishText([])))).toBe(
    'terraform (ReadOnlyAccess 111122223333), python3 (of-python3), and aws (of-aws) need you to sign in',
  );
  expect(plain(callText(prompt, await loadText('ja', [])))).toBe(
    'terraform (ReadOnlyAccess 111122223333)、python3 (of-python3)、aws (of-aws) がサインインを求めています',
  );
});

test('a name written right to left stays within its own place', () => {
  const hostile = { ...signIn, others: [{ target: signIn.target, asker: { ...asker, program: 'a\u202Eb' } }] };
  expect(callText(hostile, englishText([]))).not.toContain('\u202E');
});
