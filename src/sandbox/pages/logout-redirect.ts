import { redirectReply } from '../http/sandbox-reply.ts';
import { PARTITIONS } from '../../core/model/partition.ts';
import { messagePage } from './layout.ts';
import type { Page } from './page-call.ts';

/**
 * GET /oauth?Action=logout&redirect_uri=…: signs the console out and goes on, which is how a federation URL replaces an open session.
 * Only sign-in hosts and the sandbox itself are followed, so that it is no open redirect.
 */
export const logoutRedirect: Page = ({ query, world, request }) => {
  const target = query.get('redirect_uri') ?? '';
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const toSigninHost =
    url?.protocol === 'https:' &&
    PARTITIONS.some(({ signinHost }) => url.hostname === signinHost || url.hostname.endsWith(`.${signinHost}`));
  const isKnown = url !== undefined && (toSigninHost || url.origin === world.baseUrl || url.origin === request.origin);
  return query.get('Action') === 'logout' && isKnown
    ? redirectReply(target)
    : messagePage('Signed out', 'You are signed out of the console.', query.get('Action') === 'logout' ? 200 : 400);
};
