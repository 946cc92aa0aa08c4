import type { Clock } from '../model/clock.ts';
import { CoreError } from '../model/errors.ts';
import type { Secret } from '../model/secret.ts';
import type { ClipboardPort } from '../session/ports.ts';

/** It took so long that the user copied something else meanwhile, which stays. */
export class CopiedSinceError extends CoreError {
  readonly code = 'copied-since';

  constructor() {
    super('Not copied: what you copied later stays on the clipboard.', 'Copy this again if you want it instead.');
  }
}

/** A copy that was asked for, and may take a while to be ready. */
export interface ClipboardTurn {
  /**
   * Puts the text there. `clearAfterSeconds` 0 leaves it until lock, sign-out or quit. Throws what the clipboard throws, and
   * CopiedSinceError when a copy that was asked for later was put there already.
   */
  put(text: Secret, clearAfterSeconds: number): Promise<void>;
}

interface Held {
  readonly text: Secret;
  readonly cancelTimer: () => void;
}

/**
 * Puts secrets on the clipboard and takes them off again: after the set time, when the screen is locked, when the user signs out
 * and when the app quits; always only if the clipboard still holds what was put there. What was asked for last is what stays: a role
 * that was slow to answer never takes the place of one chosen after it.
 */
export class ClipboardKeeper {
  readonly #clipboard: ClipboardPort;
  readonly #clock: Clock;
  /** Programs that reach the clipboard take their time, so writing and clearing go one after the other. */
  #queue: Promise<unknown> = Promise.resolve();
  #held: Held | undefined;
  #turns = 0;
  /** The latest turn whose text was put there. */
  #latest = 0;

  constructor(clipboard: ClipboardPort, clock: Clock) {
    this.#clipboard = clipboard;
    this.#clock = clock;
  }

  /** Takes a turn; to be called when the user has asked, and said yes where that was needed, not when the text is there. */
  ask(): ClipboardTurn {
    this.#turns += 1;
    const turn = this.#turns;
    return { put: (text, seconds) => this.#inTurn(() => this.#put(turn, text, seconds)) };
  }

  /** Takes what we put there off the clipboard now. Never throws. */
  async clear(): Promise<void> {
    await this.#inTurn(() => this.#clearIfHeld(this.#held));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #put(turn: number, text: Secret, clearAfterSeconds: number): Promise<void> {
    if (turn < this.#latest) {
      throw new CopiedSinceError();
    }
    await this.#clipboard.write(text);
    this.#latest = turn;
    this.#held?.cancelTimer();
    const clear = (): void => void this.#inTurn(() => this.#clearIfHeld(held));
    const held: Held = {
      text,
      cancelTimer: clearAfterSeconds === 0 ? () => {} : this.#clock.setTimer(clearAfterSeconds * 1000, clear),
    };
    this.#held = held;
  }

  async #clearIfHeld(held: Held | undefined): Promise<void> {
    // What took its place since has a time of its own, also when it is the same text.
    if (held === undefined || held !== this.#held) {
      return;
    }
    held.cancelTimer();
    this.#held = undefined;
    await this.#clipboard.clearIfStill(held.text);
  }
}
