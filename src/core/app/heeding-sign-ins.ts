import type { CredentialService, SsoSessions } from './services.ts';

/**
 * Credentials of a process that does not watch for sign-ins as the app does, yet may run for days: before what it holds is handed out, the
 * tokens behind it are looked at. What another sign-in, or none, has come in place of is given up.
 */
export function heedingSignIns(
  own: CredentialService & { heldSsoSessions(): readonly string[] },
  ssoSessions: Pick<SsoSessions, 'access'>,
): CredentialService {
  const look = async (ssoSession: string): Promise<void> => {
    // A token that cannot be looked at now, as in a locked store, counts as it did.
    const access = await ssoSessions.access(ssoSession).catch(() => undefined);
    if (access?.kind === 'signed-out') {
      own.forgetSsoSession(ssoSession);
    }
  };
  return {
    async get(target, context, options) {
      await Promise.all(own.heldSsoSessions().map(look));
      return own.get(target, context, options);
    },
    held: () => own.held(),
    forget: (target) => own.forget(target),
    forgetSsoSession: (id) => own.forgetSsoSession(id),
    onChange: (listener) => own.onChange(listener),
  };
}
