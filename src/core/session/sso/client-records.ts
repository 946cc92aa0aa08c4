import * as v from 'valibot';
import type { ClientRegistration } from '../../aws/sso-oidc.ts';
import { Secret } from '../../model/secret.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import type { SsoSession } from './sso-session.ts';

/** How the user signs in: AWS knows a client of its own for each. */
export type SignInMethod = 'browser' | 'device';

/** What every sign-in that waits for the user has. */
interface PendingBase {
  readonly startedAt: Date;
  readonly endsAt: Date;
  /** Which process waits, or waited, for its end: see `ownerText`. */
  readonly waiter?: string | undefined;
}

/** A device sign-in that waits for the user. */
export interface PendingDeviceSignIn extends PendingBase {
  readonly method: 'device';
  readonly deviceCode: Secret;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  readonly intervalSeconds: number;
}

/** A browser sign-in that waits for its callback on `port`. */
export interface PendingBrowserSignIn extends PendingBase {
  readonly method: 'browser';
  readonly port: number;
  readonly state: Secret;
  readonly codeVerifier: Secret;
}

export type PendingSignIn = PendingDeviceSignIn | PendingBrowserSignIn;

/** What is remembered of one Identity Center between sign-ins: the registered clients, and the sign-in under way. */
export interface ClientRecord {
  readonly browser: ClientRegistration | undefined;
  readonly device: ClientRegistration | undefined;
  readonly pending: PendingSignIn | undefined;
}

const EMPTY: ClientRecord = { browser: undefined, device: undefined, pending: undefined };

const secret = v.pipe(
  v.string(),
  v.transform((text) => new Secret(text)),
);
const date = v.pipe(
  v.string(),
  v.transform((text) => new Date(text)),
  v.date(),
);
const RegistrationSchema = v.object({ clientId: v.string(), clientSecret: secret, expiresAt: date });
const PENDING_ENTRIES = { startedAt: date, endsAt: date, waiter: v.optional(v.string()) };
const PendingSchema = v.variant('method', [
  v.object({
    method: v.literal('device'),
    deviceCode: secret,
    userCode: v.string(),
    verificationUri: v.string(),
    verificationUriComplete: v.string(),
    intervalSeconds: v.pipe(v.number(), v.minValue(1), v.maxValue(600)),
    ...PENDING_ENTRIES,
  }),
  v.object({
    method: v.literal('browser'),
    port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
    state: secret,
    codeVerifier: secret,
    ...PENDING_ENTRIES,
  }),
]);
const RecordSchema = v.object({
  startUrl: v.string(),
  region: v.string(),
  scopes: v.array(v.string()),
  browser: v.fallback(v.optional(RegistrationSchema), undefined),
  device: v.fallback(v.optional(RegistrationSchema), undefined),
  pending: v.fallback(v.optional(PendingSchema), undefined),
});

/**
 * Keeps client registrations and pending sign-ins in the secret store, as a client secret is one. Where there is no store, or it is
 * locked, this process's memory holds them: registering again costs one request, so the user is not bothered with it.
 */
export class ClientRecords {
  readonly #secrets: SecretStore;
  readonly #log: (line: string) => void;
  readonly #memory = new Map<string, ClientRecord>();

  constructor(secrets: SecretStore, log: (line: string) => void) {
    this.#secrets = secrets;
    this.#log = log;
  }

  /** What is remembered; nothing where the Identity Center's address, region or scopes were changed since. */
  async read(session: SsoSession): Promise<ClientRecord> {
    const remembered = this.#memory.get(session.id);
    if (remembered !== undefined) {
      return remembered;
    }
    const kept = await this.#secrets.get(nameOf(session)).catch((error: unknown) => this.#note('read', error));
    return kept === undefined ? EMPTY : parseRecord(kept, session);
  }

  /** Changes what is remembered; what is not named stays. */
  async update(session: SsoSession, changes: Partial<ClientRecord>): Promise<void> {
    const record = { ...(await this.read(session)), ...changes };
    try {
      await this.#secrets.set(nameOf(session), serialise(record, session));
      this.#memory.delete(session.id);
    } catch (error) {
      this.#note('kept', error);
      this.#memory.set(session.id, record);
    }
  }

  /** Forgets all of it. */
  async forget(session: SsoSession): Promise<void> {
    this.#memory.delete(session.id);
    await this.#secrets.delete(nameOf(session)).catch((error: unknown) => this.#note('removed', error));
  }

  #note(what: string, error: unknown): undefined {
    this.#log(`client registration not ${what}: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}

function nameOf(session: SsoSession) {
  return { kind: 'sso-client', id: session.id } as const;
}

function parseRecord(kept: Secret, session: SsoSession): ClientRecord {
  const parsed = v.safeParse(RecordSchema, parseJson(kept.reveal()));
  if (!parsed.success) {
    return EMPTY;
  }
  const { startUrl, region, scopes, browser, device, pending } = parsed.output;
  const isSame = startUrl === session.startUrl && region === session.region && scopes.join() === session.scopes.join();
  return isSame ? { browser, device, pending } : EMPTY;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The one place where these secrets become text: it goes straight into the store. */
function serialise(record: ClientRecord, session: SsoSession): Secret {
  const { startUrl, region, scopes } = session;
  return new Secret(JSON.stringify(revealAll({ startUrl, region, scopes, ...record })));
}

/** JSON.stringify asks an object's toJSON before any replacer, so secrets are opened first. */
function revealAll(value: unknown): unknown {
  if (value instanceof Secret) {
    return value.reveal();
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (Array.isArray(value)) {
    return value.map(revealAll);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revealAll(one)]))
    : value;
}
