import type { DirectoryState, SsoSessionState } from '../../shared/app-state.ts';
import type { Failure } from '../../shared/reply.ts';
import { failureText, type Text } from '../i18n/text.ts';

/** Where an Identity Center stands, in few words. */
export interface SsoSummary {
  readonly lamp: 'in' | 'out' | 'waiting' | 'expired';
  readonly words: string;
  /** Why that is, and what to do, where something failed. */
  readonly why?: string;
}

/** Says what matters most now: a sign-in under way, the list being fetched, what failed, else how long access lasts. */
export function ssoSummary(
  session: SsoSessionState,
  directory: DirectoryState | undefined,
  text: Text,
  nowMs: number,
): SsoSummary {
  const { t, format } = text;
  if (session.signIn !== undefined) {
    return { lamp: 'waiting', words: t.sso.steps[session.signIn.kind] };
  }
  const { access } = session;
  switch (access.kind) {
    case 'signed-out':
      return {
        lamp: 'out',
        ...(session.lastFailure === undefined ? { words: t.sso.signedOut } : failed(session.lastFailure, text)),
      };
    case 'expired':
      return { lamp: 'expired', words: t.sso.expired(format.ago(access.expiredAt, nowMs)) };
    case 'signed-in': {
      if (directory?.progress !== undefined) {
        const { accountsDone, accountsTotal } = directory.progress;
        return { lamp: 'in', words: t.sso.progress(format.number(accountsDone), format.number(accountsTotal)) };
      }
      if (directory?.failure !== undefined) {
        return { lamp: 'in', ...failed(directory.failure, text) };
      }
      return { lamp: 'in', words: accessWords(access, text, nowMs) };
    }
  }
}

function failed(failure: Failure, text: Text): Pick<SsoSummary, 'words' | 'why'> {
  const { message, hint, core } = failureText(text, failure);
  return { words: message, why: [message, hint, core].filter(Boolean).join(' ') };
}

/**
 * The sign-in in full: whether it renews, until when that can be at most, and who decides. AWS tells neither how long a portal session
 * is nor when it ends; all that is known for sure is that nothing renews beyond the end of the client's registration.
 */
export function signInWords(
  access: Extract<SsoSessionState['access'], { kind: 'signed-in' }>,
  { t, format }: Text,
  nowMs: number,
  renewInBackground: boolean,
): string {
  if (!access.renewsByItself) {
    return t.signInEnd.ends(format.moment(access.tokenExpiresAt, nowMs));
  }
  const latest = access.registrationExpiresAt;
  const end = latest === undefined ? t.signInEnd.unknown : t.signInEnd.latest(format.moment(latest, nowMs));
  return `${renewInBackground ? t.signInEnd.renews : t.signInEnd.renewsOnUse} ${end}`;
}

/**
 * How long the portal lets us in, in few words. AWS does not tell when a sign-in that renews by itself ends for good;
 * the end of the client's registration is another thing, so it is not named.
 */
export function accessWords(
  access: Extract<SsoSessionState['access'], { kind: 'signed-in' }>,
  text: Text,
  nowMs: number,
): string {
  const { t, format } = text;
  return access.renewsByItself ? t.sso.renews : t.sso.until(format.moment(access.tokenExpiresAt, nowMs));
}
