import type { Screen } from 'electron';
import type { PromptState } from '../shared/app-state.ts';
import { middlePosition } from './popover-position.ts';
import { PROMPT_SIZE, type AppWindow, type CreateWindow } from './window-factory.ts';

type ScreenApi = Pick<Screen, 'getCursorScreenPoint' | 'getDisplayNearestPoint'>;

/**
 * The popup that asks the user something, above other windows: it follows the first of the prompts, and is made anew each time, so
 * that nothing typed into it outlives it.
 *
 * It opens by itself only for what the user caused just now. What a program wants waits until the user turns to it, since a window
 * that comes unasked may take the keyboard: on Wayland there is no other way to show one (electron/electron#48436). Closing it is
 * a "no": `cancel` is told the prompt's id. A page that dies is none: the question waits until the user turns to it.
 */
export class PromptWindow {
  readonly #createWindow: CreateWindow;
  readonly #screen: ScreenApi;
  readonly #cancel: (promptId: string) => void;
  #window: AppWindow | undefined;
  #shown: PromptState | undefined;
  #takesKeyboard = false;

  constructor(createWindow: CreateWindow, screen: ScreenApi, cancel: (promptId: string) => void) {
    this.#createWindow = createWindow;
    this.#screen = screen;
    this.#cancel = cancel;
  }

  /** Whether the user has it in sight. */
  get isOpen(): boolean {
    return this.#window !== undefined;
  }

  /** Tells it which questions wait now. */
  update(prompts: readonly PromptState[]): void {
    const next = prompts[0];
    const before = this.#shown;
    this.#shown = next;
    if (next === undefined) {
      this.#takeAway();
    } else if (next.userAsked && (next.id !== before?.id || !before.userAsked)) {
      this.focus();
    }
  }

  /** The user wants to answer now: gives it the keyboard. */
  focus(): void {
    this.#open(true);
  }

  /** Shows it without the keyboard, as far as the system can: for a question that could be told in no other way. */
  showQuietly(): void {
    this.#open(false);
  }

  #open(takesKeyboard: boolean): void {
    if (this.#shown === undefined) {
      return;
    }
    this.#takesKeyboard = takesKeyboard;
    if (this.#window === undefined) {
      this.#window = this.#make();
    } else {
      this.#bringUp(this.#window);
    }
  }

  #make(): AppWindow {
    const { workArea } = this.#screen.getDisplayNearestPoint(this.#screen.getCursorScreenPoint());
    const window = this.#createWindow('prompt', middlePosition(workArea, PROMPT_SIZE));
    window.once('ready-to-show', () => this.#bringUp(window));
    window.on('closed', () => this.#onClosed(window));
    // A page that dies takes its window along, which is nobody's answer. Heard first, before the window goes.
    window.webContents.prependListener('render-process-gone', () => this.#forget(window));
    return window;
  }

  #bringUp(window: AppWindow): void {
    if (window.isDestroyed()) {
      return;
    }
    if (this.#takesKeyboard) {
      window.show();
      window.focus();
    } else {
      window.showInactive();
    }
  }

  /** No question waits any more: this closing is not the user's. */
  #takeAway(): void {
    const window = this.#window;
    this.#window = undefined;
    window?.destroy();
  }

  #onClosed(window: AppWindow): void {
    if (this.#forget(window) && this.#shown !== undefined) {
      this.#cancel(this.#shown.id);
    }
  }

  /** Whether it was the one that shows the questions. */
  #forget(window: AppWindow): boolean {
    const isShown = this.#window === window;
    if (isShown) {
      this.#window = undefined;
    }
    return isShown;
  }
}
