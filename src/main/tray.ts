import type { Menu, MenuItemConstructorOptions, NativeImage, NativeTheme, Rectangle, Tray } from 'electron';
import type { StateView } from '../core/app/state-store.ts';
import type { Clock } from '../core/model/clock.ts';
import type { AppState } from '../shared/app-state.ts';
import { toTemplate } from './menu-template.ts';
import type { Texts } from './texts.ts';
import { trayMenu, type TrayAction } from './tray-menu.ts';
import { trayPictureFile } from './tray-picture.ts';
import { trayStatus, trayTitle, trayToolTip, type TrayStatus } from './tray-status.ts';

/** Time left is told in minutes, so looking twice a minute is enough. */
const TICK_MS = 30_000;

/** Changes come in bursts; native menus are slow to rebuild. */
const SETTLE_MS = 100;

/** By this macOS knows the icon again and gives it the place where the user dragged it. */
const MAC_ICON_ID = '9f1d7c52-3b64-4a0e-8f27-5d1c0b7e6a93';

/** What the shell uses of a tray icon. */
export type AppTray = Pick<
  Tray,
  | 'setImage'
  | 'setToolTip'
  | 'setTitle'
  | 'setContextMenu'
  | 'setIgnoreDoubleClickEvents'
  | 'popUpContextMenu'
  | 'getBounds'
  | 'on'
  | 'destroy'
>;

/** What the tray needs of Electron and of the rest of the shell. */
export interface TrayParts {
  readonly Tray: new (image: NativeImage, guid?: string) => AppTray;
  readonly Menu: { buildFromTemplate(template: MenuItemConstructorOptions[]): Menu };
  readonly nativeImage: { createFromPath(file: string): NativeImage };
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColorsForSystemIntegratedUI' | 'on'>;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly assetsDir: string;
  readonly state: StateView;
  readonly clock: Clock;
  readonly texts: (state: AppState) => Texts;
  /** A click on the icon itself; the icon's place is all zeros where the platform does not tell it. */
  readonly onClick: (bounds: Rectangle) => void;
  readonly onAction: (action: TrayAction) => void;
}

/** The icon in the tray. */
export interface TrayIcon {
  /** Where it is now, in points; all zeros where the platform does not tell. */
  bounds(): Rectangle;
  /** Looks at clock and state at once, as after sleep. */
  refresh(): void;
  /** Takes it away. */
  close(): void;
}

/**
 * Puts the icon into the tray: its picture, tooltip and menu follow the state.
 *
 * On macOS and Windows a click opens the popover and a right click the menu, built at that moment. Linux desktops show only a menu
 * given beforehand, so there it is rebuilt when it would read otherwise; which click opens what is up to the desktop.
 */
export function setUpTray(parts: TrayParts): TrayIcon {
  const tray = createIcon(parts);
  const refresh = createRefresh(tray, parts);
  tray.on('click', (_event, bounds) => parts.onClick(bounds));
  tray.on('right-click', () => tray.popUpContextMenu(buildMenu(parts)));
  let isClosed = false;
  parts.nativeTheme.on('updated', () => isClosed || refresh());
  const ends = [repeat(parts.clock, TICK_MS, refresh), onSettled(parts, refresh)];
  refresh();
  return {
    bounds: () => (parts.platform === 'linux' ? NOWHERE : tray.getBounds()),
    refresh,
    close: () => {
      isClosed = true;
      ends.forEach((end) => end());
      tray.destroy();
    },
  };
}

const NOWHERE: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

function createIcon(parts: TrayParts): AppTray {
  const image = trayImage(parts, pictureFile(parts, 'signed-out'));
  if (parts.platform !== 'darwin') {
    return new parts.Tray(image);
  }
  const tray = new parts.Tray(image, MAC_ICON_ID);
  // Otherwise the second of two quick clicks is swallowed.
  tray.setIgnoreDoubleClickEvents(true);
  return tray;
}

function pictureFile({ assetsDir, platform, nativeTheme }: TrayParts, status: TrayStatus): string {
  const isBarDark = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
  return trayPictureFile(assetsDir, status, { platform, isBarDark });
}

function trayImage({ nativeImage, platform }: TrayParts, file: string): NativeImage {
  const image = nativeImage.createFromPath(file);
  if (platform === 'darwin') {
    image.setTemplateImage(true);
  }
  return image;
}

/** The function that brings the icon up to the state, touching only what changed. */
function createRefresh(tray: AppTray, parts: TrayParts): () => void {
  let last = { file: '', toolTip: '', title: '', menu: '' };
  return () => {
    const state = parts.state.get();
    const now = parts.clock.now();
    const texts = parts.texts(state);
    const file = pictureFile(parts, trayStatus(state, now));
    const toolTip = trayToolTip(state, now, texts);
    const title = parts.platform === 'darwin' ? trayTitle(state, now) : '';
    const entries = parts.platform === 'linux' ? trayMenu(state, now, texts) : [];
    const menu = JSON.stringify(entries);
    if (file !== last.file) {
      tray.setImage(trayImage(parts, file));
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
    last = { file, toolTip, title, menu };
  };
}

function buildMenu(parts: TrayParts): Menu {
  const state = parts.state.get();
  const entries = trayMenu(state, parts.clock.now(), parts.texts(state));
  return parts.Menu.buildFromTemplate(toTemplate(entries, parts.onAction));
}

/** Calls `action` once after each burst of changes. */
function onSettled({ state, clock }: TrayParts, action: () => void): () => void {
  let cancel: (() => void) | undefined;
  const unsubscribe = state.subscribe(() => {
    cancel ??= clock.setTimer(SETTLE_MS, () => {
      cancel = undefined;
      action();
    });
  });
  return () => {
    unsubscribe();
    cancel?.();
  };
}

function repeat(clock: Clock, everyMs: number, action: () => void): () => void {
  let cancel = clock.setTimer(everyMs, function tick() {
    action();
    cancel = clock.setTimer(everyMs, tick);
  });
  return () => cancel();
}
