import { describe, expect, test, vi } from 'vitest';
import { OfflineError } from '../../../src/core/aws/aws-errors.ts';
import { toFailure } from '../../../src/core/model/errors.ts';
import type { RoleTarget } from '../../../src/shared/role-target.ts';
import { coreUnderTest, type CoreUnderTest } from '../../helpers/core-under-test.ts';
import { settle } from '../../helpers/fake-clock.ts';
import { NO_DIRECTORY, profileConfig, ssoSessionConfig, type FakeServices } from '../../helpers/fake-services.ts';

const MINUTE = 60_000;
const admin: RoleTarget = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' };

function corp(leftMinutes: number, renewsByItself = true) {
  return (fake: FakeServices): void => {
    fake.profiles = { profiles: [], ssoSessions: [ssoSessionConfig('corp')], problems: [] };
    fake.signedIn('corp', leftMinutes * MINUTE, renewsByItself);
  };
}

const noticeIds = ({ core }: CoreUnderTest) => core.state.get().notices.map(({ id }) => id);
const access = ({ core }: CoreUnderTest) => core.state.get().ssoSessions[0]?.access;

describe('renewal', () => {
  test('a token is renewed once, a quarter of an hour before its end', async () => {
    const under = await coreUnderTest(corp(60));
    await under.clock.advance(43 * MINUTE);
    expect(under.fake.count('renew')).toBe(0);
    await under.clock.advance(2 * MINUTE);
    expect(under.fake.count('renew')).toBe(1);
    await under.clock.advance(40 * MINUTE);
    expect(under.fake.count('renew')).toBe(1);
  });

  test('not when it is switched off, and not what does not renew by itself', async () => {
    const off = await coreUnderTest(corp(60), { renewInBackground: false });
    const cannot = await coreUnderTest(corp(60, false));
    await off.clock.advance(61 * MINUTE);
    await cannot.clock.advance(61 * MINUTE);
    expect(off.fake.count('renew') + cannot.fake.count('renew')).toBe(0);
  });

  test('a token that lives for ten minutes is not renewed without end', async () => {
    const under = await coreUnderTest(corp(10));
    await under.clock.advance(6 * MINUTE);
    expect(under.fake.count('renew')).toBe(1);
  });

  test('a failure is tried again, ever less often, at least every minute', async () => {
    const under = await coreUnderTest((fake) => {
      corp(14)(fake);
      fake.failures.set('renew', new OfflineError('oidc.eu-west-1.amazonaws.com'));
    });
    await under.clock.advance(8 * MINUTE);
    const tries = under.fake.count('renew');
    expect(tries).toBeGreaterThanOrEqual(3);
    expect(tries).toBeLessThanOrEqual(6);
    expect(under.core.state.get().app.online).toBe(false);
    under.fake.failures.clear();
    await under.clock.advance(MINUTE);
    expect(under.core.state.get().app.online).toBe(true);
    expect(under.fake.count('renew')).toBe(tries + 1);
  });

  test('with the network back, or after waking, it is tried within a second', async () => {
    const under = await coreUnderTest((fake) => {
      corp(10)(fake);
      fake.failures.set('renew', new OfflineError('oidc.eu-west-1.amazonaws.com'));
    });
    await under.clock.advance(8 * MINUTE);
    under.fake.failures.clear();
    const before = under.fake.count('renew');
    for (const event of ['online', 'resume', 'unlock'] as const) {
      under.fake.signedIn('corp', MINUTE);
      under.core.onPowerEvent(event);
      await settle();
    }
    expect(under.fake.count('renew')).toBe(before + 1);
  });

  test.each([
    ['two hours on', 2 * 60],
    ['two hours back', -2 * 60],
    ['a day on', 24 * 60],
    ['a day back', -24 * 60],
    ['to 1970', -Math.floor(Date.parse('2026-11-23') / MINUTE)],
    ['to 2100', 73 * 365 * 24 * 60],
  ])('a clock that jumps %s never asks more than once in five seconds, and goes on', async (_, minutes) => {
    const under = await coreUnderTest((fake) => {
      corp(60)(fake);
      fake.failures.set('renew', new OfflineError('oidc.eu-west-1.amazonaws.com'));
    });
    await under.clock.advance(MINUTE);
    under.clock.jumpTo(under.clock.now().getTime() + minutes * MINUTE);
    await under.clock.advance(5 * MINUTE);
    expect(under.fake.count('renew')).toBeLessThanOrEqual(10);
    under.fake.failures.clear();
    under.fake.signedIn('corp', MINUTE);
    under.core.onPowerEvent('resume');
    await under.clock.advance(2 * MINUTE);
    expect(access(under)).toMatchObject({ kind: 'signed-in' });
    expect(JSON.stringify(under.core.state.get())).not.toContain('NaN');
  });
});

