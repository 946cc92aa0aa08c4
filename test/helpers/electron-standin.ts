import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  ClipboardItem,
  Display,
  IpcMainEvent,
  IpcMainInvokeEvent,
  Menu,
  MenuItem,
  MenuItemConstructorOptions,
  NativeImage,
  NotificationConstructorOptions,
  OnBeforeRequestListenerDetails,
  Rectangle,
  WebContents,
  WebFrameMain,
} from 'electron';
import type { ShellApis } from '../../src/main/shell-apis.ts';
import type { AppNotification } from '../../src/main/notifications.ts';
import type { AppTray } from '../../src/main/tray.ts';
import type { AppWindow } from '../../src/main/window-factory.ts';

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
      constructor(image: NativeImage) {
        super(image);
        trays.push(this);
      }
    } as unknown as ShellApis['Tray'];
  }

  #notificationClass(): ShellApis['Notification'] {
    const { notifications } = this;
    return class extends StandInNotification {
      static isSupported(): boolean {
        return true;
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

/** An Electron event: `preventDefault` is remembered. */
export function standInEvent(): { defaultPrevented: boolean; preventDefault(): void } {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

/** What a test decides about the machine before the app starts. */
export interface StandInOptions {
  readonly userData: string;
  readonly isPackaged?: boolean;
  readonly isFirstInstance?: boolean;
}

type Listening = 'on' | 'once';

/**
 * A stand-in in the place of the real thing. Everything but the listening is compared with electron.d.ts here; `on` cannot be,
 * since each of Electron's classes returns itself, with all its methods.
 */
function asElectron<Real extends object>(standIn: Omit<Real, Listening>): Real {
  return standIn as Real;
}

class StandInApp extends EventEmitter {
  readonly isPackaged: boolean;
  readonly paths: Record<string, string>;
  readonly exits: number[] = [];
  readonly loginItems: unknown[] = [];
  readonly policies: string[] = [];
  isSandboxEnabled = false;
  languages = ['en-US'];
  readonly #isFirst: boolean;

  constructor(options: {
    readonly userData: string;
    readonly isPackaged?: boolean;
    readonly isFirstInstance?: boolean;
  }) {
    super();
    this.isPackaged = options.isPackaged ?? false;
    this.#isFirst = options.isFirstInstance ?? true;
    this.paths = { userData: options.userData };
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  exit(code = 0): void {
    this.exits.push(code);
  }
  /** As the real one: `before-quit` may prevent it. */
  quit(): void {
    const event = standInEvent();
    this.emit('before-quit', event);
    if (!event.defaultPrevented) {
      this.exit(0);
    }
  }
  requestSingleInstanceLock(): boolean {
    return this.#isFirst;
  }
  getPath(name: string): string {
    return this.paths[name] ?? '';
  }
  setPath(name: string, value: string): void {
    this.paths[name] = value;
  }
  getVersion(): string {
    return '0.0.0-test';
  }
  getPreferredSystemLanguages(): string[] {
    return this.languages;
  }
  enableSandbox(): void {
    this.isSandboxEnabled = true;
  }
  setLoginItemSettings(settings: unknown): void {
    this.loginItems.push(settings);
  }
  setActivationPolicy(policy: string): void {
    this.policies.push(policy);
  }
  setAppUserModelId(): void {}
}

/** A window that shows nothing; `whenLoaded` runs when it is told to load a page, so that a test can show it in a browser. */
export class StandInWindow extends EventEmitter implements Omit<AppWindow, Listening> {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: WebContents & StandInWebContents;
  url = '';
  ground: string | undefined;
  #visible: boolean;
  #focused = false;
  #destroyed = false;
  #minimized = false;
  #maximized = false;
  #bounds: Rectangle;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.webContents = new StandInWebContents() as WebContents & StandInWebContents;
    this.#visible = options.show !== false;
    this.#bounds = {
      x: options.x ?? 100,
      y: options.y ?? 100,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
  }

  loadURL(url: string): Promise<void> {
    this.url = url;
    this.webContents.mainFrame.url = url;
    this.emit('stand-in-load', url);
    queueMicrotask(() => this.emit('ready-to-show', standInEvent()));
    return Promise.resolve();
  }
  show(): void {
    this.#visible = true;
    this.focus();
  }
  showInactive(): void {
    this.#visible = true;
  }
  hide(): void {
    this.#visible = false;
    this.#focused = false;
  }
  focus(): void {
    if (!this.#focused) {
      this.#focused = true;
      this.emit('focus', standInEvent());
    }
  }
  /** The user clicks elsewhere. */
  loseFocus(): void {
    this.#focused = false;
    this.emit('blur', standInEvent());
  }
  close(): void {
    const event = standInEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) {
      this.destroy();
    }
  }
  destroy(): void {
    if (!this.#destroyed) {
      this.#destroyed = true;
      this.#visible = false;
      this.webContents.destroyed = true;
      this.webContents.emit('destroyed');
      this.emit('closed');
    }
  }
  isDestroyed = (): boolean => this.#destroyed;
  isVisible = (): boolean => this.#visible;
  isFocused = (): boolean => this.#focused;
  isMinimized = (): boolean => this.#minimized;
  isMaximized = (): boolean => this.#maximized;
  minimize(): void {
    this.#minimized = true;
  }
  restore(): void {
    this.#minimized = false;
  }
  maximize(): void {
    this.#maximized = true;
  }
  setPosition(x: number, y: number): void {
    this.#bounds = { ...this.#bounds, x, y };
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
  }
  getBounds = (): Rectangle => this.#bounds;
  getNormalBounds = (): Rectangle => this.#bounds;
  setBackgroundColor(colour: string): void {
    this.ground = colour;
  }
}

const contentsIds = (function* ids() {
  for (let id = 1; ; id += 1) {
    yield id;
  }
})();

class StandInWebContents extends EventEmitter {
  readonly id = contentsIds.next().value ?? 0;
  readonly mainFrame = { url: '', parent: null } as { url: string; parent: null } & WebFrameMain;
  readonly sent: { readonly channel: string; readonly args: unknown[] }[] = [];
  destroyed = false;
  windowOpenHandler: ((details: unknown) => { action: string }) | undefined;

  getURL(): string {
    return this.mainFrame.url;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  setWindowOpenHandler(handler: (details: unknown) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args });
    this.emit('stand-in-send', channel, ...args);
  }
}

class StandInIpcMain extends EventEmitter {
  readonly handlers = new Map<string, (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown>();
  /** All that pages were answered. */
  readonly replies: unknown[] = [];

  handle(channel: string, listener: (event: IpcMainInvokeEvent, ...args: never[]) => unknown): void {
    this.handlers.set(channel, listener as (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown);
  }
  /** A page calls `ipcRenderer.invoke`. Without `frame` it is the page's main frame that does. */
  async invoke(
    sender: WebContents,
    channel: string,
    args: readonly unknown[],
    frame?: WebFrameMain | null,
  ): Promise<unknown> {
    const handler = this.handlers.get(channel);
    if (handler === undefined) {
      throw new Error(`No handler registered for '${channel}'`);
    }
    const reply = await handler(ipcEvent(sender, frame), ...args);
    this.replies.push(reply);
    return reply;
  }
  /** A page calls `ipcRenderer.send`. */
  receive(sender: WebContents, channel: string, args: readonly unknown[], frame?: WebFrameMain | null): void {
    this.emit(channel, ipcEvent(sender, frame), ...args);
  }
}

function ipcEvent(
  sender: WebContents,
  frame: WebFrameMain | null = sender.mainFrame,
): IpcMainInvokeEvent & IpcMainEvent {
  return { sender, senderFrame: frame, type: 'frame' } as IpcMainInvokeEvent & IpcMainEvent;
}

class StandInProtocol {
  readonly handlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  privileged: readonly { readonly scheme: string }[] = [];

  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    this.handlers.set(scheme, handler);
  }
  registerSchemesAsPrivileged(schemes: readonly { readonly scheme: string }[]): void {
    this.privileged = schemes;
  }
  /** What a page gets that asks for this address. */
  async fetch(url: string, init?: RequestInit): Promise<Response> {
    const request = { url, method: init?.method ?? 'GET', headers: new Headers(init?.headers) } as Request;
    const handler = this.handlers.get(url.slice(0, url.indexOf(':')));
    return handler === undefined ? Response.error() : handler(request);
  }
}

type Session = ShellApis['session']['defaultSession'];
type Handler<Name extends keyof Session> = Session[Name] extends (handler: infer H, ...rest: never[]) => unknown
  ? NonNullable<H>
  : never;

class StandInSession extends EventEmitter {
  requestHandler: Handler<'setPermissionRequestHandler'> | undefined;
  checkHandler: Handler<'setPermissionCheckHandler'> | undefined;
  deviceHandler: Handler<'setDevicePermissionHandler'> | undefined;
  beforeRequest:
    ((details: OnBeforeRequestListenerDetails, callback: (answer: { cancel?: boolean }) => void) => void) | undefined;

  setPermissionRequestHandler: Session['setPermissionRequestHandler'] = (handler) => {
    this.requestHandler = handler ?? undefined;
  };
  setPermissionCheckHandler: Session['setPermissionCheckHandler'] = (handler) => {
    this.checkHandler = handler ?? undefined;
  };
  setDevicePermissionHandler: Session['setDevicePermissionHandler'] = (handler) => {
    this.deviceHandler = handler ?? undefined;
  };
  readonly webRequest = {
    onBeforeRequest: (listener: StandInSession['beforeRequest']) => {
      this.beforeRequest = listener;
    },
  } as Session['webRequest'];

  /** Whether a page may load this. */
  lets(url: string): boolean {
    let cancelled: boolean | undefined;
    this.beforeRequest?.({ url } as OnBeforeRequestListenerDetails, (answer) => {
      cancelled = answer.cancel;
    });
    return cancelled === false;
  }
}

class StandInClipboardItem implements ClipboardItem {
  readonly items: Record<string, string>;
  constructor(items: Record<string, string>) {
    this.items = items;
  }
  get types(): string[] {
    return Object.keys(this.items);
  }
  getType(): Promise<never> {
    return Promise.reject(new Error('not played'));
  }
}

class StandInClipboard {
  /** What lies on the clipboard, by format. */
  content: Record<string, string> = {};

  write(items: ClipboardItem[]): Promise<void> {
    this.content = Object.assign({}, ...items.map((item) => (item as StandInClipboardItem).items)) as Record<
      string,
      string
    >;
    return Promise.resolve();
  }
  readText(): Promise<string> {
    return Promise.resolve(this.content['text/plain'] ?? '');
  }
  clear(): void {
    this.content = {};
  }
}

class StandInShortcuts {
  readonly registered = new Map<string, () => void>();
  readonly taken = new Set<string>();

  register(accelerator: string, callback: () => void): boolean {
    if (/[^\w+]/.test(accelerator)) {
      throw new TypeError('Error processing argument: conversion failure');
    }
    if (this.taken.has(accelerator)) {
      return false;
    }
    this.registered.set(accelerator, callback);
    return true;
  }
  unregister(accelerator: string): void {
    this.registered.delete(accelerator);
  }
}

class StandInTheme extends EventEmitter {
  themeSource: 'system' | 'light' | 'dark' = 'system';
  systemIsDark = false;

  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'system' ? this.systemIsDark : this.themeSource === 'dark';
  }
}

class StandInScreen extends EventEmitter {
  workAreas: Rectangle[] = [{ x: 0, y: 0, width: 1920, height: 1040 }];
  pointer = { x: 1800, y: 1030 };

  getAllDisplays(): Display[] {
    return this.workAreas.map((workArea) => ({ workArea }) as Display);
  }
  getCursorScreenPoint(): { x: number; y: number } {
    return this.pointer;
  }
  getDisplayNearestPoint(point: { readonly x: number; readonly y: number }): Display {
    const holds = (area: Rectangle) =>
      point.x >= area.x && point.x < area.x + area.width && point.y >= area.y && point.y < area.y + area.height;
    return { workArea: this.workAreas.find(holds) ?? this.workAreas[0] } as Display;
  }
}

/** A picture by its file. */
export class StandInImage {
  readonly file: string;
  isTemplate = false;

  constructor(file: string) {
    this.file = file;
  }
  setTemplateImage(isTemplate: boolean): void {
    this.isTemplate = isTemplate;
  }
}

/** A native menu as its template; a test clicks its lines. */
export class StandInMenu {
  readonly template: readonly MenuItemConstructorOptions[];

  constructor(template: readonly MenuItemConstructorOptions[]) {
    this.template = template;
  }

  /** The labels of all lines, submenus indented by two spaces a level. */
  lines(template: readonly MenuItemConstructorOptions[] = this.template, indent = ''): string[] {
    return template.flatMap((item) => [
      `${indent}${item.type === 'separator' ? '---' : (item.label ?? item.role ?? '')}`,
      ...(Array.isArray(item.submenu) ? this.lines(item.submenu, `${indent}  `) : []),
    ]);
  }

  /** Clicks the line reached by these labels (or their beginnings); throws when there is none that can be clicked. */
  click(...path: readonly string[]): void {
    let items = this.template;
    let found: MenuItemConstructorOptions | undefined;
    for (const label of path) {
      found = items.find((item) => item.label?.startsWith(label) === true && item.enabled !== false);
      items = Array.isArray(found?.submenu) ? found.submenu : [];
    }
    if (found?.click === undefined) {
      throw new Error(`No line "${path.join(' > ')}" in:\n${this.lines().join('\n')}`);
    }
    found.click(found as unknown as MenuItem, undefined, { triggeredByAccelerator: false });
  }
}

/** A tray icon and what it shows. */
export class StandInTray extends EventEmitter implements Omit<AppTray, Listening> {
  image: StandInImage;
  toolTip = '';
  title = '';
  menu: StandInMenu | undefined;
  destroyed = false;

  constructor(image: NativeImage) {
    super();
    this.image = image as unknown as StandInImage;
  }
  setImage(image: NativeImage | string): void {
    this.image = image as unknown as StandInImage;
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = (menu ?? undefined) as unknown as StandInMenu | undefined;
  }
  popUpContextMenu(menu?: Menu): void {
    this.menu = menu as unknown as StandInMenu | undefined;
  }
  destroy(): void {
    this.destroyed = true;
  }
  /** The user clicks the icon. */
  click(bounds: Rectangle = { x: 1780, y: 1044, width: 24, height: 24 }): void {
    this.emit('click', standInEvent(), bounds, { x: bounds.x, y: bounds.y });
  }
}

/** A notification of the system. */
export class StandInNotification extends EventEmitter implements Omit<AppNotification, Listening> {
  readonly options: NotificationConstructorOptions;
  isShown = false;

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    this.isShown = true;
  }
  close(): void {
    this.isShown = false;
  }
}
