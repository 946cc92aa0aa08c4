import type { JSX } from 'react';
import type { SignInStep, SsoSessionState } from '../../shared/app-state.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { displayText } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { useTimeLeft } from '../shell/use-now.ts';

/** A card for every sign-in that waits for its user. */
export function SignInCards(): JSX.Element {
  const sessions = useAppState((state) => state.ssoSessions);
  return (
    <>
      {sessions.map(
        (session) =>
          session.signIn !== undefined && <SignInCard key={session.id} session={session} step={session.signIn} />,
      )}
    </>
  );
}

function SignInCard({ session, step }: { readonly session: SsoSessionState; readonly step: SignInStep }): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  const ssoSession = session.id;
  const name = <bdi>{displayText(session.name)}</bdi>;
  const waits = step.kind === 'waiting-for-browser' || step.kind === 'waiting-for-device';
  return (
    <section className="sign-in" aria-live="polite">
      <h2 className="sign-in__title">
        {name}: {t.signIn.titles[step.kind]}
      </h2>
      {step.kind === 'waiting-for-browser' && <p className="sign-in__text">{t.signIn.browserText}</p>}
      {step.kind === 'waiting-for-device' && <DeviceCode step={step} />}
      <div className="sign-in__foot">
        {waits && (
          <Button size="sm" icon="open" onClick={() => void actions.run('reopenSignIn', { ssoSession })}>
            {t.signIn.reopen}
          </Button>
        )}
        <Button size="sm" variant="quiet" onClick={() => void actions.run('cancelSignIn', { ssoSession })}>
          {t.common.cancel}
        </Button>
        {waits && <SignInTime endsAt={step.endsAt} />}
      </div>
    </section>
  );
}

function DeviceCode({ step }: { readonly step: Extract<SignInStep, { kind: 'waiting-for-device' }> }): JSX.Element {
  const { t } = useText();
  return (
    <>
      <p className="sign-in__text">{t.signIn.deviceText}</p>
      <p className="sign-in__code" aria-label={t.signIn.codeLabel}>
        {displayText(step.userCode)}
      </p>
      <p className="sign-in__uri">
        <bdi>{displayText(step.verificationUri)}</bdi>
      </p>
      <Notice severity="warning" message={t.signIn.phishing} hint={t.signIn.phishingHint} />
    </>
  );
}

function SignInTime({ endsAt }: { readonly endsAt: string }): JSX.Element {
  const { t, format } = useText();
  const left = useTimeLeft(endsAt);
  return (
    <span className="sign-in__left">
      {left.kind === 'left' ? t.signIn.timeLeft(format.duration(left.seconds)) : t.signIn.timeOver}
    </span>
  );
}