describe('notices', () => {
  test('the end of a sign-in that does not renew is told ten minutes before, once, and goes with it', async () => {
    const under = await coreUnderTest(corp(60, false), { sharedCacheNoticeSeen: true });
    await under.clock.advance(49 * MINUTE);
    expect(noticeIds(under)).toEqual([]);
    await under.clock.advance(2 * MINUTE);
    expect(under.core.state.get().notices).toMatchObject([{ action: { kind: 'sign-in', ssoSession: 'corp' } }]);
    const [id] = noticeIds(under);
    await under.execute('dismissNotice', { id: id! });
    await under.clock.advance(MINUTE);
    expect(noticeIds(under)).toEqual([]);
  });

  test('a sign-in that renews by itself is not told of', async () => {
    const under = await coreUnderTest(corp(60), { sharedCacheNoticeSeen: true });
    await under.clock.advance(3 * 60 * MINUTE);
    expect(noticeIds(under)).toEqual([]);
  });

  test('set to nothing, nothing is told', async () => {
    const under = await coreUnderTest(corp(60, false), { sharedCacheNoticeSeen: true, notifyBeforeEndMinutes: 0 });
    await under.clock.advance(59 * MINUTE);
    expect(noticeIds(under)).toEqual([]);
  });

  test('a wrong clock is told, by AWS: not by what the machine says of itself', async () => {
    const under = await coreUnderTest((fake) => {
      fake.skewMs = 11 * MINUTE;
    });
    await under.clock.advance(5_000);
    expect(under.core.state.get()).toMatchObject({
      clockSkewMs: 11 * MINUTE,
      notices: [{ message: expect.stringContaining('11 minutes slow') as string }],
    });
    under.fake.skewMs = 0;
    await under.clock.advance(5_000);
    expect(noticeIds(under)).toEqual([]);
  });

  test('a secret store that fails is told; a missing one only where something needs it', async () => {
    const missing = { backend: 'none', state: 'missing', message: 'No keyring.', hint: 'Choose.' } as const;
    const under = await coreUnderTest((fake) => {
      fake.store = missing;
    });
    await under.clock.advance(5_000);
    expect(noticeIds(under)).toEqual([]);
    under.fake.profiles = { ...under.fake.profiles, profiles: [profileConfig('iam', { kind: 'static' })] };
    under.fake.filesChanged();
    await under.clock.advance(5_000);
    expect(under.core.state.get().notices).toMatchObject([
      { message: 'No keyring.', action: { kind: 'open-settings' } },
    ]);
    under.fake.storeChanged({ backend: 'keyring', state: 'locked', message: 'Locked.', hint: 'Unlock.' });
    await under.clock.advance(5_000);
    expect(under.core.state.get()).toMatchObject({
      secretStore: { state: 'locked' },
      notices: [{ message: 'Locked.' }],
    });
    under.fake.storeChanged({ backend: 'keyring', state: 'ready', message: '', hint: '' });
    await under.clock.advance(5_000);
    expect(noticeIds(under)).toEqual([]);
  });
});

