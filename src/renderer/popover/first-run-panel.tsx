import type { JSX, ReactNode } from 'react';
import { AddSsoForm } from '../dialogs/add-sso-form.tsx';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { TextLink } from '../components/text-link.tsx';
import { firstRun, isFirstRun, type FirstRun } from '../model/first-run.ts';
import { isolated } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import './first-run-panel.css';

/** The first minute, where there is nothing else to show: what was found in `~/.aws`, and the one next thing to do, there to be done. */
export function FirstRunPanel(): JSX.Element {
  const { t } = useText();
  const sandbox = useAppState((state) => state.app.sandbox);
  const { firstSso, openPage } = useShell();
  const typing = useIsTypingFirstSso();
  const found = useFound();
  const isNext = found.next.kind === 'add-sso-session' || found.next.kind === 'try-sandbox';
  return (
    <section className="first-run">
      {isNext || typing ? (
        <>
          <Words
            title={sandbox === undefined ? t.firstRun.title : t.firstRun.sandboxTitle}
            text={sandbox === undefined ? t.firstRun.text : t.firstRun.sandboxText}
          />
          <AddSsoForm
            startUrl={sandbox?.startUrl ?? ''}
            region={sandbox?.region}
            kept={firstSso}
            onCancel={isNext ? undefined : () => firstSso.set(undefined)}
          />
        </>
      ) : (
        <NextThing found={found} />
      )}
      <Found found={found} />
      {sandbox === undefined && isNext && (
        <p>
          <TextLink onFollow={() => openPage('guide', 'member-iam')}>{t.firstRun.iamUser}</TextLink>
        </p>
      )}
      {sandbox === undefined && <TryDemo />}
    </section>
  );
}

/** Whether an Identity Center is being typed: then the form stays, whatever comes into `~/.aws` meanwhile. */
export function useIsTypingFirstSso(): boolean {
  const typed = useCell(useShell().firstSso);
  return typed !== undefined && typed.startUrl !== '';
}

/** The same above a list that has something to show, until something of it is used. */
export function FirstRunCard(): JSX.Element | null {
  const isFirst = useAppState(isFirstRun);
  const found = useFound();
  return isFirst ? (
    <section className="first-run first-run--card">
      <NextThing found={found} />
      <Found found={found} />
      <TryDemo />
    </section>
  ) : null;
}

function useFound(): FirstRun {
  const sandbox = useAppState((state) => state.app.sandbox);
  const profiles = useAppState((state) => state.profiles);
  const fileProblems = useAppState((state) => state.fileProblems);
  const ssoSessions = useAppState((state) => state.ssoSessions);
  return firstRun({ profiles, fileProblems, ssoSessions, sandbox });
}

function Words(props: { readonly title: string; readonly text: string; readonly children?: ReactNode }): JSX.Element {
  return (
    <div className="first-run__words">
      <h2 className="first-run__title">{props.title}</h2>
      <p className="first-run__text">{props.text}</p>
      {props.children !== undefined && <p className="first-run__action">{props.children}</p>}
    </div>
  );
}

/** One thing, and one button for it. */
function NextThing({ found: { next } }: { readonly found: FirstRun }): JSX.Element {
  const { t } = useText();
  const shell = useShell();
  switch (next.kind) {
    case 'mend-files':
      return (
        <Words title={t.firstRun.title} text={t.firstRun.mendText}>
          <Button variant="primary" icon="doctor" onClick={() => shell.openPage('doctor')}>
            {t.links.doctor}
          </Button>
        </Words>
      );
    case 'sign-in':
      return (
        <Words title={t.firstRun.title} text={t.firstRun.signInText}>
          <Button variant="primary" icon="sign-in" onClick={() => shell.actions.signIn(next.ssoSession)}>
            {t.firstRun.signInTo(isolated(next.name))}
          </Button>
        </Words>
      );
    default:
      return (
        <Words title={t.firstRun.title} text={t.firstRun.profilesText}>
          <Button variant="primary" icon="plus" onClick={() => shell.dialogs.open({ kind: 'add-sso-session' })}>
            {t.sso.add}
          </Button>
        </Words>
      );
  }
}

function Found({ found }: { readonly found: FirstRun }): JSX.Element {
  const { t } = useText();
  const { openPage } = useShell();
  const configFile = useAppState((state) => state.app.configFile);
  const { ssoSessions, profiles, problems } = found;
  return ssoSessions + profiles + problems === 0 ? (
    <p className="first-run__found" title={configFile}>
      {t.firstRun.foundNothing}
    </p>
  ) : (
    <div className="first-run__found" title={configFile}>
      <span>{t.firstRun.found}</span>
      {ssoSessions > 0 && (
        <TextLink onFollow={() => openPage('sessions')}>{t.firstRun.foundSessions(ssoSessions)}</TextLink>
      )}
      {profiles > 0 && <TextLink onFollow={() => openPage('profiles')}>{t.firstRun.foundProfiles(profiles)}</TextLink>}
      {problems > 0 && (
        <TextLink onFollow={() => openPage('doctor')}>
          <Badge tone="warn">{t.firstRun.foundProblems(problems)}</Badge>
        </TextLink>
      )}
    </div>
  );
}

/** Opens the demo beside the app; where that fails, the toast says how to start it by hand. */
function TryDemo(): JSX.Element {
  const { t } = useText();
  const { actions, toasts } = useShell();
  const open = async (): Promise<void> => {
    if ((await actions.run('openDemo', {})) !== undefined) {
      toasts.add('info', ({ t: { firstRun } }) => ({ message: firstRun.demoOpened, hint: firstRun.demoOpenedHint }));
    }
  };
  return (
    <p>
      <TextLink onFollow={() => void open()}>{t.firstRun.tryDemo}</TextLink>
    </p>
  );
}
