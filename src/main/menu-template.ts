import type { MenuItemConstructorOptions } from 'electron';
import type { MenuEntry, TrayAction } from './tray-menu.ts';

/** Turns entries into what Electron builds menus from. */
export function toTemplate(
  entries: readonly MenuEntry[],
  onAction: (action: TrayAction) => void,
): MenuItemConstructorOptions[] {
  return entries.map((entry): MenuItemConstructorOptions => {
    if (entry === 'separator') {
      return { type: 'separator' };
    }
    const { label, action, submenu, toolTip } = entry;
    if (submenu !== undefined) {
      return { label, submenu: toTemplate(submenu, onAction) };
    }
    if (action === undefined) {
      return { label, enabled: false };
    }
    return { label, click: () => onAction(action), ...(toolTip === undefined ? {} : { toolTip }) };
  });
}
