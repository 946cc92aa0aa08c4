import { AwsError } from '../http/aws-error.ts';
import { formOf, type SandboxRequest } from '../http/sandbox-request.ts';
import type { Service } from '../http/service.ts';
import { escapeHtml } from '../pages/html.ts';
import { getSigninToken } from './get-signin-token.ts';
import { login } from './login.ts';

/** Parameters of both forms: in the URL, or (kept out of logs) in the body. */
export function federationParams(request: SandboxRequest): URLSearchParams {
  return request.method === 'POST' ? new URLSearchParams([...request.query, ...formOf(request)]) : request.query;
}

/** The console's federation endpoint. Its refusals are web pages that say little, as AWS's are. */
export const federationService: Service = {
  id: 'federation',
  identify(request) {
    const action = request.path === '/federation' ? federationParams(request).get('Action') : null;
    return action === 'getSigninToken' || action === 'login' ? action : action === null ? undefined : 'unknown';
  },
  params: federationParams,
  handle(operation, request, world) {
    const params = federationParams(request);
    if (operation === 'login') {
      return login(params, request, world);
    }
    if (operation === 'getSigninToken') {
      return getSigninToken(params, request, world);
    }
    throw new AwsError(400, 'InvalidAction', 'Invalid Action parameter');
  },
  renderError: (error) => ({
    status: error.status,
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: `<html><head><title>Error report</title></head><body><h1>HTTP Status ${error.status} - ${escapeHtml(error.message)}</h1><p><b>message</b> ${escapeHtml(error.message)}</p><p><b>description</b> The request sent by the client was syntactically incorrect.</p></body></html>`,
  }),
  throttled: () => new AwsError(429, 'TooManyRequests', 'Too Many Requests'),
  expired: () => new AwsError(400, 'InvalidRequest', 'Invalid credentials parameter'),
};
