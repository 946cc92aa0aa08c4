import { statSync } from 'node:fs';
import type { AwsProfiles } from '../model/profile.ts';

/** Files that changed this recently may change again within the clock's grain, without a new stamp. */
const SETTLED_MS = 2_000;

/**
 * Reads profiles again only when one of the files has another stamp than at the last reading. Programs ask many times a second,
 * and ten thousand profiles take a quarter of a second to read.
 */
export function cachedProfiles(
  files: readonly string[],
  read: () => Promise<AwsProfiles>,
  nowMs: () => number,
): () => Promise<AwsProfiles> {
  const cache: { stamp?: string; profiles?: Promise<AwsProfiles> } = {};
  return async () => {
    const stamps = files.map((file) => stampOf(file));
    const stamp = stamps.map(({ text }) => text).join('\n');
    if (cache.profiles !== undefined && cache.stamp === stamp) {
      return cache.profiles;
    }
    const profiles = read();
    profiles.catch(() => {
      cache.profiles = undefined;
    });
    const isSettled = stamps.every(({ changedAtMs }) => Math.abs(nowMs() - changedAtMs) > SETTLED_MS);
    // Taken before the reading: a change in between gives another stamp next time.
    cache.stamp = isSettled ? stamp : undefined;
    cache.profiles = isSettled ? profiles : undefined;
    return profiles;
  };
}

/** At once, not by promises: waking a thread for each look takes longer than the look, and all of it is on the way of a warm answer. */
function stampOf(file: string): { readonly text: string; readonly changedAtMs: number } {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return { text: `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`, changedAtMs: Number(ctimeNs / 1_000_000n) };
  } catch (error) {
    const text = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { text, changedAtMs: 0 };
  }
}
