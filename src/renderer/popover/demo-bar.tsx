import type { JSX } from 'react';
import type { SandboxInfo } from '../../shared/app-state.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { classes } from '../components/classes.ts';
import { Icon } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { DEMO_STEPS, demoProgress, type DemoProgress, type DemoStep } from '../model/demo-steps.ts';
import { isolated } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import './sandbox-banner.css';

/** Says that this is the demo, and leads through it: the next step with the one button it needs, the others as dots that fill. */
export function DemoBar({ sandbox }: { readonly sandbox: SandboxInfo }): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  const progress = useDemoProgress();
  const isClosed = useAppState((state) => state.settings.demoStepsClosed);
  return (
    <aside className="sandbox" aria-label={t.sandbox.badge}>
      <div className="sandbox__line">
        <Badge tone="accent">{t.sandbox.badge}</Badge>
        <span className="sandbox__words sandbox__note">{t.sandbox.words}</span>
        {!isClosed && <Dots progress={progress} />}
        <Button
          size="sm"
          variant="quiet"
          icon="phone"
          onClick={() => void actions.run('openLink', { link: 'sandbox-phone' })}
        >
          {t.sandbox.phone}
        </Button>
      </div>
      {!isClosed && <NextStep progress={progress} startUrl={sandbox.startUrl} />}
    </aside>
  );
}

function useDemoProgress(): DemoProgress {
  const app = useAppState((state) => state.app);
  const ssoSessions = useAppState((state) => state.ssoSessions);
  const activity = useAppState((state) => state.activity);
  const profiles = useAppState((state) => state.profiles);
  return demoProgress({ app, ssoSessions, activity, profiles });
}

function NextStep(props: { readonly progress: DemoProgress; readonly startUrl: string }): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  const { progress } = props;
  const { current } = progress;
  return (
    <div className="sandbox__line">
      <p className="sandbox__words" role="status">
        <strong>{current === undefined ? t.demo.allDone : t.demo.titles[current]}</strong>{' '}
        <span className="sandbox__text">
          {current === undefined ? t.demo.allDoneText : stepText(t.demo.texts, current, progress)}
        </span>
      </p>
      <StepButton {...props} />
      <IconButton icon="close" label={t.demo.close} onClick={() => actions.updateSettings({ demoStepsClosed: true })} />
    </div>
  );
}

function stepText(
  texts: ReturnType<typeof useText>['t']['demo']['texts'],
  step: DemoStep,
  { mfaProfile }: DemoProgress,
): string {
  return step === 'mfa' ? texts.mfa(isolated(mfaProfile ?? '')) : texts[step];
}

/** Where the app can do the step itself, the button for it. */
function StepButton(props: { readonly progress: DemoProgress; readonly startUrl: string }): JSX.Element | null {
  const { t } = useText();
  const shell = useShell();
  const { current, ssoSession } = props.progress;
  if (current === 'add') {
    return (
      <Button
        size="sm"
        variant="primary"
        onClick={() => shell.dialogs.open({ kind: 'add-sso-session', startUrl: props.startUrl })}
      >
        {t.sandbox.add}
      </Button>
    );
  }
  return current === 'sign-in' && ssoSession !== undefined ? (
    <Button size="sm" variant="primary" onClick={() => shell.actions.signIn(ssoSession)}>
      {t.sso.signIn}
    </Button>
  ) : null;
}

function Dots({ progress: { done, current } }: { readonly progress: DemoProgress }): JSX.Element {
  const { t } = useText();
  return (
    <ol className="demo-dots" aria-label={t.demo.steps}>
      {DEMO_STEPS.map((step) => (
        <li
          key={step}
          className={classes('demo-dot', done.has(step) && 'demo-dot--done', step === current && 'demo-dot--current')}
          title={t.demo.titles[step]}
          aria-current={step === current ? 'step' : undefined}
        >
          {done.has(step) && <Icon name="check" />}
          <span className="visually-hidden">
            {t.demo.titles[step]} {done.has(step) && t.demo.isDone}
          </span>
        </li>
      ))}
    </ol>
  );
}
