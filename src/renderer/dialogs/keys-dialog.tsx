import { Fragment, type JSX } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { Kbd } from '../components/kbd.tsx';
import { FILTER_KEYS } from '../model/role-filters.ts';
import { SHORTCUTS, shortcutKeys } from '../model/shortcuts.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';
import './dialogs.css';

/** Every key there is. */
export function KeysDialog(props: { readonly onClose: () => void }): JSX.Element {
  const { t } = useText();
  const platform = useAppState((state) => state.app.platform);
  return (
    <Dialog title={t.keys.title} onClose={props.onClose}>
      <dl className="keys">
        <dt>{t.keys.type}</dt>
        <dd>
          <Kbd keys={['A–Z']} />
        </dd>
        <dt>{t.keys.filter}</dt>
        <dd className="keys__wide">
          <Kbd keys={FILTER_KEYS.map((key) => `${key}:`)} />
        </dd>
        <dt>{t.keys.move}</dt>
        <dd>
          <Kbd keys={['↑', '↓']} />
        </dd>
        <dt>{t.keys.several}</dt>
        <dd>
          <Kbd keys={[platform === 'darwin' ? '⇧' : 'Shift', '↑', '↓']} />
        </dd>
        {SHORTCUTS.map((shortcut) => (
          <Fragment key={shortcut}>
            <dt>{t.keys.shortcuts[shortcut]}</dt>
            <dd>
              <Kbd keys={shortcutKeys(shortcut, platform)} />
            </dd>
          </Fragment>
        ))}
        <dt>{t.keys.escape}</dt>
        <dd>
          <Kbd keys={['Esc']} />
        </dd>
      </dl>
    </Dialog>
  );
}
