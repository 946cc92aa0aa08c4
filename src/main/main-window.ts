import type { Rectangle, Screen } from 'electron';
import { boundsInSight, isReachable, openingBounds } from './window-place.ts';
import type { ParsedCommand } from '../shared/commands.ts';
import { placeHash } from '../shared/pages.ts';
import { loadPlace, type AppWindow, type CreateWindow } from './window-factory.ts';
import type { WindowStore } from './window-store.ts';

type ScreenApi = Pick<Screen, 'getAllDisplays' | 'getDisplayNearestPoint' | 'on'>;

/** A page of the window, and what to show there first. */
export type WindowTarget = ParsedCommand<'openWindow'>;

/**
 * The resizable window: made when it is opened, gone when it is closed, where it was last time. `onOpenChange` tells when it comes
 * and goes.
 */
export class MainWindow {
  readonly #createWindow: CreateWindow;
  readonly #screen: ScreenApi;
  readonly #store: WindowStore;
  readonly #onOpenChange: (isOpen: boolean) => void;
  #window: AppWindow | undefined;

  constructor(
    createWindow: CreateWindow,
    screen: ScreenApi,
    store: WindowStore,
    onOpenChange: (isOpen: boolean) => void,
  ) {
    this.#createWindow = createWindow;
    this.#screen = screen;
    this.#store = store;
    this.#onOpenChange = onOpenChange;
    screen.on('display-removed', () => this.#bringIntoSight());
    screen.on('display-metrics-changed', () => this.#bringIntoSight());
  }

  /** Opens it, or brings it to the front; at a page where one is named. */
  open(where: WindowTarget = {}): void {
    const place = placeOf(where);
    if (this.#window === undefined) {
      this.#window = this.#make(place);
      return;
    }
    if (place !== undefined) {
      loadPlace(this.#window, place);
    }
    if (this.#window.isMinimized()) {
      this.#window.restore();
    }
    this.#window.show();
    this.#window.focus();
  }

  /** Writes down where it stands; to be called when the app quits, which takes windows away without closing them. */
  remember(): void {
    const window = this.#window;
    if (window !== undefined) {
      this.#store.save({ ...window.getNormalBounds(), maximized: window.isMaximized() });
    }
  }

  #make(place: string | undefined): AppWindow {
    const last = this.#store.load();
    const window = this.#createWindow('window', openingBounds(last, this.#workAreas()), place);
    window.once('ready-to-show', () => {
      if (last?.maximized === true) {
        window.maximize();
      }
      window.show();
    });
    window.on('close', () => this.remember());
    window.on('closed', () => {
      this.#window = undefined;
      this.#onOpenChange(false);
    });
    this.#onOpenChange(true);
    return window;
  }

  /**
   * A display went away, or changed: the window must not be where nobody can see it. One that fills its display has edges outside
   * the work area, and the system keeps it in sight.
   */
  #bringIntoSight(): void {
    const window = this.#window;
    if (window === undefined || window.isMaximized() || window.isFullScreen()) {
      return;
    }
    const bounds = window.getBounds();
    if (!isReachable(bounds, this.#workAreas())) {
      window.setBounds(boundsInSight(this.#screen.getDisplayNearestPoint(bounds).workArea));
    }
  }

  #workAreas(): Rectangle[] {
    return this.#screen.getAllDisplays().map((display) => display.workArea);
  }
}

/** The fragment that the page's router reads. */
function placeOf({ page, subject }: WindowTarget): string | undefined {
  return page === undefined ? undefined : placeHash({ page, subject }).slice(1);
}
