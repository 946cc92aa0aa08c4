import * as v from 'valibot';
import { CoreError } from '../../model/errors.ts';
import { Secret } from '../../model/secret.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import type { KeptSessions, MfaSession } from './mfa-sessions.ts';

const KIND = 'mfa-session';

const SessionSchema = v.object({
  accessKeyId: v.string(),
  secretAccessKey: v.string(),
  sessionToken: v.string(),
  expiresAt: v.pipe(v.string(), v.isoTimestamp()),
  authenticatedAt: v.pipe(v.string(), v.isoTimestamp()),
});

/**
 * MFA sessions in the secret store, so that a command without the app asks once a day too. A store that is locked or missing costs
 * one more code, never the command.
 */
export function storedSessions(store: SecretStore, awsNow: () => Date, log: (line: string) => void): KeptSessions {
  const quietly = async <Value>(what: string, work: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CoreError)) {
        throw error;
      }
      log(`An MFA session could not be ${what} (${error.code}).`);
      return undefined;
    }
  };
  return {
    load: (sessionId) => quietly('read', async () => parseSession(await store.get({ kind: KIND, id: sessionId }))),
    async save(sessionId, session) {
      await quietly('kept', () => store.set({ kind: KIND, id: sessionId }, formatSession(session)));
      await quietly('tidied up', () => removeEnded(store, awsNow()));
    },
    async remove(sessionId) {
      await quietly('removed', () => store.delete({ kind: KIND, id: sessionId }));
    },
  };
}

/** No sessions beyond this process. */
export function noKeptSessions(): KeptSessions {
  return { load: () => Promise.resolve(undefined), save: () => Promise.resolve(), remove: () => Promise.resolve() };
}

/** Sessions of keys and devices that are gone would stay for ever. */
async function removeEnded(store: SecretStore, now: Date): Promise<void> {
  const names = (await store.names()).filter((name) => name.kind === KIND);
  for (const name of names) {
    const session = parseSession(await store.get(name));
    if (session === undefined || session.credentials.expiresAt <= now) {
      await store.delete(name);
    }
  }
}

function formatSession({ credentials, authenticatedAt }: MfaSession): Secret {
  return new Secret(
    JSON.stringify({
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey.reveal(),
      sessionToken: credentials.sessionToken.reveal(),
      expiresAt: credentials.expiresAt.toISOString(),
      authenticatedAt: authenticatedAt.toISOString(),
    }),
  );
}

function parseSession(secret: Secret | undefined): MfaSession | undefined {
  const parsed = v.safeParse(SessionSchema, parseJson(secret?.reveal() ?? ''));
  if (!parsed.success) {
    return undefined;
  }
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt, authenticatedAt } = parsed.output;
  return {
    credentials: {
      accessKeyId,
      secretAccessKey: new Secret(secretAccessKey),
      sessionToken: new Secret(sessionToken),
      expiresAt: new Date(expiresAt),
    },
    authenticatedAt: new Date(authenticatedAt),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
