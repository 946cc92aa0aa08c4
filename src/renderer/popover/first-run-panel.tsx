import type { JSX } from 'react';
import { AddSsoForm } from '../dialogs/add-sso-form.tsx';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { firstRun } from '../model/first-run.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import './first-run-panel.css';

/** The first minute: what was found in `~/.aws`, and the one next thing to do, there to be done. */
export function FirstRunPanel(): JSX.Element {
  const { t } = useText();
  const shell = useShell();
  const sandbox = useAppState((state) => state.app.sandbox);
  const configFile = useAppState((state) => state.app.configFile);
  const profiles = useAppState((state) => state.profiles);
  const fileProblems = useAppState((state) => state.fileProblems);
  const found = firstRun({ profiles, fileProblems, ssoSessions: [], sandbox });
  return (
    <section className="first-run">
      <div>
        <h1 className="first-run__title">{sandbox === undefined ? t.firstRun.title : t.firstRun.sandboxTitle}</h1>
        <p className="first-run__text">{sandbox === undefined ? t.firstRun.text : t.firstRun.sandboxText}</p>
      </div>
      <AddSsoForm startUrl={sandbox?.startUrl ?? ''} region={sandbox?.region} />
      <p className="first-run__found" title={configFile}>
        {found.profiles === 0 ? t.firstRun.foundNothing : t.firstRun.foundProfiles(found.profiles)}
        {found.problems > 0 && <Badge tone="warn">{t.firstRun.foundProblems(found.problems)}</Badge>}
        {(found.profiles > 0 || found.problems > 0) && (
          <Button size="sm" variant="quiet" onClick={() => shell.openPage('profiles')}>
            {t.firstRun.showProfiles}
          </Button>
        )}
      </p>
    </section>
  );
}
