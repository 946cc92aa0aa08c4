import type { JSX } from 'react';
import { BrandMark } from '../components/brand-mark.tsx';
import { Button } from '../components/button.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** Which Rolecall this is, and the way out. */
export function AboutCard(): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  const app = useAppState((state) => state.app);
  return (
    <section className="card settings">
      <div className="line setting">
        <BrandMark />
        <div className="line__words">
          <p>Rolecall {app.version}</p>
          <p className="line__note">{app.shell === 'electron' ? t.about.electron : t.about.host}</p>
        </div>
        <Button size="sm" onClick={() => void actions.run('openLink', { link: 'documentation' })}>
          {t.about.documentation}
        </Button>
        <Button size="sm" onClick={() => void actions.run('quit', {})}>
          {t.about.quit}
        </Button>
      </div>
    </section>
  );
}
