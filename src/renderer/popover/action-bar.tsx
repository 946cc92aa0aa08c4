import type { JSX } from 'react';
import { IconButton } from '../components/icon-button.tsx';
import { Kbd } from '../components/kbd.tsx';
import { shortcutKeys } from '../model/shortcuts.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import type { AccessListState } from './use-access-list.ts';
import { useRoleActions } from './use-role-actions.ts';
import './action-bar.css';

/** What Enter and copying would do now, and the ways out of the popover. */
export function ActionBar({ list }: { readonly list: AccessListState }): JSX.Element {
  const { t } = useText();
  const shell = useShell();
  const platform = useAppState((state) => state.app.platform);
  const copyFormat = useAppState((state) => state.settings.copyFormat);
  const actions = useRoleActions();
  const entry = list.active?.entry;
  return (
    <footer className="bar">
      {entry !== undefined && (
        <>
          {entry.profile?.canFederate !== false && (
            <button type="button" className="bar__action" tabIndex={-1} onClick={() => actions.open(entry)}>
              <span className="truncate">{t.bar.console}</span>
              <Kbd keys={shortcutKeys('console', platform)} />
            </button>
          )}
          <button
            type="button"
            className="bar__action"
            tabIndex={-1}
            title={t.menu.copyAs(t.copyFormats[copyFormat])}
            onClick={() => actions.copy(entry)}
          >
            <span className="truncate">{t.bar.copy}</span>
            <Kbd keys={shortcutKeys('copy', platform)} />
          </button>
        </>
      )}
      <span className="bar__space" />
      <IconButton icon="keyboard" label={t.bar.keys} onClick={() => shell.dialogs.open({ kind: 'keys' })} />
      <IconButton icon="settings" label={t.bar.settings} onClick={() => shell.openPage('settings')} />
      <IconButton icon="window" label={t.bar.window} onClick={() => shell.openPage('access')} />
    </footer>
  );
}
