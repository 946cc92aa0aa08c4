import { randomBytes } from 'node:crypto';

/** Chance as the core sees it. Tests give one that repeats. */
export interface Random {
  /** At least 0, below 1; for jitter, never for secrets. */
  fraction(): number;
  /** Unpredictable bytes, for secrets. */
  bytes(count: number): Uint8Array;
}

/** The machine's own randomness. */
export function systemRandom(): Random {
  return { fraction: () => Math.random(), bytes: (count) => randomBytes(count) };
}
