import { useState, type JSX } from 'react';
import { Button } from '../components/button.tsx';
import { classes } from '../components/classes.ts';
import { CodeLine } from '../components/code-line.tsx';
import { Icon } from '../components/icon.tsx';
import {
  GUIDE_STEPS,
  GUIDE_TRACKS,
  isStepDone,
  likelyTrack,
  type GuideStep,
  type GuideTrack,
} from '../model/guide-steps.ts';
import { SandboxBanner } from '../popover/sandbox-banner.tsx';
import type { Shell } from '../shell/shell.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { Page } from './page.tsx';
import './guide-page.css';

/** From nothing to safe access, step by step; each step knows whether it is done. */
export function GuidePage(): JSX.Element {
  const { t } = useText();
  const likely = useAppState(likelyTrack);
  const [chosen, setChosen] = useState<GuideTrack | undefined>(undefined);
  const track = chosen ?? likely;
  return (
    <Page reading title={t.window.names.guide} lead={t.guide.lead}>
      <SandboxBanner />
      <div className="tabs" role="tablist" aria-label={t.guide.tracks}>
        {GUIDE_TRACKS.map((candidate) => (
          <button
            key={candidate}
            type="button"
            role="tab"
            className="tabs__tab"
            aria-selected={candidate === track}
            onClick={() => setChosen(candidate)}
          >
            {t.guide.trackNames[candidate]}
          </button>
        ))}
      </div>
      <p className="page__lead">{t.guide.trackTexts[track]}</p>
      <Steps track={track} />
    </Page>
  );
}

function Steps({ track }: { readonly track: GuideTrack }): JSX.Element {
  const done = useAppState((state) => GUIDE_STEPS[track].map((step) => (isStepDone(step, state) ? '1' : '0')).join(''));
  const next = done.indexOf('0');
  return (
    <ol className="steps">
      {GUIDE_STEPS[track].map((step, at) => (
        <Step
          key={step}
          step={step}
          number={at + 1}
          status={done[at] === '1' ? 'done' : at === next ? 'next' : 'later'}
        />
      ))}
    </ol>
  );
}

/** Files as they should stand; the parts in angle brackets are the reader's own. */
const SAMPLES: Partial<Record<GuideStep, string>> = {
  key: '[assume-only]\naws_access_key_id = <AccessKeyId>\naws_secret_access_key = <SecretAccessKey>',
  role: '[profile admin-role]\nrole_arn = arn:aws:iam::<AccountId>:role/<Role>\nsource_profile = assume-only\nregion = <Region>',
  mfa: 'mfa_serial = arn:aws:iam::<UserAccountId>:mfa/<Device>',
  use: 'aws s3 ls --profile admin-role',
};

function Step(props: {
  readonly step: GuideStep;
  readonly number: number;
  readonly status: 'done' | 'next' | 'later';
}): JSX.Element {
  const { t } = useText();
  const shell = useShell();
  const { step, status } = props;
  const words = t.guide.steps[step];
  const sample = SAMPLES[step];
  const action = status === 'done' ? undefined : stepAction(step, shell);
  return (
    <li className={classes('step', `step--${status}`)} aria-current={status === 'next' ? 'step' : undefined}>
      <span className="step__number">
        {status === 'done' ? <Icon name="check" /> : props.number}
        <span className="visually-hidden">{t.guide.status[status]}</span>
      </span>
      <div className="step__words">
        <h2 className="step__title">{words.title}</h2>
        {status !== 'done' && <p className="step__text">{words.text}</p>}
        {sample !== undefined && status !== 'done' && <CodeLine code={sample} />}
        {action !== undefined && (
          <p>
            <Button variant={status === 'next' ? 'primary' : 'secondary'} onClick={action}>
              {words.action}
            </Button>
          </p>
        )}
      </div>
    </li>
  );
}

/** Where a step's button leads; steps without one are done outside the app. */
function stepAction(step: GuideStep, shell: Shell): (() => void) | undefined {
  switch (step) {
    case 'add':
      return () =>
        shell.dialogs.open({ kind: 'add-sso-session', startUrl: shell.state.get()?.app.sandbox?.startUrl ?? '' });
    case 'sign-in':
      return () => {
        const session = shell.state.get()?.ssoSessions.find((candidate) => candidate.access.kind !== 'signed-in');
        return session === undefined ? shell.router.go('sessions') : shell.actions.signIn(session.id);
      };
    case 'console':
    case 'copy':
    case 'pin':
      return () => shell.router.go('access');
    case 'protect':
      return () => shell.router.go('profiles');
    case 'key':
    case 'role':
    case 'mfa':
    case 'use':
      return undefined;
  }
}
