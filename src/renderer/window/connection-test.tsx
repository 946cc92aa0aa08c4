import { useState, type JSX } from 'react';
import type { ConnectionResult } from '../../shared/settings-commands.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { useCommand } from '../shell/use-command.ts';
import { FindingNotice } from '../popover/finding-notice.tsx';
import { useSettingsWords } from './use-settings-words.ts';

/** Asks AWS as the settings are now, and says exactly what is in the way. */
export function ConnectionTest(): JSX.Element {
  const words = useSettingsWords();
  const command = useCommand();
  const [result, setResult] = useState<ConnectionResult | undefined>(undefined);
  const test = async (): Promise<void> => {
    setResult(undefined);
    setResult(await command.run('testConnection', {}));
  };
  return (
    <div className="rules">
      <p>
        <Button busy={command.busy} onClick={() => void test()}>
          {words.network.test}
        </Button>
      </p>
      <div className="rules" aria-live="polite">
        {result !== undefined && <Outcome result={result} />}
      </div>
      <FailureNotice failure={command.failure} />
    </div>
  );
}

function Outcome({ result: { hosts, proxies, findings } }: { readonly result: ConnectionResult }): JSX.Element {
  const { network } = useSettingsWords();
  const way = proxies.length === 0 ? network.directly : network.through(proxies.join(', '));
  return findings.some(({ severity }) => severity === 'error') ? (
    <>
      {findings.map((finding) => (
        <FindingNotice key={finding.title} severity={finding.severity} finding={finding} />
      ))}
      <p className="line__note">{way}</p>
    </>
  ) : (
    <Notice severity="ok" message={network.reached(hosts.length)} hint={`${hosts.join(', ')}. ${way}`} />
  );
}
