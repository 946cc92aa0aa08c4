import type { AppState, Notice } from '../shared/app-state.ts';
import { plainName } from './menu-label.ts';
import { targetName } from './target-names.ts';
import { awsNowMs, formatRemaining, remainingMs } from './time-left.ts';
import type { Texts } from './texts.ts';

/** A notice in the user's language, as far as it is one of those that come while nobody looks; the core's own words for the rest. */
export function noticeWords(
  notice: Notice,
  state: AppState,
  now: Date,
  texts: Texts,
): { readonly title: string; readonly body: string } {
  const { code, ending, action, message, hint } = notice;
  const time = ending === undefined ? '' : formatRemaining(remainingMs(ending.endsAt, awsNowMs(state, now)), texts);
  if (action?.kind === 'renew' && ending !== undefined) {
    return { title: texts.copiedEnds(targetName(action.target, state), time), body: texts.endsHint[ending.needs] };
  }
  if (action?.kind === 'sign-in') {
    const name = sessionName(action.ssoSession, state);
    return ending === undefined
      ? { title: texts.signedOutElsewhere(name), body: texts.signedOutElsewhereHint }
      : { title: texts.signInEnds(name, time), body: texts.endsHint[ending.needs] };
  }
  if (code === 'kept-file-broken') {
    return { title: texts.keptFileBroken, body: `${message} ${hint}` };
  }
  return { title: message, body: hint };
}

/** How an Identity Center is called. */
export function sessionName(ssoSession: string, { ssoSessions }: Pick<AppState, 'ssoSessions'>): string {
  return plainName(ssoSessions.find(({ id }) => id === ssoSession)?.name ?? ssoSession);
}
