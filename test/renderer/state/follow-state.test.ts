import { describe, expect, test } from 'vitest';
import { orderAccounts } from '../../../src/shared/account-order.ts';
import type { StateMessage } from '../../../src/shared/state-message.ts';
import { followState } from '../../../src/renderer/state/follow-state.ts';
import { createFakeClient } from '../fake-client.ts';
import { account, believableState } from '../fake-state.ts';

/** A page whose frames come when the test says so. */
function setUp() {
  const fake = createFakeClient({ view: 'popover', state: believableState(0), now: () => 0, answerMs: 0 });
  const frames: (() => void)[] = [];
  const followed = followState(fake.client, (action) => frames.push(action));
  const draw = (): void => frames.splice(0).forEach((frame) => frame());
  return { fake, followed, frames, draw };
}

const GROWTH: StateMessage = {
  kind: 'directory',
  ssoSession: 'acme',
  summary: {
    refreshedAt: undefined,
    progress: { accountsDone: 1, accountsTotal: 2 },
    failure: undefined,
    changes: undefined,
  },
  upserted: [account('123456789012', 'New', ['R'])],
  removed: ['777788889999'],
};

describe('the state a page follows', () => {
  test('is there with the first snapshot, without waiting for a frame', () => {
    expect(setUp().followed.state.get()?.ssoSessions).toHaveLength(2);
  });

  test('takes what arrives within a frame in one step', () => {
    const { fake, followed, frames, draw } = setUp();
    let drawn = 0;
    followed.state.subscribe(() => {
      drawn += 1;
    });
    fake.push(GROWTH);
    fake.patch({ notices: [] });
    fake.patch({ clockSkewMs: 5 });
    expect(frames).toHaveLength(1);
    draw();
    expect(drawn).toBe(1);
    expect(followed.state.get()?.clockSkewMs).toBe(5);
  });

  test('keeps rows that did not change, takes new ones, drops removed ones', () => {
    const { fake, followed, draw } = setUp();
    const before = followed.state.get()?.directories['acme']?.accounts[0];
    fake.push(GROWTH);
    draw();
    const after = followed.state.get()?.directories['acme'];
    expect(after?.accounts).toContain(before);
    expect(after?.accounts.map((row) => row.accountId)).toContain('123456789012');
    expect(after?.accounts.map((row) => row.accountId)).not.toContain('777788889999');
    expect(after?.progress?.accountsDone).toBe(1);
    expect(orderAccounts(after?.accounts ?? [])).toBe(after?.accounts);
  });

  test('forgets a directory that is gone', () => {
    const { fake, followed, draw } = setUp();
    fake.push({ kind: 'directory', ssoSession: 'acme', summary: undefined, upserted: [], removed: [] });
    draw();
    expect(Object.keys(followed.state.get()?.directories ?? {})).toEqual(['globex']);
  });

  test('leaves slices that a patch does not name as they are', () => {
    const { fake, followed, draw } = setUp();
    const before = followed.state.get();
    fake.patch({ notices: [] });
    draw();
    expect(followed.state.get()?.directories).toBe(before?.directories);
    expect(followed.state.get()?.marks).toBe(before?.marks);
  });

  test('tells when the core is lost and found', () => {
    const { fake, followed } = setUp();
    fake.setConnected(false);
    expect(followed.connected.get()).toBe(false);
    fake.setConnected(true);
    expect(followed.connected.get()).toBe(true);
  });

  test('stands still after stop', () => {
    const { fake, followed, frames } = setUp();
    followed.stop();
    fake.patch({ clockSkewMs: 9 });
    expect(frames).toHaveLength(0);
  });
});
