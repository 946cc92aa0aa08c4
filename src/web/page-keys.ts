import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Secret } from '../core/model/secret.ts';
import type { Clock } from '../core/model/clock.ts';

/** What became of a bootstrap code. */
export type Exchange =
  /** By `proof`, which it never sends, the page knows its host again; by `returnCode` it comes back when it is loaded anew. */
  | { readonly kind: 'granted'; readonly token: Secret; readonly proof: Secret; readonly returnCode: Secret }
  /** Unknown, or too old. */
  | { readonly kind: 'refused' }
  /** Used before: one of the two users is not the user. `revoked` tells whether the first one's key was taken back. */
  | { readonly kind: 'replayed'; readonly revoked: boolean };

interface Code {
  readonly hash: Buffer;
  /** The key of the page that comes back with it, which ends then; undefined for a new window. */
  readonly of: Buffer | undefined;
  endsAtMs: number;
  /** The key this code was swapped for. */
  grantedKey: Buffer | undefined;
}

/** Of those that can no longer be swapped: by them a second use is known. */
const MAX_SPENT_CODES = 64;
const MAX_KEYS = 64;

/** A page that is loaded anew is back within seconds; its browser may have written the code to its own disk meanwhile. */
export const RETURN_MS = 15_000;

/**
 * The keys of the pages that are open, and the one-shot codes that a page swaps for its key.
 *
 * The code travels in the address that a browser is started with, where other users of the machine can read it; so it is good
 * once and briefly, and a second use within its time takes the key back, because whoever came first may not be the user.
 * With its key a page gets the code to come back with. Only hashes are held.
 */
export class PageKeys {
  readonly #clock: Clock;
  #codes: readonly Code[] = [];
  /** The one that was used last comes last. */
  #keys: readonly Buffer[] = [];
  readonly #proofKey = randomBytes(32);
  readonly #onRevoked = new Set<(key: Buffer) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new code of 256 bits, good once within `lifetimeMs`. */
  issueCode(lifetimeMs: number): Secret {
    return this.#newCode(lifetimeMs, undefined);
  }

  #newCode(lifetimeMs: number, of: Buffer | undefined): Secret {
    const text = randomBytes(32).toString('base64url');
    const code = { hash: hashOf(text), of, endsAtMs: this.#nowMs() + lifetimeMs, grantedKey: undefined };
    const spent = this.#codes.filter((other) => !this.#isGood(other));
    this.#codes = [...spent.slice(-MAX_SPENT_CODES), ...this.#codes.filter((other) => this.#isGood(other)), code];
    return new Secret(text);
  }

  /** The page with this key is there: it can come back for as long as it is, and for `RETURN_MS` after `pageLeft`. */
  pageCame(key: Buffer): void {
    this.#limitReturn(key, Number.POSITIVE_INFINITY);
  }

  /** The page with this key is gone, or is being loaded anew. */
  pageLeft(key: Buffer): void {
    this.#limitReturn(key, this.#nowMs() + RETURN_MS);
  }

  #limitReturn(key: Buffer, endsAtMs: number): void {
    const code = this.#codes.find(({ of }) => of?.equals(key));
    // Whoever's key was taken back has nothing to come back for.
    if (code !== undefined && this.#keys.some((held) => held.equals(key))) {
      code.endsAtMs = endsAtMs;
    }
  }

  /** Beyond what is held the key that was not used for longest is dropped, of those whose page is not `isOpen`. */
  exchange(text: string, isOpen: (key: Buffer) => boolean = () => false): Exchange {
    const code = this.#codeOf(text);
    if (code === undefined) {
      return { kind: 'refused' };
    }
    if (code.grantedKey !== undefined) {
      return { kind: 'replayed', revoked: this.#isInTime(code) && this.#revoke(code.grantedKey) };
    }
    if (!this.#isInTime(code)) {
      return { kind: 'refused' };
    }
    if (code.of !== undefined) {
      this.#revoke(code.of);
      code.endsAtMs = this.#nowMs() + RETURN_MS;
    }
    const token = randomBytes(32).toString('base64url');
    const key = hashOf(token);
    code.grantedKey = key;
    const dropped = this.#keys.length < MAX_KEYS ? undefined : this.#keys.find((other) => !isOpen(other));
    if (dropped !== undefined) {
      this.#forget(dropped);
    }
    this.#keys = [...this.#keys, key];
    return {
      kind: 'granted',
      token: new Secret(token),
      proof: this.proofFor(key),
      returnCode: this.#newCode(RETURN_MS, key),
    };
  }

  /** Whether this is a code of ours, used, too old or neither. */
  knows(text: string): boolean {
    return this.#codeOf(text) !== undefined;
  }

  #codeOf(text: string): Code | undefined {
    const hash = hashOf(text);
    return this.#codes.find((known) => timingSafeEqual(known.hash, hash));
  }

  /** The key that an `Authorization` header proves, as a name for it that is no secret; undefined for every other text. */
  keyOf(authorization: string | undefined): Buffer | undefined {
    const token = /^Bearer ([\w-]{43})$/.exec(authorization ?? '')?.[1];
    if (token === undefined) {
      return undefined;
    }
    const hash = hashOf(token);
    const used = this.#keys.find((key) => timingSafeEqual(key, hash));
    if (used !== undefined) {
      this.#keys = [...this.#keys.filter((key) => key !== used), used];
    }
    return used;
  }

  /** What only this host and the page with this key know, and whoever takes over its port does not: the page sent only its token there. */
  proofFor(key: Buffer): Secret {
    return new Secret(createHmac('sha256', this.#proofKey).update(key).digest('base64url'));
  }

  /** Calls `listener` with each key that is taken back; returns the function that ends it. */
  onRevoked(listener: (key: Buffer) => void): () => void {
    this.#onRevoked.add(listener);
    return () => {
      this.#onRevoked.delete(listener);
    };
  }

  #revoke(key: Buffer): boolean {
    const held = this.#forget(key);
    for (const listener of this.#onRevoked) {
      listener(key);
    }
    return held;
  }

  /** The key opens nothing more, and nobody comes back for it. */
  #forget(key: Buffer): boolean {
    this.#limitReturn(key, this.#nowMs());
    const others = this.#keys.filter((other) => !other.equals(key));
    const held = others.length < this.#keys.length;
    this.#keys = others;
    return held;
  }

  /** Whether it can still be swapped. */
  #isGood(code: Code): boolean {
    return code.grantedKey === undefined && this.#isInTime(code);
  }

  #isInTime(code: Code): boolean {
    return this.#nowMs() < code.endsAtMs;
  }

  #nowMs(): number {
    return this.#clock.now().getTime();
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
