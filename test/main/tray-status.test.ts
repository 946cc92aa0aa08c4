import { describe, expect, test } from 'vitest';
import { trayStatus, trayTitle, trayToolTip } from '../../src/main/tray-status.ts';
import { textsFor } from '../../src/main/texts.ts';
import type { AppState, SsoAccess } from '../../src/shared/app-state.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { emptyAppState } from '../helpers/app-state.ts';
import { liveRole, mfaPrompt, minutesAfterNoon, NOON, ssoRole, ssoSession } from '../helpers/electron-state.ts';

const role = ssoRole('111122223333', 'Admin');
const en = textsFor('en', []);

function state(changes: Partial<AppState>): AppState {
  return { ...emptyAppState(), ...changes };
}

function session(access: SsoAccess): Partial<AppState> {
  return { ssoSessions: [ssoSession({ access })] };
}

function signedIn(minutes: number, renewsByItself: boolean): Partial<AppState> {
  const tokenExpiresAt = minutesAfterNoon(minutes);
  return session({ kind: 'signed-in', tokenExpiresAt, renewsByItself, registrationExpiresAt: undefined });
}

describe('the icon', () => {
  test.each<readonly [string, Partial<AppState>, string]>([
    ['with nothing', {}, 'signed-out'],
    ['signed out', session({ kind: 'signed-out' }), 'signed-out'],
    ['sign-in expired', session({ kind: 'expired', expiredAt: minutesAfterNoon(-5) }), 'signed-out'],
    ['signed in for hours', signedIn(300, false), 'live'],
    ['signed in for nine minutes', signedIn(9, false), 'expiring'],
    ['signed in for nine minutes, and renewing by itself', signedIn(9, true), 'live'],
    ['a token that ended while nobody looked', signedIn(-1, false), 'signed-out'],
    ['a live role', { liveRoles: [liveRole(role, 60)] }, 'live'],
    ['a role that ends in ten minutes', { liveRoles: [liveRole(role, 10)] }, 'expiring'],
    ['a role that ended', { liveRoles: [liveRole(role, -1)] }, 'signed-out'],
    ['a role of unreadable time', { liveRoles: [{ ...liveRole(role, 60), expiresAt: 'soon' }] }, 'signed-out'],
    ['a question, whatever else', { ...signedIn(300, false), prompts: [mfaPrompt('a', false)] }, 'asking'],
    [
      'a role that ends within the time the user set',
      { liveRoles: [liveRole(role, 25)], settings: { ...DEFAULT_SETTINGS, notifyBeforeEndMinutes: 30 } },
      'expiring',
    ],
    [
      'a machine whose clock is an hour behind AWS',
      { liveRoles: [liveRole(role, 65)], clockSkewMs: 3_600_000 },
      'expiring',
    ],
  ])('%s', (_name, changes, expected) => {
    expect(trayStatus(state(changes), NOON)).toBe(expected);
  });
});

test('the tooltip tells what is live and what ends first', () => {
  const both = state({ liveRoles: [liveRole(role, 135), liveRole(ssoRole('111122223333', 'ReadOnly'), 42)] });
  expect(trayToolTip(both, NOON, en)).toBe('Rolecall – 2 roles live, 42 min left');
  expect(trayToolTip(state({}), NOON, en)).toBe('Rolecall – signed out');
  expect(trayToolTip(state({ prompts: [mfaPrompt('a', true)] }), NOON, en)).toBe(
    'Rolecall – Rolecall needs your answer',
  );
  expect(trayToolTip(both, NOON, textsFor('ja', []))).toBe('Rolecall – 2 件のロールが有効, 残り 42 分');
});

test.each([
  [0.5, '<1m'],
  [1, '1m'],
  [59.9, '59m'],
  [60, '1h'],
  [719, '11h'],
])('%d minutes are %s in the menu bar', (minutes, expected) => {
  const settings = { ...DEFAULT_SETTINGS, trayCountdown: true };
  expect(trayTitle(state({ settings, liveRoles: [liveRole(role, minutes)] }), NOON)).toBe(expected);
});

test('the menu bar shows no countdown unless the user wants it', () => {
  expect(trayTitle(state({ liveRoles: [liveRole(role, 42)] }), NOON)).toBe('');
  expect(trayTitle(state({ settings: { ...DEFAULT_SETTINGS, trayCountdown: true } }), NOON)).toBe('');
});
