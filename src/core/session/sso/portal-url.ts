import type { AwsNetwork } from '../../aws/client-config.ts';
import { resolveStartUrl } from './detect-region.ts';
import type { SsoSession } from './sso-session.ts';
import { parseStartUrl } from './start-url.ts';

/**
 * The start URL as AWS's services know it: as written, unless it stands on a company's own host, which is then followed.
 * Throws BadInputError for a start URL that is none.
 */
export async function portalUrlOf(network: AwsNetwork, session: SsoSession, signal: AbortSignal): Promise<string> {
  const isOwnDomain = parseStartUrl(session.startUrl, network.env).kind === 'own-domain';
  return isOwnDomain ? (await resolveStartUrl(network, session.startUrl, signal)).url : session.startUrl;
}
