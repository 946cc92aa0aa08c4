import type { JSX } from 'react';
import { Button } from '../components/button.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** Which Rolecall this is, and the way out. */
export function AboutLine(): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  const app = useAppState((state) => state.app);
  return (
    <div className="setting__row">
      <span className="line__note">
        {t.window.version(app.version)} · {app.shell === 'electron' ? t.about.electron : t.about.host}
      </span>
      <Button size="sm" onClick={() => void actions.run('openLink', { link: 'documentation' })}>
        {t.about.documentation}
      </Button>
      <Button size="sm" onClick={() => void actions.run('quit', {})}>
        {t.about.quit}
      </Button>
    </div>
  );
}
