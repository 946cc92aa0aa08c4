import { isBearerToken } from '../../aws/sso.ts';
import { deleteSsoToken, readSsoToken, writeSsoToken, type SsoTokenCache } from '../../files/sso-token-cache.ts';
import type { SsoSession } from './sso-session.ts';
import { parseStartUrl } from './start-url.ts';
import type { SsoTokenStore } from './token-store.ts';

/**
 * Keeps tokens where the AWS CLI keeps them, in `~/.aws/sso/cache`, so that `aws` and every SDK are signed in with us. Its methods
 * throw FileFailedError.
 */
export function sharedTokenStore(cache: SsoTokenCache): SsoTokenStore {
  return {
    async read(session) {
      const token = await readSsoToken(cache, session.cacheKey);
      if (token === undefined || !isBearerToken(token.accessToken.reveal()) || !isSamePortal(token.startUrl, session)) {
        return undefined;
      }
      const { accessToken, expiresAt, refreshToken, clientId, clientSecret, registrationExpiresAt } = token;
      return { accessToken, expiresAt, refreshToken, clientId, clientSecret, registrationExpiresAt };
    },
    write: (session, token) =>
      writeSsoToken(cache, session.cacheKey, { startUrl: session.startUrl, region: session.region, ...token }),
    async remove(session) {
      await deleteSsoToken(cache, session.cacheKey);
    },
  };
}

/** A section that was pointed at another portal since must not send this token there. Tokens of old tools name no portal. */
function isSamePortal(startUrl: string, session: SsoSession): boolean {
  return startUrl === '' || startUrl === session.startUrl || plainUrl(startUrl) === plainUrl(session.startUrl);
}

function plainUrl(startUrl: string): string {
  try {
    return parseStartUrl(startUrl).url;
  } catch {
    return startUrl;
  }
}
