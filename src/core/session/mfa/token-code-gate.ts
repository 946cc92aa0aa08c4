import type { Secret } from '../../model/secret.ts';
import type { DeviceMemories } from './device-memory.ts';
import { MfaCodeUsedError } from './errors.ts';

/** How long a device shows one code. */
export const WINDOW_MS = 30_000;
/** For how many windows a process remembers the codes it sent: far longer than AWS would take one of them. */
const REMEMBERED_WINDOWS = 20;

interface SentCode {
  readonly window: number;
  readonly code: Secret;
}

/** A code that may be sent now, once. */
export interface Claim {
  /** AWS did not take it: another code of the same window may be sent. */
  rejected(): Promise<void>;
}

/**
 * Lets each MFA code through once. AWS takes a code once in its 30 seconds, so a second role has to wait for the next one, also
 * when another process sent the last.
 */
export class TokenCodeGate {
  readonly #memories: DeviceMemories;
  readonly #awsNow: () => Date;
  readonly #sent = new Map<string, readonly SentCode[]>();

  /** `awsNow` is AWS's time, by which its devices count. */
  constructor(memories: DeviceMemories, awsNow: () => Date) {
    this.#memories = memories;
    this.#awsNow = awsNow;
  }

  /** When the next unused code appears; undefined when the present one is unused. */
  async nextCodeAt(mfaSerial: string): Promise<Date | undefined> {
    const { lastWindow } = await this.#memories.read(mfaSerial);
    const window = this.#window();
    return isSpent(lastWindow, window) ? new Date((lastWindow + 1) * WINDOW_MS) : undefined;
  }

  /** Takes the right to send this code. Throws MfaCodeUsedError when it, or an unknown one of the same window, was sent before. */
  async claim(mfaSerial: string, code: Secret): Promise<Claim> {
    const window = this.#window();
    const used = (last: number): MfaCodeUsedError => new MfaCodeUsedError(mfaSerial, new Date((last + 1) * WINDOW_MS));
    let before: number | undefined;
    await this.#memories.update(mfaSerial, (memory) => {
      const sent = (this.#sent.get(mfaSerial) ?? []).filter((other) => other.window > window - REMEMBERED_WINDOWS);
      before = memory.lastWindow;
      if (sent.some((other) => other.code.reveal() === code.reveal())) {
        throw used(Math.max(window, isSpent(before, window) ? before : window));
      }
      // Another process sent a code in this window; it may well have been this one.
      if (isSpent(before, window) && !sent.some((other) => other.window === before)) {
        throw used(before);
      }
      this.#sent.set(mfaSerial, [...sent, { window, code }]);
      return { ...memory, lastWindow: window };
    });
    return { rejected: () => this.#release(mfaSerial, window, before) };
  }

  #release(mfaSerial: string, window: number, before: number | undefined): Promise<void> {
    return this.#memories.update(mfaSerial, (memory) =>
      memory.lastWindow === window ? { ...memory, lastWindow: before } : memory,
    );
  }

  #window(): number {
    return Math.floor(this.#awsNow().getTime() / WINDOW_MS);
  }
}

/** Whether codes of this window were sent. A window far ahead was noted while the clock was wrong, and means nothing. */
function isSpent(lastWindow: number | undefined, window: number): lastWindow is number {
  return lastWindow !== undefined && lastWindow >= window && lastWindow <= window + 2;
}
