import type { Rectangle, Screen } from 'electron';
import type { Clock } from '../core/model/clock.ts';
import { centreOf, fittingSize, isWithin, middlePosition, popoverPosition } from './popover-position.ts';
import { POPOVER_SIZE, type AppWindow, type CreateWindow } from './window-factory.ts';

type ScreenApi = Pick<Screen, 'getCursorScreenPoint' | 'getDisplayNearestPoint' | 'on'>;

/**
 * What opens the popover: a click on the icon, or keys and menu lines, which come from no place. The icon's bounds are all zeros
 * where the platform does not tell them.
 */
export interface PopoverCall {
  readonly by: 'click' | 'keys';
  readonly icon: Rectangle;
}

/** A click on the tray icon takes the focus first; within this time the popover it closed counts as open. */
const BLUR_CLICK_MS = 250;

/** The popover at the tray: it goes when it loses the focus, and its page is kept, hidden, for the next time. */
export class PopoverWindow {
  readonly #createWindow: CreateWindow;
  readonly #screen: ScreenApi;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #platform: 'linux' | 'darwin' | 'win32';
  #window: AppWindow | undefined;
  #blurredAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    createWindow: CreateWindow,
    screen: ScreenApi,
    clock: Pick<Clock, 'now'>,
    platform: 'linux' | 'darwin' | 'win32',
  ) {
    this.#createWindow = createWindow;
    this.#screen = screen;
    this.#clock = clock;
    this.#platform = platform;
    // Where it stands would be wrong then, or nowhere.
    screen.on('display-removed', () => this.hide());
    screen.on('display-metrics-changed', () => this.hide());
  }

  /** Makes the page ready behind the scenes, so that the first click finds it drawn. */
  prepare(): void {
    this.#ensure();
  }

  /** Opens it, or closes it when it is open. */
  toggle(call: PopoverCall): void {
    const closedByThisClick =
      call.by === 'click' && Math.abs(this.#clock.now().getTime() - this.#blurredAtMs) < BLUR_CLICK_MS;
    this.#blurredAtMs = Number.NEGATIVE_INFINITY;
    if (closedByThisClick || this.#isOpen()) {
      this.hide();
    } else {
      this.show(call);
    }
  }

  show(call: PopoverCall): void {
    const window = this.#ensure();
    // Size and place together: moved alone to a display of another scale, a window changes its size.
    window.setBounds(popoverBounds(this.#screen, call));
    window.show();
    window.focus();
  }

  hide(): void {
    if (this.#window === undefined || !this.#isOpen()) {
      return;
    }
    if (this.#platform === 'win32' && this.#window.isFocused()) {
      // Hidden with the focus, a window keeps it there, and what was used before stays deaf: electron/electron#10023.
      this.#window.blur();
    }
    this.#window.hide();
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
      // The page closes itself on Escape.
      this.#window.on('close', (event) => {
        event.preventDefault();
        this.hide();
      });
    }
    return this.#window;
  }
}

/**
 * A click was on the icon, so where that is not told, the pointer is at it. Keys open it at the icon on the display that the user
 * works on, else in the middle of that display.
 */
function popoverBounds(screen: ScreenApi, { by, icon }: PopoverCall): Rectangle {
  const pointer = screen.getCursorScreenPoint();
  const isIconKnown = icon.width > 0;
  const spot = by === 'click' && isIconKnown ? centreOf(icon) : pointer;
  const { workArea, bounds } = screen.getDisplayNearestPoint(spot);
  const size = fittingSize(POPOVER_SIZE, workArea);
  if (by === 'keys' && !(isIconKnown && isWithin(centreOf(icon), bounds))) {
    return { ...middlePosition(workArea, size), ...size };
  }
  return { ...popoverPosition(isIconKnown ? icon : { ...pointer, width: 0, height: 0 }, workArea, size), ...size };
}
