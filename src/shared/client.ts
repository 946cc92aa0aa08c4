import type { Execute } from './commands.ts';
import type { SentMessage } from './sent-message.ts';

/**
 * What a screen holds in its hands, whatever process serves it. The preload script gives it as `window.rolecall`; in the loopback
 * host the page makes its own over HTTP.
 */
export interface Client {
  readonly execute: Execute;
  /** Calls `listener` with a snapshot, then with every change; returns the function that ends it. */
  subscribe(listener: (message: SentMessage) => void): () => void;
  /** Calls `listener` when the connection to the core is lost or back. */
  onConnection(listener: (connected: boolean) => void): () => void;
  /** Which of the screens this page is: the tray's popover, the window, or the MFA popup. */
  readonly view: 'popover' | 'window' | 'prompt';
}
