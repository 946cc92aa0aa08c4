import type { HandlerContext, HandlersOf } from './handler.ts';

type SsoCommand =
  | 'detectRegion'
  | 'addSsoSession'
  | 'removeSsoSession'
  | 'startSignIn'
  | 'reopenSignIn'
  | 'cancelSignIn'
  | 'renewSsoToken'
  | 'signOut'
  | 'refreshDirectory'
  | 'focusAccount';

/** Commands about Identity Centers: adding them, signing in and out, their accounts. */
export function ssoHandlers(context: HandlerContext): HandlersOf<SsoCommand> {
  const { services, signIns, access, directories, files, signal, store } = context;
  return {
    detectRegion: async ({ startUrl }) => ({ region: await services.ssoSessions.detectRegion(startUrl, signal) }),
    async addSsoSession(input) {
      const { id } = await services.ssoSessions.add(input);
      await files.load();
      await directories.showKept(store.get().ssoSessions.map((session) => session.id));
      await access.refresh(id);
      return { ssoSession: id };
    },
    async removeSsoSession({ ssoSession }) {
      signIns.cancel(ssoSession);
      await services.ssoSessions.remove(ssoSession);
      services.credentials.forgetSsoSession(ssoSession);
      await services.directory.forget(ssoSession);
      await files.load();
      await directories.showKept(store.get().ssoSessions.map((session) => session.id));
      return null;
    },
    async startSignIn({ ssoSession, method = store.get().settings.signInMethod }, { asker }) {
      await signIns.begin({ ssoSession, method, asker });
      return null;
    },
    async reopenSignIn({ ssoSession }) {
      await signIns.reopen(ssoSession);
      return null;
    },
    async cancelSignIn({ ssoSession }) {
      signIns.cancel(ssoSession);
      return null;
    },
    async renewSsoToken({ ssoSession }) {
      await services.ssoSessions.renew(ssoSession, signal);
      await access.refresh(ssoSession);
      return null;
    },
    signOut: ({ ssoSession }, { asker }) => signOut(context, ssoSession, asker),
    async refreshDirectory({ ssoSession }) {
      await directories.refresh(ssoSession);
      return null;
    },
    async focusAccount({ ssoSession, accountId }) {
      services.directory.focus(ssoSession, accountId);
      return null;
    },
  };
}

/** Leaves nothing of the sign-in behind: token, credentials in memory, what we put on the clipboard. Works without a network. */
async function signOut(
  context: HandlerContext,
  ssoSession: string,
  asker: Parameters<HandlerContext['record']>[0]['asker'],
): Promise<null> {
  const { services, signIns, access, clipboard, signal, record } = context;
  signIns.cancel(ssoSession);
  const entry = { asker, what: 'sign-out', target: undefined, ssoSession, format: undefined } as const;
  try {
    await access.leaving(ssoSession, () => services.ssoSessions.signOut(ssoSession, signal));
    record({ ...entry, outcome: 'ok', detail: '' });
  } finally {
    services.credentials.forgetSsoSession(ssoSession);
    await clipboard.clear();
  }
  return null;
}
