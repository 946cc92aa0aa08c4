import type { Secret } from '../../src/core/model/secret.ts';
import type { ClipboardPort } from '../../src/core/session/ports.ts';

/** A clipboard in memory. Set `text` to play the user who copies something else. */
export class FakeClipboard implements ClipboardPort {
  text = '';
  refuses = false;

  #held: Promise<void> | undefined;

  /** Makes the next write wait; the function returned lets it go on. */
  holdNextWrite(): () => void {
    let letGo = (): void => {};
    this.#held = new Promise((resolve) => (letGo = resolve));
    return () => letGo();
  }

  async write(text: Secret): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    await held;
    if (this.refuses) {
      throw new Error('no clipboard');
    }
    this.text = text.reveal();
  }

  clearIfStill(text: Secret): Promise<void> {
    this.text = this.text === text.reveal() ? '' : this.text;
    return Promise.resolve();
  }
}
