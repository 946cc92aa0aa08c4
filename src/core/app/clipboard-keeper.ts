import type { Clock } from '../model/clock.ts';
import type { Secret } from '../model/secret.ts';
import type { ClipboardPort } from '../session/ports.ts';

/**
 * Puts secrets on the clipboard and takes them off again: after the set time, when the screen is locked, when the user signs out
 * and when the app quits; always only if the clipboard still holds what was put there.
 */
export class ClipboardKeeper {
  readonly #clipboard: ClipboardPort;
  readonly #clock: Clock;
  #held: { readonly text: Secret; readonly cancelTimer: () => void } | undefined;

  constructor(clipboard: ClipboardPort, clock: Clock) {
    this.#clipboard = clipboard;
    this.#clock = clock;
  }

  /** Throws what the clipboard throws. `clearAfterSeconds` 0 leaves the text until lock, sign-out or quit. */
  async put(text: Secret, clearAfterSeconds: number): Promise<void> {
    await this.#clipboard.write(text);
    this.#held?.cancelTimer();
    const held = {
      text,
      cancelTimer:
        clearAfterSeconds === 0
          ? () => {}
          : this.#clock.setTimer(clearAfterSeconds * 1000, () => void this.#clearIf(held)),
    };
    this.#held = held;
  }

  /** Takes what we put there off the clipboard now. Never throws. */
  async clear(): Promise<void> {
    if (this.#held !== undefined) {
      await this.#clearIf(this.#held);
    }
  }

  async #clearIf(held: { readonly text: Secret; readonly cancelTimer: () => void }): Promise<void> {
    held.cancelTimer();
    if (this.#held === held) {
      this.#held = undefined;
    }
    await this.#clipboard.clearIfStill(held.text);
  }
}
