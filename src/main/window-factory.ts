import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** The screens there are; each is the same page with another hash. */
export type WindowKind = 'popover' | 'window' | 'prompt';

/** What the shell uses of a window. */
export type AppWindow = Pick<
  BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'blur'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'isVisible'
  | 'isFocused'
  | 'isMinimized'
  | 'isMaximized'
  | 'isFullScreen'
  | 'restore'
  | 'maximize'
  | 'setBounds'
  | 'getBounds'
  | 'getNormalBounds'
  | 'setBackgroundColor'
  | 'on'
  | 'once'
> & { readonly webContents: Pick<WebContents, 'id' | 'on' | 'prependListener' | 'getURL'> };

/** Makes windows that show a page of ours; `place` is the fragment to open it at, the kind's own when left out. */
export type CreateWindow = (kind: WindowKind, extra?: BrowserWindowConstructorOptions, place?: string) => AppWindow;

/** What all windows of one run share. */
export interface WindowSetting {
  /** The built preload script. */
  readonly preloadFile: string;
  /** The icon that Linux and Windows show in task lists. */
  readonly iconFile: string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly isPackaged: boolean;
  /** What to paint before the page does, by the theme of the moment. */
  readonly backgroundColor: () => string;
}

/** The popover's width in points, and its height; pages are made for it. */
export const POPOVER_SIZE = { width: 360, height: 600 } as const;

/** The popup's size in points. */
export const PROMPT_SIZE = { width: 420, height: 460 } as const;

/**
 * The only place where windows are made: every page is sandboxed, isolated from the preload script, without Node, and under web
 * security. Pages are our own, from the app's scheme.
 */
export function createWindowFactory(
  Window: new (options: BrowserWindowConstructorOptions) => AppWindow,
  setting: WindowSetting,
): CreateWindow {
  return (kind, extra = {}, place = kind) => {
    const window = new Window({ ...extra, ...windowOptions(kind, setting) });
    // A window whose page has died answers nothing; the next one is made anew.
    window.webContents.on('render-process-gone', () => window.destroy());
    loadPlace(window, place);
    return window;
  };
}

/** Shows our page at this fragment; in a window that shows it already, only the fragment changes. */
export function loadPlace(window: Pick<AppWindow, 'loadURL' | 'webContents'>, place: string): void {
  const url = `${APP_ORIGIN}/index.html#${place}`;
  // Chromium takes the very same address for a wish to reload, and what was typed into the page would be lost.
  if (window.webContents.getURL() !== url) {
    // A page that fails to load leaves an empty window; there is nobody to answer to here.
    void window.loadURL(url).catch(() => undefined);
  }
}

/** What a window of this kind is made with. `webPreferences` are the same for all. */
export function windowOptions(kind: WindowKind, setting: WindowSetting): BrowserWindowConstructorOptions {
  return {
    ...shapeOptions(kind, setting.platform),
    title: 'Rolecall',
    show: false,
    autoHideMenuBar: true,
    backgroundColor: setting.backgroundColor(),
    ...(setting.platform === 'darwin' ? {} : { icon: setting.iconFile }),
    webPreferences: {
      preload: setting.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !setting.isPackaged,
    },
  };
}

/**
 * A panel takes the keyboard without bringing the whole app to the front, so what was used before has it again afterwards; and it
 * comes to the space the user is in, also over an app in full screen.
 */
const MAC_PANEL = { type: 'panel' } as const;

function shapeOptions(kind: WindowKind, platform: WindowSetting['platform']): BrowserWindowConstructorOptions {
  const fixed = { resizable: false, minimizable: false, maximizable: false, fullscreenable: false, alwaysOnTop: true };
  switch (kind) {
    case 'popover':
      return {
        ...POPOVER_SIZE,
        ...fixed,
        frame: false,
        movable: false,
        skipTaskbar: true,
        ...(platform === 'darwin' ? MAC_PANEL : {}),
      };
    case 'window':
      return { minWidth: 480, minHeight: 420 };
    case 'prompt':
      return { ...PROMPT_SIZE, ...fixed, ...(platform === 'darwin' ? MAC_PANEL : {}) };
  }
}
