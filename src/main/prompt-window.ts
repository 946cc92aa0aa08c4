import type { PromptState } from '../shared/app-state.ts';
import type { AppWindow, CreateWindow } from './window-factory.ts';

/**
 * The popup that asks the user something, above other windows: it follows the first of the prompts, and is made anew each time, so
 * that nothing typed into it outlives it.
 *
 * It takes the keyboard only for what the user caused just now; a program in the background cannot make what is typed elsewhere
 * land in it. Closing it is a "no": `cancel` is told the prompt's id.
 */
export class PromptWindow {
  readonly #createWindow: CreateWindow;
  readonly #cancel: (promptId: string) => void;
  #window: AppWindow | undefined;
  #shown: PromptState | undefined;

  constructor(createWindow: CreateWindow, cancel: (promptId: string) => void) {
    this.#createWindow = createWindow;
    this.#cancel = cancel;
  }

  /** Tells it which questions wait now. */
  update(prompts: readonly PromptState[]): void {
    const next = prompts[0];
    const isNew = next !== undefined && next.id !== this.#shown?.id;
    this.#shown = next;
    if (next === undefined) {
      this.#takeAway();
    } else if (this.#window === undefined) {
      this.#window = this.#make();
    } else if (isNew && this.#window.isVisible()) {
      this.#bringUp(this.#window);
    }
  }

  /** The user wants to answer now: gives it the keyboard. */
  focus(): void {
    this.#window?.show();
    this.#window?.focus();
  }

  #make(): AppWindow {
    const window = this.#createWindow('prompt');
    window.once('ready-to-show', () => this.#bringUp(window));
    window.on('closed', () => this.#onClosed(window));
    return window;
  }

  #bringUp(window: AppWindow): void {
    if (window.isDestroyed()) {
      return;
    }
    if (this.#shown?.userAsked === true) {
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
    if (this.#window !== window) {
      return;
    }
    this.#window = undefined;
    if (this.#shown !== undefined) {
      this.#cancel(this.#shown.id);
    }
  }
}
