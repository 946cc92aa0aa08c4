import * as v from 'valibot';
import { Secret } from '../../model/secret.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import type { SsoSession } from './sso-session.ts';
import type { SsoTokenStore, StoredToken } from './token-store.ts';

const date = v.pipe(
  v.string(),
  v.transform((text) => new Date(text)),
  v.date(),
);
const secret = v.pipe(
  v.string(),
  v.transform((text) => new Secret(text)),
);
const TokenSchema = v.object({
  accessToken: secret,
  expiresAt: date,
  refreshToken: v.optional(secret),
  clientId: v.optional(v.string()),
  clientSecret: v.optional(secret),
  registrationExpiresAt: v.optional(date),
});

/**
 * Keeps tokens in the secret store, never in `~/.aws`. Its methods throw what the store throws; a locked or missing store never
 * costs a token.
 */
export function vaultTokenStore(secrets: SecretStore): SsoTokenStore {
  const nameOf = (session: SsoSession) => ({ kind: 'sso-token', id: session.id }) as const;
  return {
    async read(session) {
      const kept = await secrets.get(nameOf(session));
      return kept === undefined ? undefined : parseToken(kept);
    },
    write: (session, token) => secrets.set(nameOf(session), serialise(token)),
    remove: (session) => secrets.delete(nameOf(session)),
  };
}

function parseToken(kept: Secret): StoredToken | undefined {
  try {
    const parsed = v.safeParse(TokenSchema, JSON.parse(kept.reveal()));
    if (!parsed.success) {
      return undefined;
    }
    const { refreshToken, clientId, clientSecret, registrationExpiresAt, ...rest } = parsed.output;
    return { ...rest, refreshToken, clientId, clientSecret, registrationExpiresAt };
  } catch {
    return undefined;
  }
}

function serialise(token: StoredToken): Secret {
  return new Secret(
    JSON.stringify({
      accessToken: token.accessToken.reveal(),
      expiresAt: token.expiresAt.toISOString(),
      refreshToken: token.refreshToken?.reveal(),
      clientId: token.clientId,
      clientSecret: token.clientSecret?.reveal(),
      registrationExpiresAt: token.registrationExpiresAt?.toISOString(),
    }),
  );
}
