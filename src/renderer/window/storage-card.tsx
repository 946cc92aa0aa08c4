import type { JSX } from 'react';
import { Button } from '../components/button.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { useSettingsWords } from './use-settings-words.ts';

/** Where the files of the AWS tools are. */
export function AwsFileLines(): JSX.Element {
  const { t } = useText();
  const app = useAppState((state) => state.app);
  return (
    <dl className="rules">
      <FileLine label={t.storage.configFile} file={app.configFile} />
      <FileLine label={t.storage.credentialsFile} file={app.credentialsFile} />
    </dl>
  );
}

function FileLine({ label, file }: { readonly label: string; readonly file: string }): JSX.Element {
  return (
    <div className="setting__row">
      <dt>{label}</dt>
      <dd className="line__note selectable">
        <bdi>{file}</bdi>
      </dd>
    </div>
  );
}

/** How many Identity Centers are in vault mode, and the way to the page where that is switched. */
export function VaultLine(): JSX.Element {
  const { vault } = useSettingsWords();
  const { router } = useShell();
  const { format } = useText();
  const ssoSessions = useAppState((state) => state.ssoSessions);
  const inVault = ssoSessions.filter(({ mode }) => mode === 'vault').length;
  return (
    <div className="setting__row">
      <span className="line__note">{vault.count(inVault, format.number(ssoSessions.length))}</span>
      <Button size="sm" onClick={() => router.go('sessions')}>
        {vault.manage}
      </Button>
    </div>
  );
}
