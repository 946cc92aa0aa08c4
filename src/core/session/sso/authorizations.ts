import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { JsonStateFile } from '../../files/json-state-file.ts';
import type { Clock } from '../../model/clock.ts';
import { toFailure } from '../../model/errors.ts';
import type { StoredToken } from './token-store.ts';

/** Tells one token from another: fingerprints of its access token and its refresh token, from which nothing leads back to them. */
export type TokenMark = string;

/** Where the book is kept, and who hears that it cannot be. */
export interface AuthorizationsParts {
  readonly rolecallHome: string;
  readonly lockDir: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

const FingerprintSchema = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));
const BookSchema = v.pipe(
  v.array(v.object({ ssoSession: v.string(), tokens: v.pipe(v.array(FingerprintSchema), v.readonly()) })),
  v.readonly(),
);
type Book = v.InferOutput<typeof BookSchema>;

/** Tokens hold for an hour: those of some days. */
const MOST_TOKENS = 100;
const FINGERPRINT_LETTERS = 22;

/** The book of all processes of the user. It changes with every sign-in, renewal and sign-out of ours, wherever the token is kept. */
export function authorizationsFile(rolecallHome: string): string {
  return join(rolecallHome, 'sign-ins.json');
}

/** What a token is known by. */
export function markOf({ accessToken, refreshToken }: StoredToken): TokenMark {
  return `${fingerprint(accessToken.reveal())} ${refreshToken === undefined ? '' : fingerprint(refreshToken.reveal())}`;
}

/**
 * Which tokens come of one and the same sign-in. A renewed token is another text for the same person; one that somebody signed in for
 * may be another person's, and only who asked AWS for it knows which it is: so that is written down, for all processes.
 *
 * A file that cannot be written costs only that: a renewal elsewhere counts as a sign-in.
 */
export class Authorizations {
  readonly #file: JsonStateFile<Book>;
  readonly #log: (line: string) => void;

  constructor({ rolecallHome, lockDir, clock, log }: AuthorizationsParts) {
    const path = authorizationsFile(rolecallHome);
    this.#file = new JsonStateFile<Book>({ path, lockDir, clock, version: 1, schema: BookSchema, defaults: () => [] });
    this.#log = log;
  }

  /** Whether both tokens are known to come of one sign-in. */
  async isSame(ssoSession: string, one: TokenMark, other: TokenMark): Promise<boolean> {
    const [[oneAccess = '', oneRefresh = ''], [otherAccess = '', otherRefresh = '']] = [
      one.split(' '),
      other.split(' '),
    ];
    if (oneAccess === otherAccess || (oneRefresh !== '' && oneRefresh === otherRefresh)) {
      return true;
    }
    const tokens = await this.#tokensOf(ssoSession);
    return tokens.includes(oneAccess) && tokens.includes(otherAccess);
  }

  /** The token that came last by the book; undefined where it knows none. */
  async latest(ssoSession: string): Promise<TokenMark | undefined> {
    const token = (await this.#tokensOf(ssoSession)).at(-1);
    return token === undefined ? undefined : `${token} `;
  }

  /** To be called before a renewed token is put in its place: who sees it there knows what it is. */
  renewed(ssoSession: string, old: TokenMark, renewed: TokenMark): Promise<void> {
    return this.#change(ssoSession, (tokens) => {
      const before = tokens.includes(accessOf(old)) ? tokens : [accessOf(old)];
      return [...before, accessOf(renewed)].slice(-MOST_TOKENS);
    });
  }

  /** Somebody signed in, and this token came of it. To be called once it is in its place. */
  signedIn(ssoSession: string, token: TokenMark): Promise<void> {
    return this.#change(ssoSession, () => [accessOf(token)]);
  }

  /** Somebody signed out. To be called once the token is gone. */
  signedOut(ssoSession: string): Promise<void> {
    return this.#change(ssoSession, () => []);
  }

  async #tokensOf(ssoSession: string): Promise<readonly string[]> {
    const book = await this.#file.load().catch((): Book => []);
    return book.find((entry) => entry.ssoSession === ssoSession)?.tokens ?? [];
  }

  async #change(ssoSession: string, change: (tokens: readonly string[]) => readonly string[]): Promise<void> {
    try {
      await this.#file.update((book) => {
        const tokens = change(book.find((entry) => entry.ssoSession === ssoSession)?.tokens ?? []);
        const others = book.filter((entry) => entry.ssoSession !== ssoSession);
        return tokens.length === 0 ? others : [...others, { ssoSession, tokens }];
      });
    } catch (error) {
      this.#log(`the sign-in to ${ssoSession} could not be noted: ${toFailure(error).message}`);
    }
  }
}

function accessOf(mark: TokenMark): string {
  return mark.split(' ')[0] ?? '';
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, FINGERPRINT_LETTERS);
}
