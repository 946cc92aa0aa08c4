import type { JSX } from 'react';
import type { SsoSessionState } from '../../shared/app-state.ts';
import { Button } from '../components/button.tsx';
import { Countdown } from '../components/countdown.tsx';
import { Notice } from '../components/notice.tsx';
import { failureText } from '../i18n/text.ts';
import { signInWords } from '../shell/sso-summary.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** Two of the three clocks: the sign-in behind everything, and the SSO token that it renews. The third is each role's own. */
export function SsoClocks({ session }: { readonly session: SsoSessionState }): JSX.Element {
  const text = useText();
  const { t, format } = text;
  const now = useNow(10_000);
  const renewInBackground = useAppState((state) => state.settings.renewInBackground);
  const failure = useAppState((state) => state.directories[session.id]?.failure);
  const { access } = session;
  if (access.kind !== 'signed-in') {
    const since = access.kind === 'expired' ? t.sso.expired(format.ago(access.expiredAt, now)) : t.sso.signedOut;
    return (
      <div className="line">
        <div className="line__words">
          <p className="line__main">{since}</p>
          {session.lastFailure === undefined ? (
            <p className="line__note">{t.clocks.signedOutNote}</p>
          ) : (
            <Notice severity="error" {...failureText(text, session.lastFailure)} />
          )}
        </div>
      </div>
    );
  }
  return (
    <>
      {failure !== undefined && (
        <div className="line">
          <Notice severity="warning" {...failureText(text, failure)} />
        </div>
      )}
      <div className="line">
        <div className="line__words">
          <p className="line__main">{t.clocks.signIn}</p>
          <p className="line__note">{signInWords(access, text, now, renewInBackground)}</p>
        </div>
      </div>
      <TokenLine session={session} tokenExpiresAt={access.tokenExpiresAt} renewsByItself={access.renewsByItself} />
    </>
  );
}

function TokenLine(props: {
  readonly session: SsoSessionState;
  readonly tokenExpiresAt: string;
  readonly renewsByItself: boolean;
}): JSX.Element {
  const { t, format } = useText();
  const { actions } = useShell();
  const now = useNow(10_000);
  const renewInBackground = useAppState((state) => state.settings.renewInBackground);
  const at = format.moment(props.tokenExpiresAt, now);
  const renewal = renewInBackground ? t.clocks.tokenRenews(at) : t.signInEnd.tokenOnUse(at);
  return (
    <div className="line">
      <div className="line__words">
        <p className="line__main">{t.clocks.ssoToken}</p>
        <p className="line__note">{props.renewsByItself ? renewal : t.clocks.tokenEnds(at)}</p>
      </div>
      <Countdown expiresAt={props.tokenExpiresAt} />
      <Button size="sm" onClick={() => void actions.run('renewSsoToken', { ssoSession: props.session.id })}>
        {t.clocks.renew}
      </Button>
    </div>
  );
}
