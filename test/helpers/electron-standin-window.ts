import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Rectangle, WebContents, WebFrameMain } from 'electron';
import type { AppWindow } from '../../src/main/window-factory.ts';
import { standInEvent, type Listening } from './electron-standin-event.ts';

/** A window that shows nothing; `whenLoaded` runs when it is told to load a page, so that a test can show it in a browser. */
export class StandInWindow extends EventEmitter implements Omit<AppWindow, Listening> {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: WebContents & StandInWebContents;
  url = '';
  ground: string | undefined;
  fullScreen = false;
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
  blur(): void {
    if (this.#focused) {
      this.#focused = false;
      this.emit('blur', standInEvent());
    }
  }
  /** The user clicks elsewhere. */
  loseFocus(): void {
    this.blur();
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
  isFullScreen = (): boolean => this.fullScreen;
  minimize(): void {
    this.#minimized = true;
  }
  restore(): void {
    this.#minimized = false;
  }
  maximize(): void {
    this.#maximized = true;
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

/** A page, as far as the main process has it in hand. */
export class StandInWebContents extends EventEmitter {
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
