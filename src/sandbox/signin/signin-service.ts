import { AwsError } from '../http/aws-error.ts';
import { jsonParams, restJsonError } from '../http/json-service.ts';
import type { Service } from '../http/service.ts';
import { createOauth2Token } from './create-oauth2-token.ts';
import { signinErrors } from './signin-errors.ts';

/** AWS Sign-In, the service behind `aws login`. */
export const signinService: Service = {
  id: 'signin',
  identify: (request) => (request.method === 'POST' && request.path === '/v1/token' ? 'CreateOAuth2Token' : undefined),
  params: jsonParams,
  handle: (_operation, request, world) => createOauth2Token(request, world),
  renderError: (error) =>
    restJsonError(error, { error: error.fields['error'] ?? 'INTERNAL_ERROR', message: error.message }),
  throttled: () => new AwsError(429, 'TooManyRequestsError', 'Too many requests', { error: 'TOO_MANY_REQUESTS' }),
  expired: () => signinErrors.denied('TOKEN_EXPIRED', 'The session has expired.'),
};
