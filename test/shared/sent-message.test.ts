import { expect, test } from 'vitest';
import type { AccountState, AppState } from '../../src/shared/app-state.ts';
import { packMessage, unpackMessage, type SentMessage } from '../../src/shared/sent-message.ts';
import { largeState } from '../renderer/fake-scenarios.ts';

function account(accountId: string, more: Partial<AccountState> = {}): AccountState {
  return { accountId, name: `Account ${accountId}`, email: 'aws@example.com', roles: [], stale: false, ...more };
}

function stateOf(directories: Readonly<Record<string, readonly AccountState[]>>): AppState {
  const state = largeState(0, 1, 1);
  const { acme } = state.directories;
  if (acme === undefined) {
    throw new Error('The state has no directory');
  }
  const entries = Object.entries(directories).map(([id, accounts]) => [id, { ...acme, accounts }] as const);
  return { ...state, directories: Object.fromEntries(entries) };
}

/** As it comes out at the other side of a process border. */
function sent(message: SentMessage): SentMessage {
  return JSON.parse(JSON.stringify(message)) as SentMessage;
}

function arrived(state: AppState): AppState | undefined {
  const message = unpackMessage(sent(packMessage({ kind: 'snapshot', state })));
  return message.kind === 'snapshot' ? message.state : undefined;
}

test.each<[string, Readonly<Record<string, readonly AccountState[]>>]>([
  ['no Identity Center', {}],
  ['one without accounts', { acme: [] }],
  [
    'accounts whose names hold what separates names elsewhere',
    { acme: [account('1', { name: 'a\nb\u0000,"', email: '' }), account('2', { name: '' })] },
  ],
  [
    'role lists that read the same when joined',
    { acme: [account('1', { roles: ['a', 'b,c'] }), account('2', { roles: ['a,b', 'c'] }), account('3')] },
  ],
  ['stale accounts among others', { acme: [account('1'), account('2', { stale: true }), account('3')] }],
  ['the same account in two Identity Centers', { acme: [account('1')], beta: [account('1', { roles: ['x'] })] }],
  [
    'an Identity Center called as what every object has',
    { constructor: [account('1')], ['__proto__']: [account('2')] },
  ],
])('a snapshot arrives as it was: %s', (_what, directories) => {
  const state = stateOf(directories);
  const after = arrived(state);
  expect(Object.keys(after?.directories ?? {})).toEqual(Object.keys(state.directories));
  expect(JSON.parse(JSON.stringify(after))).toEqual(JSON.parse(JSON.stringify(state)));
});

test('accounts with the same roles share one list of them, sent once', () => {
  const state = largeState(0, 1_000, 4);
  const packed = JSON.stringify(packMessage({ kind: 'snapshot', state }));
  expect(packed.split('AdministratorAccess').length).toBe(
    JSON.stringify({ ...state, directories: {} }).split('AdministratorAccess').length + 1,
  );
  const lists = arrived(state)?.directories['acme']?.accounts.map(({ roles }) => roles);
  expect(new Set(lists).size).toBe(1);
});

test('what is not a snapshot passes as it is', () => {
  const patch = { kind: 'patch', slices: { clockSkewMs: 7 } } as const;
  expect(packMessage(patch)).toBe(patch);
  expect(unpackMessage(patch)).toBe(patch);
});
