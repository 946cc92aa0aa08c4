import type { AppState, SandboxInfo } from '../../shared/app-state.ts';

/** What was found in `~/.aws`, and the one thing to do next. */
export interface FirstRun {
  readonly profiles: number;
  readonly problems: number;
  readonly next: NextStep;
}

export type NextStep = 'try-sandbox' | 'add-sso-session' | 'sign-in' | 'mend-files' | 'open-console';

/** What the start of a person's way is read from. */
export interface FirstRunSource extends Pick<AppState, 'profiles' | 'fileProblems' | 'ssoSessions'> {
  readonly sandbox: SandboxInfo | undefined;
}

/** Reads the start of a person's way from the state alone. */
export function firstRun(source: FirstRunSource): FirstRun {
  const problems =
    source.fileProblems.length + source.profiles.reduce((sum, profile) => sum + profile.problems.length, 0);
  return { profiles: source.profiles.length, problems, next: nextStep(source) };
}

function nextStep(source: FirstRunSource): NextStep {
  if (source.fileProblems.some((problem) => problem.severity === 'error')) {
    return 'mend-files';
  }
  if (source.ssoSessions.length === 0) {
    const usable = source.profiles.some((profile) => profile.kind === 'assume-role' || profile.kind === 'static');
    return source.sandbox !== undefined ? 'try-sandbox' : usable ? 'open-console' : 'add-sso-session';
  }
  return source.ssoSessions.some((session) => session.access.kind === 'signed-in') ? 'open-console' : 'sign-in';
}