describe('the rest', () => {
  test('locking the screen empties our clipboard; quitting does too', async () => {
    const under = await coreUnderTest(corp(60), { clipboardClearSeconds: 0 });
    await under.execute('copyCredentials', { target: admin });
    under.core.onPowerEvent('lock');
    await settle();
    expect(under.clipboard.text).toBe('');
    await under.execute('copyCredentials', { target: admin });
    await under.core.close();
    expect(under.clipboard.text).toBe('');
  });

  test('roles whose credentials have ended leave the list', async () => {
    const under = await coreUnderTest(corp(60));
    await under.execute('renewCredentials', { target: admin });
    under.fake.services.credentials.forget(admin);
    expect(under.core.state.get().liveRoles).toEqual([]);
  });

  test('a token that has ended shows as such', async () => {
    const under = await coreUnderTest(corp(30, false));
    under.fake.access.set('corp', { kind: 'expired', expiredAt: '2026-11-23T12:30:00.000Z' });
    await under.clock.advance(31 * MINUTE);
    expect(access(under)).toMatchObject({ kind: 'expired' });
  });

  test('believed to be offline without anybody telling, it is tried again after a minute', async () => {
    const under = await coreUnderTest(corp(60));
    under.core.onPowerEvent('offline');
    expect(under.core.state.get().app.online).toBe(false);
    await under.clock.advance(70_000);
    expect(under.core.state.get().app.online).toBe(true);
  });

  test.each([
    ['when the system tells that it is', (under: CoreUnderTest) => under.core.onPowerEvent('online'), 5_000],
    ['within a minute where nobody tells', () => {}, 70_000],
  ])('a list of accounts that the lost network broke off goes on once it is back: %s', async (_how, tell, withinMs) => {
    const under = await coreUnderTest(corp(24 * 60));
    const { directory } = under.core.services;
    const failure = toFailure(new OfflineError('portal.sso.eu-west-1.amazonaws.com'));
    const refresh = vi.spyOn(directory, 'refresh').mockImplementation(async (_id, onChange) => {
      onChange({ ...NO_DIRECTORY, failure });
      throw new OfflineError('portal.sso.eu-west-1.amazonaws.com');
    });
    await under.execute('refreshDirectory', { ssoSession: 'corp' });
    await under.clock.advance(20_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    refresh.mockRestore();
    tell(under);
    await under.clock.advance(withinMs);
    expect(under.core.state.get().directories['corp']).toMatchObject({ failure: undefined });
    const asked = under.fake.count('refresh corp');
    await under.clock.advance(10 * MINUTE);
    expect(under.fake.count('refresh corp')).toBe(asked);
  });

  test('accounts are asked for anew every six hours', async () => {
    const under = await coreUnderTest(corp(24 * 60));
    await under.clock.advance(13 * 60 * MINUTE);
    expect(under.fake.count('refresh corp')).toBe(3);
  });

  test('after a weekend asleep the accounts are asked for at once, and once', async () => {
    const under = await coreUnderTest(corp(24 * 60));
    await under.clock.advance(60 * MINUTE);
    under.clock.jumpTo(under.clock.now().getTime() + 62 * 60 * MINUTE);
    under.fake.signedIn('corp', 24 * 60 * MINUTE, true);
    under.core.onPowerEvent('resume');
    await under.clock.advance(60 * MINUTE);
    expect(under.fake.count('refresh corp')).toBe(2);
  });

  test('accounts that could not be asked for without a network are asked for a minute later, while it is there', async () => {
    const failure = toFailure(new OfflineError('portal.sso.eu-west-1.amazonaws.com'));
    const under = await coreUnderTest((fake) => {
      corp(24 * 60)(fake);
      fake.kept.set('corp', { ...NO_DIRECTORY, failure });
    });
    await under.clock.advance(MINUTE - 10_000);
    expect(under.fake.count('refresh corp')).toBe(1);
    under.fake.kept.delete('corp');
    await under.clock.advance(60 * MINUTE);
    expect(under.fake.count('refresh corp')).toBe(2);
  });

  test('a closed core has no timer and no listener left', async () => {
    const under = await coreUnderTest(corp(60));
    await under.execute('startSignIn', { ssoSession: 'corp' });
    await under.core.close();
    expect(under.clock.pending).toBe(0);
    const calls = under.fake.calls.length;
    under.fake.filesChanged();
    await settle();
    expect(under.fake.calls.length).toBe(calls);
  });
});
