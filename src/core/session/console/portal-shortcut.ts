import type { Env } from '../../aws/endpoints.ts';
import { parseStartUrl } from '../sso/start-url.ts';

/**
 * The portal's own shortcut to a role's console. The browser's sign-in at the portal is used, so the URL holds no secret and the
 * session is the user's own. Throws BadInputError for a start URL that is none.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/createshortcutlink.html
 */
export function portalShortcut(
  startUrl: string,
  env: Env,
  role: { readonly accountId: string; readonly roleName: string },
  destination: string | undefined,
): string {
  const { url } = parseStartUrl(startUrl, env);
  const query = {
    account_id: role.accountId,
    role_name: role.roleName,
    ...(destination === undefined ? {} : { destination }),
  };
  const encoded = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${url.replace(/\/+$/, '')}/#/console?${encoded.join('&')}`;
}
