import type { Secret } from '../../src/core/model/secret.ts';
import type { ClipboardPort } from '../../src/core/session/ports.ts';

/** A clipboard in memory. Set `text` to play the user who copies something else. */
export class FakeClipboard implements ClipboardPort {
  text = '';
  refuses = false;

  write(text: Secret): Promise<void> {
    if (this.refuses) {
      return Promise.reject(new Error('no clipboard'));
    }
    this.text = text.reveal();
    return Promise.resolve();
  }

  clearIfStill(text: Secret): Promise<void> {
    this.text = this.text === text.reveal() ? '' : this.text;
    return Promise.resolve();
  }
}
