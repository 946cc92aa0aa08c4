import type { AppState, SandboxInfo } from '../../shared/app-state.ts';

/** What was found in `~/.aws`, and the one thing to do next. */
export interface FirstRun {
  readonly ssoSessions: number;
  readonly profiles: number;
  readonly problems: number;
  readonly next: NextStep;
}

/** `use-profiles`: they are there, ready to be used; an Identity Center can be added. */
export type NextStep =
  | { readonly kind: 'try-sandbox' | 'add-sso-session' | 'mend-files' | 'use-profiles' | 'open-console' }
  | { readonly kind: 'sign-in'; readonly ssoSession: string; readonly name: string };

/** What the start of a person's way is read from. */
export interface FirstRunSource extends Pick<AppState, 'profiles' | 'fileProblems' | 'ssoSessions'> {
  readonly sandbox: SandboxInfo | undefined;
}

/** Reads the start of a person's way from the state alone. */
export function firstRun(source: FirstRunSource): FirstRun {
  const problems =
    source.fileProblems.length + source.profiles.reduce((sum, profile) => sum + profile.problems.length, 0);
  return {
    ssoSessions: source.ssoSessions.length,
    profiles: source.profiles.length,
    problems,
    next: nextStep(source),
  };
}

function nextStep({ fileProblems, ssoSessions, profiles, sandbox }: FirstRunSource): NextStep {
  if (fileProblems.some((problem) => problem.severity === 'error')) {
    return { kind: 'mend-files' };
  }
  const [first] = ssoSessions;
  if (first === undefined) {
    const usable = profiles.some((profile) => profile.kind === 'assume-role' || profile.kind === 'static');
    return { kind: sandbox !== undefined ? 'try-sandbox' : usable ? 'use-profiles' : 'add-sso-session' };
  }
  return ssoSessions.some((session) => session.access.kind === 'signed-in')
    ? { kind: 'open-console' }
    : { kind: 'sign-in', ssoSession: first.id, name: first.name };
}

/**
 * Whether this person has not used anything yet: nobody signed in, nothing opened, copied or asked for. The welcome goes by itself with
 * the first of these. The demo has steps of its own instead.
 */
export function isFirstRun({
  app,
  activity,
  recentTargets,
  liveRoles,
  ssoSessions,
}: Pick<AppState, 'app' | 'activity' | 'recentTargets' | 'liveRoles' | 'ssoSessions'>): boolean {
  return (
    app.sandbox === undefined &&
    activity.length === 0 &&
    recentTargets.length === 0 &&
    liveRoles.length === 0 &&
    ssoSessions.every((session) => session.access.kind === 'signed-out' && session.signIn === undefined)
  );
}
