import { useMemo } from 'react';
import type { RoleEntry } from '../model/access-entry.ts';
import { openCopyMenu, roleMenu, togglePin } from '../shell/role-menu.ts';
import type { Shell } from '../shell/shell.ts';
import { useShell } from '../shell/shell-context.tsx';
import type { RoleRowActions } from './role-row.tsx';

/** What rows and keys can do with a role; the same object for the life of the page. */
export interface AccessActions extends RoleRowActions {
  readonly showCopyMenu: (entry: RoleEntry, anchor: HTMLElement) => void;
  readonly edit: (entry: RoleEntry) => void;
}

/** The actions of rows and keys. */
export function useRoleActions(): AccessActions {
  const shell = useShell();
  return useMemo(() => accessActions(shell), [shell]);
}

function accessActions(shell: Shell): AccessActions {
  const { actions, dialogs, menus } = shell;
  return {
    // A profile that cannot have a console is used by copying.
    open: (entry) => (entry.profile?.canFederate === false ? actions.copy(entry) : actions.openConsole(entry)),
    choose: (entry) => dialogs.open({ kind: 'destination', entry }),
    copy: (entry) => actions.copy(entry),
    togglePin: (entry) => togglePin(shell, entry),
    edit: (entry) => dialogs.open({ kind: 'marks', entry }),
    showMenu(entry, anchor) {
      const state = shell.state.get();
      if (state !== undefined) {
        menus.open({ label: shell.text.get().t.row.more, anchor, entries: roleMenu(shell, state, entry, anchor) });
      }
    },
    showCopyMenu: (entry, anchor) => openCopyMenu(shell, entry, anchor),
  };
}
