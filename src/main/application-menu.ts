import type { Menu, MenuItemConstructorOptions } from 'electron';

/** Menus by role: Electron names, translates and carries them out itself. */
const MAC_MENU: MenuItemConstructorOptions[] = [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }];

/**
 * macOS takes copy, paste and quit from the application menu, so there it must exist; elsewhere windows show none.
 */
export function setUpApplicationMenu(
  menus: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu | null): void;
  },
  platform: 'linux' | 'darwin' | 'win32',
): void {
  menus.setApplicationMenu(platform === 'darwin' ? menus.buildFromTemplate(MAC_MENU) : null);
}
