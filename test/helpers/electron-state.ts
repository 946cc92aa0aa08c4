import { StateStore } from '../../src/core/app/state-store.ts';
import type { WindowSetting } from '../../src/main/window-factory.ts';
import type { AppState, LiveRole, PromptState, SsoSessionState } from '../../src/shared/app-state.ts';
import { targetKey, type RoleTarget } from '../../src/shared/role-target.ts';
import { emptyAppState } from './app-state.ts';
import { FakeClock } from './fake-clock.ts';

/** What windows of an installed app on Linux are made with. */
export const WINDOW_SETTING: WindowSetting = {
  preloadFile: '/app/dist/preload/preload.cjs',
  iconFile: '/app/assets/icon.png',
  platform: 'linux',
  isPackaged: true,
  backgroundColor: () => '#123456',
};

/** The noon at which fake clocks start. */
export const NOON = new Date('2026-11-23T12:00:00Z');

/** An ISO time so many minutes after noon. */
export function minutesAfterNoon(minutes: number): string {
  return new Date(NOON.getTime() + minutes * 60_000).toISOString();
}

export function ssoRole(accountId: string, roleName: string, ssoSession = 'acme'): RoleTarget {
  return { kind: 'sso-role', ssoSession, accountId, roleName };
}

/** A role that holds credentials for so many minutes from noon. */
export function liveRole(target: RoleTarget, minutes: number): LiveRole {
  return { key: targetKey(target), target, expiresAt: minutesAfterNoon(minutes) };
}

/** The Identity Center `acme`, signed out unless said otherwise. */
export function ssoSession(changes: Partial<SsoSessionState> = {}): SsoSessionState {
  return {
    id: 'acme',
    name: 'acme',
    startUrl: 'https://acme.awsapps.com/start',
    region: 'eu-west-1',
    form: 'sso-session',
    mode: 'shared',
    access: { kind: 'signed-out' },
    signIn: undefined,
    lastFailure: undefined,
    ...changes,
  };
}

/** A question for an MFA code. */
export function mfaPrompt(id: string, userAsked: boolean): PromptState {
  return {
    kind: 'mfa',
    id,
    asker: { program: 'terraform', pid: 4711, folder: '/home/user/infra', parents: ['bash'] },
    target: { kind: 'profile', profile: 'admin' },
    title: 'admin',
    mfaSerial: 'arn:aws:iam::111122223333:mfa/phone',
    deviceName: 'phone',
    accountId: '111122223333',
    notBefore: undefined,
    lastFailure: undefined,
    canAutoFill: false,
    userAsked,
  };
}

/** The real store on a fake clock. */
export function createTestStore(changes: Partial<AppState> = {}): {
  readonly store: StateStore;
  readonly clock: FakeClock;
} {
  const clock = new FakeClock(NOON.toISOString());
  return { store: new StateStore(clock, { ...emptyAppState(), ...changes }), clock };
}
