import type { JSX } from 'react';
import type { Asker } from '../../shared/app-state.ts';
import { Icon } from '../components/icon.tsx';
import { displayText } from '../model/display-text.ts';
import { useText } from '../shell/use-text.ts';

/** Who asks: the program, its process id, its folder, and what started it. */
export function AskerBlock({ asker }: { readonly asker: Asker }): JSX.Element {
  const { t } = useText();
  return (
    <div className="prompt__asker">
      <Icon name="terminal" size="md" />
      <div className="prompt__who">
        <p>
          <bdi className="prompt__program">{displayText(asker.program)}</bdi>{' '}
          {asker.pid !== undefined && <span className="prompt__note numeric">{t.asker.pid(String(asker.pid))}</span>}
        </p>
        {asker.folder !== undefined && (
          <p className="prompt__note">
            <bdi>{displayText(asker.folder)}</bdi>
          </p>
        )}
        {asker.parents.length > 0 && (
          <p className="prompt__note">
            {t.asker.startedBy} <bdi>{asker.parents.map((parent) => displayText(parent)).join(' ← ')}</bdi>
          </p>
        )}
      </div>
    </div>
  );
}
