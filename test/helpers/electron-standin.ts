import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Menu, NativeImage, NotificationConstructorOptions } from 'electron';
import type { ShellApis } from '../../src/main/shell-apis.ts';
import { StandInApp, type StandInOptions } from './electron-standin-app.ts';
import { standInEvent, type Listening } from './electron-standin-event.ts';
import {
  StandInClipboard,
  StandInClipboardItem,
  StandInScreen,
  StandInShortcuts,
  StandInTheme,
} from './electron-standin-system.ts';
import { StandInImage, StandInMenu, StandInNotification, StandInTray } from './electron-standin-tray.ts';
import { StandInIpcMain, StandInProtocol, StandInSession } from './electron-standin-web.ts';
import { StandInWindow } from './electron-standin-window.ts';

/**
 * Electron without Electron: plays the part of its main process for the shell, remembers what the shell did, and lets a test do
 * what the user or the system would.
 *
 * Typed against electron.d.ts through `ShellApis`: what the shell calls here exists, in this form, in the real one. Events are
 * made with `emit`.
 */
export class ElectronStandIn {
  readonly windows: StandInWindow[] = [];
  readonly trays: StandInTray[] = [];
  readonly notifications: StandInNotification[] = [];
  readonly opened: string[] = [];
  /** Whether the system shows notifications at all. */
  hasNotifications = true;
  /** What the system says of a path that it cannot open; empty where it opens all. */
  openPathTrouble = '';
  readonly errorBoxes: { readonly title: string; readonly content: string }[] = [];
  readonly app: StandInApp;
  readonly clipboard = new StandInClipboard();
  readonly globalShortcut = new StandInShortcuts();
  readonly ipcMain = new StandInIpcMain();
  readonly nativeTheme = new StandInTheme();
  readonly powerMonitor = new EventEmitter();
  readonly protocol = new StandInProtocol();
  readonly screen = new StandInScreen();
  readonly session = new StandInSession();
  isOnline = true;
  applicationMenu: Menu | null | undefined;
  /** What the shell is given. */
  readonly apis: ShellApis;

  constructor(options: StandInOptions) {
    this.app = new StandInApp(options);
    this.apis = {
      app: asElectron<ShellApis['app']>(this.app),
      BrowserWindow: this.#windowClass(),
      clipboard: this.clipboard,
      ClipboardItem: StandInClipboardItem,
      dialog: { showErrorBox: (title, content) => this.errorBoxes.push({ title, content }) },
      globalShortcut: this.globalShortcut,
      ipcMain: asElectron<ShellApis['ipcMain']>(this.ipcMain),
      Menu: {
        buildFromTemplate: (template) => new StandInMenu(template) as unknown as Menu,
        setApplicationMenu: (menu) => {
          this.applicationMenu = menu;
        },
      },
      nativeImage: { createFromPath: (file) => new StandInImage(file) as unknown as NativeImage },
      nativeTheme: asElectron<ShellApis['nativeTheme']>(this.nativeTheme),
      net: { isOnline: () => this.isOnline },
      Notification: this.#notificationClass(),
      powerMonitor: asElectron<ShellApis['powerMonitor']>(this.powerMonitor),
      protocol: this.protocol,
      screen: asElectron<ShellApis['screen']>(this.screen),
      session: { defaultSession: asElectron<ShellApis['session']['defaultSession']>(this.session) },
      shell: {
        openExternal: (url) => {
          this.opened.push(url);
          return Promise.resolve();
        },
        openPath: (path) => {
          this.opened.push(path);
          return Promise.resolve(this.openPathTrouble);
        },
      },
      Tray: this.#trayClass(),
    };
  }

  #windowClass(): ShellApis['BrowserWindow'] {
    const { windows, app } = this;
    return class extends StandInWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options);
        windows.push(this);
        app.emit('web-contents-created', standInEvent(), this.webContents);
      }
    } as unknown as ShellApis['BrowserWindow'];
  }

  #trayClass(): ShellApis['Tray'] {
    const { trays } = this;
    return class extends StandInTray {
      constructor(image: NativeImage, guid?: string) {
        super(image, guid);
        trays.push(this);
      }
    } as unknown as ShellApis['Tray'];
  }

  #notificationClass(): ShellApis['Notification'] {
    const { notifications } = this;
    const isSupported = (): boolean => this.hasNotifications;
    return class extends StandInNotification {
      static isSupported(): boolean {
        return isSupported();
      }
      constructor(options: NotificationConstructorOptions) {
        super(options);
        notifications.push(this);
      }
    } as unknown as ShellApis['Notification'];
  }

  /** The window of this view that is there now; throws when there is none. */
  window(view: 'popover' | 'window' | 'prompt'): StandInWindow {
    const found = this.windows.find((window) => !window.isDestroyed() && viewOf(window) === view);
    if (found === undefined) {
      throw new Error(`There is no ${view} window.`);
    }
    return found;
  }

  hasWindow(view: 'popover' | 'window' | 'prompt'): boolean {
    return this.windows.some((window) => !window.isDestroyed() && viewOf(window) === view);
  }
}

function viewOf(window: StandInWindow): string {
  return /#(popover|prompt)$/.exec(window.url)?.[1] ?? 'window';
}

/**
 * A stand-in in the place of the real thing. Everything but the listening is compared with electron.d.ts here; `on` cannot be,
 * since each of Electron's classes returns itself, with all its methods.
 */
function asElectron<Real extends object>(standIn: Omit<Real, Listening>): Real {
  return standIn as Real;
}
