import type { Menu, MenuItemConstructorOptions } from 'electron';
import type { StateView } from '../core/app/state-store.ts';
import type { AppState } from '../shared/app-state.ts';
import { followState } from './follow-state.ts';
import type { Texts } from './texts.ts';

/** What the menu needs of the rest of the shell. */
export interface ApplicationMenuParts {
  readonly texts: (state: AppState) => Texts;
  readonly openSettings: () => void;
}

/**
 * macOS takes copy, paste and quit from the application menu, so there it must exist; elsewhere windows show none. Menus by role
 * are named, translated and carried out by Electron.
 */
export function setUpApplicationMenu(
  menus: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu | null): void;
  },
  platform: 'linux' | 'darwin' | 'win32',
  state: StateView,
  { texts, openSettings }: ApplicationMenuParts,
): void {
  if (platform !== 'darwin') {
    menus.setApplicationMenu(null);
    return;
  }
  followState(
    state,
    (now) => texts(now).settings,
    (label) => menus.setApplicationMenu(menus.buildFromTemplate(macMenu(label, openSettings))),
  );
}

function macMenu(settingsLabel: string, openSettings: () => void): MenuItemConstructorOptions[] {
  const line = { type: 'separator' } as const;
  return [
    {
      role: 'appMenu',
      submenu: [
        { role: 'about' },
        line,
        { label: settingsLabel, accelerator: 'Command+,', click: openSettings },
        line,
        { role: 'services' },
        line,
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        line,
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ];
}
