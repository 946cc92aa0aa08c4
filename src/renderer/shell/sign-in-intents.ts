import type { AppState } from '../../shared/app-state.ts';
import type { Cell } from '../state/cell.ts';

/** What a person wanted of an Identity Center they were not signed in to. */
export interface SignInIntents {
  /** Does `action` at once where nothing stands in the way; else starts the sign-in, and does it when that is through. */
  readonly whenSignedIn: (ssoSession: string | undefined, action: () => void) => void;
}

/**
 * Keeps the last wish per Identity Center. It is dropped when its sign-in ends in any other way, so that nothing opens by itself long
 * after the person turned to something else.
 */
export function createSignInIntents(
  state: Cell<AppState | undefined>,
  signIn: (ssoSession: string) => void,
): SignInIntents {
  const wishes = new Map<string, { readonly action: () => void; readonly underWay: boolean }>();
  state.subscribe(() => {
    for (const [ssoSession, wish] of wishes) {
      const session = state.get()?.ssoSessions.find((candidate) => candidate.id === ssoSession);
      if (session?.access.kind === 'signed-in') {
        wishes.delete(ssoSession);
        wish.action();
      } else if (session?.signIn !== undefined) {
        wishes.set(ssoSession, { ...wish, underWay: true });
      } else if (wish.underWay || session === undefined) {
        wishes.delete(ssoSession);
      }
    }
  });
  return {
    whenSignedIn(ssoSession, action) {
      const session = state.get()?.ssoSessions.find((candidate) => candidate.id === ssoSession);
      if (ssoSession === undefined || session === undefined || session.access.kind === 'signed-in') {
        action();
        return;
      }
      wishes.set(ssoSession, { action, underWay: session.signIn !== undefined });
      if (session.signIn === undefined) {
        signIn(ssoSession);
      }
    },
  };
}
