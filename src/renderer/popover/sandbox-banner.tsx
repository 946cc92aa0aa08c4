import type { JSX } from 'react';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import './sandbox-banner.css';

/** Says that this is the demo, and offers the one thing a newcomer needs next. */
export function SandboxBanner(): JSX.Element | null {
  const { t } = useText();
  const shell = useShell();
  const sandbox = useAppState((state) => state.app.sandbox);
  const sessions = useAppState((state) => state.ssoSessions);
  if (sandbox === undefined) {
    return null;
  }
  const openPhone = (): void => void shell.actions.run('openLink', { link: 'sandbox-phone' });
  const added = sessions.some((session) => session.startUrl === sandbox.startUrl);
  return (
    <aside className="sandbox" aria-label={t.sandbox.badge}>
      <Badge tone="accent">{t.sandbox.badge}</Badge>
      <span className="sandbox__words">{t.sandbox.words}</span>
      {!added && (
        <Button size="sm" onClick={() => shell.dialogs.open({ kind: 'add-sso-session', startUrl: sandbox.startUrl })}>
          {t.sandbox.add}
        </Button>
      )}
      {added ? (
        <Button size="sm" variant="quiet" icon="phone" onClick={openPhone}>
          {t.sandbox.phone}
        </Button>
      ) : (
        <IconButton icon="phone" label={t.sandbox.phone} onClick={openPhone} />
      )}
    </aside>
  );
}
