import path from 'node:path';
import type { Menu, MenuItemConstructorOptions, NativeImage, Rectangle, Tray } from 'electron';
import type { StateView } from '../core/app/state-store.ts';
import type { Clock } from '../core/model/clock.ts';
import type { AppState } from '../shared/app-state.ts';
import type { Texts } from './texts.ts';
import { trayMenu, type MenuEntry, type TrayAction } from './tray-menu.ts';
import { trayStatus, trayTitle, trayToolTip, type TrayStatus } from './tray-status.ts';

/** Time left is told in minutes, so looking twice a minute is enough. */
const TICK_MS = 30_000;

/** Changes come in bursts; native menus are slow to rebuild. */
const SETTLE_MS = 100;

/** What the shell uses of a tray icon. */
export type AppTray = Pick<
  Tray,
  'setImage' | 'setToolTip' | 'setTitle' | 'setContextMenu' | 'popUpContextMenu' | 'on' | 'destroy'
>;

/** What the tray needs of Electron and of the rest of the shell. */
export interface TrayParts {
  readonly Tray: new (image: NativeImage) => AppTray;
  readonly Menu: { buildFromTemplate(template: MenuItemConstructorOptions[]): Menu };
  readonly nativeImage: { createFromPath(file: string): NativeImage };
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly assetsDir: string;
  readonly state: StateView;
  readonly clock: Clock;
  readonly texts: (state: AppState) => Texts;
  /** A click on the icon itself; the icon's place is all zeros where the platform does not tell it. */
  readonly onClick: (bounds: Rectangle) => void;
  readonly onAction: (action: TrayAction) => void;
}

/**
 * The icon in the tray: its picture, tooltip and menu follow the state. Returns the function that takes it away.
 *
 * On macOS and Windows a click opens the popover and a right click the menu, built at that moment. Linux desktops show only a menu
 * given beforehand, so there it is rebuilt when it would read otherwise.
 */
export function setUpTray(parts: TrayParts): () => void {
  const tray = new parts.Tray(trayImage(parts, 'signed-out'));
  const refresh = createRefresh(tray, parts);
  tray.on('click', (_event, bounds) => parts.onClick(bounds));
  tray.on('right-click', () => tray.popUpContextMenu(buildMenu(parts)));
  const ticks = repeat(parts.clock, TICK_MS, refresh);
  let cancelSettle: (() => void) | undefined;
  const unsubscribe = parts.state.subscribe(() => {
    cancelSettle ??= parts.clock.setTimer(SETTLE_MS, () => {
      cancelSettle = undefined;
      refresh();
    });
  });
  refresh();
  return () => {
    unsubscribe();
    cancelSettle?.();
    ticks();
    tray.destroy();
  };
}

/** Where the picture of a status lies. macOS colours template images itself; elsewhere they bring their own ground. */
export function trayImageFile(assetsDir: string, status: TrayStatus, platform: TrayParts['platform']): string {
  return path.join(assetsDir, 'tray', `${status}${platform === 'darwin' ? 'Template' : ''}.png`);
}

function trayImage({ nativeImage, assetsDir, platform }: TrayParts, status: TrayStatus): NativeImage {
  const image = nativeImage.createFromPath(trayImageFile(assetsDir, status, platform));
  if (platform === 'darwin') {
    image.setTemplateImage(true);
  }
  return image;
}

/** The function that brings the icon up to the state, touching only what changed. */
function createRefresh(tray: AppTray, parts: TrayParts): () => void {
  let last = { status: 'signed-out', toolTip: '', title: '', menu: '' };
  return () => {
    const state = parts.state.get();
    const now = parts.clock.now();
    const texts = parts.texts(state);
    const status = trayStatus(state, now);
    const toolTip = trayToolTip(state, now, texts);
    const title = parts.platform === 'darwin' ? trayTitle(state, now) : '';
    const entries = parts.platform === 'linux' ? trayMenu(state, now, texts) : [];
    const menu = JSON.stringify(entries);
    if (status !== last.status) {
      tray.setImage(trayImage(parts, status));
    }
    if (toolTip !== last.toolTip) {
      tray.setToolTip(toolTip);
    }
    if (title !== last.title) {
      tray.setTitle(title, { fontType: 'monospacedDigit' });
    }
    if (menu !== last.menu && parts.platform === 'linux') {
      tray.setContextMenu(parts.Menu.buildFromTemplate(toTemplate(entries, parts.onAction)));
    }
    last = { status, toolTip, title, menu };
  };
}

function buildMenu(parts: TrayParts): Menu {
  const state = parts.state.get();
  const entries = trayMenu(state, parts.clock.now(), parts.texts(state));
  return parts.Menu.buildFromTemplate(toTemplate(entries, parts.onAction));
}

/** Turns entries into what Electron builds menus from. */
export function toTemplate(
  entries: readonly MenuEntry[],
  onAction: (action: TrayAction) => void,
): MenuItemConstructorOptions[] {
  return entries.map((entry): MenuItemConstructorOptions => {
    if (entry === 'separator') {
      return { type: 'separator' };
    }
    const { label, action, submenu } = entry;
    if (submenu !== undefined) {
      return { label, submenu: toTemplate(submenu, onAction) };
    }
    return action === undefined ? { label, enabled: false } : { label, click: () => onAction(action) };
  });
}

function repeat(clock: Clock, everyMs: number, action: () => void): () => void {
  let cancel = clock.setTimer(everyMs, function tick() {
    action();
    cancel = clock.setTimer(everyMs, tick);
  });
  return () => cancel();
}
