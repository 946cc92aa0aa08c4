import type { Point, Rectangle, Screen } from 'electron';
import type { Clock } from '../core/model/clock.ts';
import { popoverPosition } from './popover-position.ts';
import { POPOVER_SIZE, type AppWindow, type CreateWindow } from './window-factory.ts';

type ScreenApi = Pick<Screen, 'getCursorScreenPoint' | 'getDisplayNearestPoint'>;

/** A click on the tray icon takes the focus first; within this time the popover it closed counts as open. */
const BLUR_CLICK_MS = 250;

/** The popover at the tray: it goes when it loses the focus, and its page is kept, hidden, for the next time. */
export class PopoverWindow {
  readonly #createWindow: CreateWindow;
  readonly #screen: ScreenApi;
  readonly #clock: Pick<Clock, 'now'>;
  #window: AppWindow | undefined;
  #blurredAtMs = Number.NEGATIVE_INFINITY;

  constructor(createWindow: CreateWindow, screen: ScreenApi, clock: Pick<Clock, 'now'>) {
    this.#createWindow = createWindow;
    this.#screen = screen;
    this.#clock = clock;
  }

  /** Makes the page ready behind the scenes, so that the first click finds it drawn. */
  prepare(): void {
    this.#ensure();
  }

  /** Opens it at the tray icon, or closes it when it is open. */
  toggle(anchor?: Rectangle): void {
    const closedByThisClick = Math.abs(this.#clock.now().getTime() - this.#blurredAtMs) < BLUR_CLICK_MS;
    if (closedByThisClick || this.#isOpen()) {
      this.#blurredAtMs = Number.NEGATIVE_INFINITY;
      this.hide();
    } else {
      this.show(anchor);
    }
  }

  show(anchor?: Rectangle): void {
    const window = this.#ensure();
    const place = popoverPlace(this.#screen, anchor);
    window.setPosition(place.x, place.y);
    window.show();
    window.focus();
  }

  hide(): void {
    if (this.#isOpen()) {
      this.#window?.hide();
    }
  }

  #isOpen(): boolean {
    return this.#window?.isDestroyed() === false && this.#window.isVisible();
  }

  #ensure(): AppWindow {
    if (this.#window === undefined || this.#window.isDestroyed()) {
      this.#window = this.#createWindow('popover');
      this.#window.on('blur', () => {
        this.#blurredAtMs = this.#clock.now().getTime();
        this.hide();
      });
    }
    return this.#window;
  }
}

/** Linux does not tell where the tray icon is (all zeros), but the pointer has just clicked it. */
function popoverPlace(screen: ScreenApi, anchor: Rectangle | undefined): Point {
  const known = anchor !== undefined && anchor.width > 0;
  const spot = known ? anchor : { ...screen.getCursorScreenPoint(), width: 0, height: 0 };
  return popoverPosition(spot, screen.getDisplayNearestPoint({ x: spot.x, y: spot.y }).workArea, POPOVER_SIZE);
}
