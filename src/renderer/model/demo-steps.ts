import type { ActivityEntry, AppState } from '../../shared/app-state.ts';

/** The way through the demo, in its order. */
export const DEMO_STEPS = ['add', 'sign-in', 'console', 'copy', 'mfa'] as const;

/** One of `DEMO_STEPS`. */
export type DemoStep = (typeof DEMO_STEPS)[number];

/** How far a newcomer has come. */
export interface DemoProgress {
  readonly done: ReadonlySet<DemoStep>;
  /** The first that is not done; undefined when all are. */
  readonly current: DemoStep | undefined;
  /** Of the demo's Identity Center, once it is added. */
  readonly ssoSession: string | undefined;
  /** A profile that wants an MFA code. */
  readonly mfaProfile: string | undefined;
}

/** Reads the progress from what is there and what was done; steps may be taken in any order. */
export function demoProgress(state: Pick<AppState, 'app' | 'ssoSessions' | 'activity' | 'profiles'>): DemoProgress {
  const session = state.ssoSessions.find(({ startUrl }) => startUrl === state.app.sandbox?.startUrl);
  const withMfa = new Set(state.profiles.filter(({ mfaSerial }) => mfaSerial !== undefined).map(({ name }) => name));
  const went = state.activity.filter(({ outcome }) => outcome === 'ok');
  const did = (what: ActivityEntry['what']): boolean => went.some((entry) => entry.what === what);
  const isDone: Readonly<Record<DemoStep, boolean>> = {
    add: session !== undefined,
    'sign-in': session?.access.kind === 'signed-in' || did('sign-in'),
    console: did('console'),
    copy: did('copy'),
    mfa: went.some(({ target }) => target?.kind === 'profile' && withMfa.has(target.profile)),
  };
  return {
    done: new Set(DEMO_STEPS.filter((step) => isDone[step])),
    current: DEMO_STEPS.find((step) => !isDone[step]),
    ssoSession: session?.id,
    mfaProfile: [...withMfa][0],
  };
}
