import { describe, expect, test } from 'vitest';
import { expiryNotices, type ExpirySituation } from '../../../src/core/app/expiry-notices.ts';
import type { SsoAccess, SsoSessionState } from '../../../src/shared/app-state.ts';
import { targetKey, type RoleTarget } from '../../../src/shared/role-target.ts';

const NOW = Date.parse('2026-11-23T23:55:00Z');
const ROLE: RoleTarget = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' };

const inMinutes = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

function session(access: SsoAccess): SsoSessionState {
  return {
    id: 'corp',
    name: 'corp',
    startUrl: 'https://corp.awsapps.com/start',
    region: 'eu-west-1',
    form: 'sso-session',
    mode: 'shared',
    access,
    signIn: undefined,
    lastFailure: undefined,
  };
}

function signedIn(minutes: number, renewsByItself = false): SsoAccess {
  return {
    kind: 'signed-in',
    tokenExpiresAt: inMinutes(minutes),
    renewsByItself,
    registrationExpiresAt: undefined,
  };
}

function notices(changes: Partial<ExpirySituation>) {
  return expiryNotices({
    ssoSessions: [],
    profiles: [],
    copiedRoles: [],
    now: new Date(NOW),
    notifyBeforeEndMinutes: 10,
    renewInBackground: true,
    ...changes,
  });
}

function copied(target: RoleTarget, minutes: number) {
  return [{ key: targetKey(target), target, expiresAt: inMinutes(minutes) }];
}

describe('a sign-in', () => {
  test('is told of ten minutes before its end, not before, not after, also across midnight', () => {
    const told = (minutes: number) =>
      notices({ ssoSessions: [session(signedIn(minutes))] }).map(({ message }) => message);
    expect(told(10.1)).toEqual([]);
    expect(told(10)).toEqual(['Your sign-in to corp ends in 10 minutes.']);
    expect(told(1)).toEqual(['Your sign-in to corp ends in one minute.']);
    expect(told(0)).toEqual([]);
  });

  test('that renews by itself is no news, unless renewing is switched off', () => {
    const ssoSessions = [session(signedIn(5, true))];
    expect(notices({ ssoSessions })).toEqual([]);
    expect(notices({ ssoSessions, renewInBackground: false })).toHaveLength(1);
    expect(notices({ ssoSessions, renewInBackground: false, notifyBeforeEndMinutes: 0 })).toEqual([]);
  });

  test('is renewed by one click, which signs in again', () => {
    expect(notices({ ssoSessions: [session(signedIn(5))] })).toMatchObject([
      {
        action: { kind: 'sign-in', ssoSession: 'corp' },
        ending: { what: 'sign-in', name: 'corp', endsAt: inMinutes(5), needs: 'again' },
      },
    ]);
  });
});

describe('copied credentials', () => {
  test('are renewed by one click; what that takes is said first', () => {
    const needs = (access: SsoAccess) =>
      notices({ ssoSessions: [session(access)], copiedRoles: copied(ROLE, 9) }).map(({ ending, action, hint }) => [
        ending?.needs,
        action?.kind,
        hint,
      ]);
    expect(needs(signedIn(60, true))).toEqual([['nothing', 'renew', 'Renew them, then copy them again.']]);
    for (const access of [{ kind: 'signed-out' }, { kind: 'expired', expiredAt: inMinutes(-5) }] as const) {
      expect(needs(access)).toEqual([
        ['sign-in', 'renew', 'Renewing needs you to sign in again; the button starts it.'],
      ]);
    }
  });

  test('of a profile may need the sign-in, or the MFA device, of one that it is assumed from', () => {
    const profile = (name: string, changes: object) => ({
      name,
      mfaSerial: undefined,
      ssoSession: undefined,
      sourceProfile: undefined,
      ...changes,
    });
    const profiles = [
      profile('deploy', { sourceProfile: 'base' }),
      profile('base', { ssoSession: 'corp' }),
      profile('guarded', { sourceProfile: 'key', mfaSerial: 'arn:aws:iam::111122223333:mfa/phone' }),
      profile('key', {}),
      profile('round', { sourceProfile: 'about' }),
      profile('about', { sourceProfile: 'round' }),
      profile('alias', { serves: { kind: 'profile', profile: 'guarded' } }),
      profile('shown', { serves: { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'X' } }),
    ];
    const needs = (name: string) =>
      notices({
        profiles,
        ssoSessions: [session({ kind: 'signed-out' })],
        copiedRoles: copied({ kind: 'profile', profile: name }, 3),
      })[0]?.ending?.needs;
    expect(['deploy', 'guarded', 'key', 'round', 'gone'].map(needs)).toEqual([
      'sign-in',
      'mfa',
      'nothing',
      'nothing',
      'nothing',
    ]);
    // Another name for them by a line of ours takes no less.
    expect(['alias', 'shown'].map(needs)).toEqual(['mfa', 'sign-in']);
  });

  test('a renewal is told anew at its own end, for the end is in the id', () => {
    const [first, second] = [3, 8].map((minutes) => notices({ copiedRoles: copied(ROLE, minutes) })[0]?.id);
    expect(first).not.toBe(second);
  });
});
