import { describe, expect, test } from 'vitest';
import { StateStore } from '../../../src/core/app/state-store.ts';
import { applyStateMessage, type StateMessage } from '../../../src/shared/state-message.ts';
import type { AccountState, AppState, DirectoryState } from '../../../src/shared/app-state.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { emptyAppState } from '../../helpers/app-state.ts';

function account(number: number, roles: readonly string[] = ['Admin']): AccountState {
  return { accountId: String(number).padStart(12, '0'), name: `account ${number}`, email: '', roles, stale: false };
}

function directory(accounts: readonly AccountState[], done?: number): DirectoryState {
  const progress = done === undefined ? undefined : { accountsDone: done, accountsTotal: accounts.length };
  return { accounts, refreshedAt: undefined, progress, failure: undefined, changes: undefined };
}

function followed(initial?: Partial<AppState>) {
  const clock = new FakeClock();
  const store = new StateStore(clock, { ...emptyAppState(), ...initial });
  const messages: StateMessage[] = [];
  const mirror = { state: emptyAppState() };
  const stop = store.subscribe((message) => {
    messages.push(message);
    mirror.state = applyStateMessage(mirror.state, message);
  });
  return { clock, store, messages, mirror, stop };
}

describe('slices', () => {
  test('a subscriber gets the whole state first', () => {
    const { messages, store } = followed();
    expect(messages).toEqual([{ kind: 'snapshot', state: store.get() }]);
  });

  test('a change sends only the slices that changed, by identity', () => {
    const { messages, store } = followed();
    const { settings, notices } = store.get();
    store.update(() => ({ clockSkewMs: 5, settings, notices }));
    expect(messages.slice(1)).toEqual([{ kind: 'patch', slices: { clockSkewMs: 5 } }]);
  });

  test('a change to the same objects sends nothing', () => {
    const { messages, store } = followed();
    store.update((state) => ({ settings: state.settings, directories: state.directories }));
    store.update(() => ({}));
    expect(messages).toHaveLength(1);
  });

  test('a subscriber that left hears no more, the others still do', () => {
    const { messages, store, stop } = followed();
    const others: StateMessage[] = [];
    store.subscribe((message) => others.push(message));
    stop();
    store.update(() => ({ clockSkewMs: 7 }));
    expect(messages).toHaveLength(1);
    expect(others).toHaveLength(2);
  });

  test('a closed store holds no timer', async () => {
    const { clock, store } = followed();
    store.update(() => ({ directories: { a: directory([account(1)]) } }));
    store.update(() => ({ directories: { a: directory([account(2)]) } }));
    expect(clock.pending).toBe(1);
    store.close();
    expect(clock.pending).toBe(0);
  });
});

describe('directories', () => {
  test('only rows that are other objects than before travel', async () => {
    const rows = [account(1), account(2), account(3)];
    const { clock, messages, mirror, store } = followed({ directories: { corp: directory(rows) } });
    const changed = account(2, ['Admin', 'Audit']);
    store.update(() => ({ directories: { corp: directory([rows[0]!, changed, account(4)], 2) } }));
    await clock.advance(100);
    expect(messages.slice(1)).toEqual([
      {
        kind: 'directory',
        ssoSession: 'corp',
        summary: {
          refreshedAt: undefined,
          progress: { accountsDone: 2, accountsTotal: 3 },
          failure: undefined,
          changes: undefined,
        },
        upserted: [changed, account(4)],
        removed: ['000000000003'],
      },
    ]);
    expect(mirror.state.directories).toEqual(store.get().directories);
  });

  test('a directory that went is told', async () => {
    const { clock, mirror, store } = followed({ directories: { a: directory([]), b: directory([account(1)]) } });
    store.update((state) => ({ directories: { a: state.directories['a']! } }));
    await clock.advance(100);
    expect(mirror.state.directories).toEqual({ a: directory([]) });
  });

  test('a hundred changes in a second send about ten messages, and the last one arrives', async () => {
    const { clock, messages, mirror, store } = followed();
    for (let step = 1; step <= 100; step += 1) {
      store.update(() => ({ directories: { corp: directory([account(step)], step) } }));
      await clock.advance(10);
    }
    await clock.advance(200);
    expect(messages.length - 1).toBeGreaterThanOrEqual(9);
    expect(messages.length - 1).toBeLessThanOrEqual(12);
    expect(mirror.state.directories).toEqual(store.get().directories);
    expect(clock.pending).toBe(0);
  });

  test('a clock set back an hour delays nothing', async () => {
    const { clock, mirror, store } = followed();
    store.update(() => ({ directories: { corp: directory([account(1)]) } }));
    clock.jumpTo('2026-11-23T11:00:00Z');
    store.update(() => ({ directories: { corp: directory([account(2)]) } }));
    await clock.advance(100);
    expect(mirror.state.directories['corp']?.accounts).toEqual([account(2)]);
  });

  test('a subscriber that comes between two flushes ends up with the same state', async () => {
    const { clock, store } = followed();
    store.update(() => ({ directories: { corp: directory([account(1), account(2)]) } }));
    store.update(() => ({ directories: { corp: directory([account(2)]) } }));
    let late = emptyAppState();
    store.subscribe((message) => {
      late = applyStateMessage(late, message);
    });
    store.update(() => ({ directories: { corp: directory([account(3)]) } }));
    await clock.advance(100);
    expect(late.directories).toEqual(store.get().directories);
  });

  test('a row that only a subscriber between two flushes has seen goes there too', async () => {
    const { clock, store } = followed();
    const kept = account(1);
    store.update(() => ({ directories: { corp: directory([kept]) } }));
    store.update(() => ({ directories: { corp: directory([kept, account(2)]) } }));
    let late = emptyAppState();
    store.subscribe((message) => {
      late = applyStateMessage(late, message);
    });
    store.update(() => ({ directories: { corp: directory([kept]) } }));
    await clock.advance(100);
    expect(late.directories).toEqual(store.get().directories);
  });

  test('twenty thousand roles: one changed row is one row on the wire', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => account(index, ['A', 'B', 'C', 'D']));
    const { clock, messages, store } = followed({ directories: { corp: directory(rows) } });
    const rounds = 50;
    for (let round = 0; round < rounds; round += 1) {
      const next = [...(store.get().directories['corp']?.accounts ?? [])];
      next[round] = account(round, ['A', 'B']);
      store.update(() => ({ directories: { corp: directory(next, round) } }));
      await clock.advance(100);
    }
    const sent = messages.slice(1).flatMap((message) => (message.kind === 'directory' ? message.upserted : []));
    expect(sent).toHaveLength(rounds);
    expect(Math.max(...messages.slice(1).map((message) => JSON.stringify(message).length))).toBeLessThan(500);
  });
});
