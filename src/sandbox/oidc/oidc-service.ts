import { jsonParams, restJsonError } from '../http/json-service.ts';
import type { SandboxReply } from '../http/sandbox-reply.ts';
import type { Service } from '../http/service.ts';
import { AwsError } from '../http/aws-error.ts';
import { createToken } from './create-token.ts';
import { oidcError } from './oidc-errors.ts';
import { oidcBody, type OidcCall } from './oidc-request.ts';
import { registerClient } from './register-client.ts';
import { startDeviceAuthorization } from './start-device-authorization.ts';

const OPERATIONS: Readonly<Record<string, { readonly name: string; readonly run: (call: OidcCall) => SandboxReply }>> =
  {
    '/client/register': { name: 'RegisterClient', run: registerClient },
    '/device_authorization': { name: 'StartDeviceAuthorization', run: startDeviceAuthorization },
    '/token': { name: 'CreateToken', run: createToken },
  };

/** IAM Identity Center OIDC: unsigned REST-JSON. */
export const oidcService: Service = {
  id: 'sso-oidc',
  identify: (request) =>
    request.method === 'POST' && Object.hasOwn(OPERATIONS, request.path) ? OPERATIONS[request.path]?.name : undefined,
  params: jsonParams,
  handle(operation, request, world) {
    const found = OPERATIONS[request.path];
    if (found === undefined) {
      throw oidcError('InvalidRequestException', `Unknown operation ${operation}`);
    }
    return found.run({ body: oidcBody(request), request, world, now: world.now() });
  },
  renderError: (error) =>
    restJsonError(error, { error: error.fields['error'] ?? 'server_error', error_description: error.message }),
  throttled: () => new AwsError(429, 'TooManyRequestsException', 'Too many requests', { error: 'slow_down' }),
  expired: () => oidcError('InvalidGrantException', 'Token has expired'),
};
