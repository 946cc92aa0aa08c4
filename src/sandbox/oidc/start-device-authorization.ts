import { jsonReply, type SandboxReply } from '../http/sandbox-reply.ts';
import { after } from '../world.ts';
import { identityCenterHere } from './identity-center-here.ts';
import { oidcError } from './oidc-errors.ts';
import { requireClient, requiredText, type OidcCall } from './oidc-request.ts';

const DEVICE_CODE_SECONDS = 600;

/**
 * The page's address is always on loopback, so that a browser reaches it also when the API was called through the proxy.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_StartDeviceAuthorization.html
 */
export function startDeviceAuthorization(call: OidcCall): SandboxReply {
  const { world, now } = call;
  const client = requireClient(call);
  if (client.grantTypes?.includes('urn:ietf:params:oauth:grant-type:device_code') === false) {
    throw oidcError('UnauthorizedClientException', 'Client is not registered for the device code grant');
  }
  const identityCenter = identityCenterHere(world, call.request, requiredText(call.body, 'startUrl'));
  if (identityCenter === undefined) {
    throw oidcError('InvalidRequestException', 'Invalid start url provided');
  }
  const device = world.signIns.startDevice({
    client,
    identityCenter,
    expiresAt: after(now, DEVICE_CODE_SECONDS),
    intervalSeconds: world.settings.deviceIntervalSeconds,
  });
  return jsonReply(200, {
    deviceCode: device.deviceCode,
    userCode: device.userCode,
    verificationUri: `${world.baseUrl}/device`,
    verificationUriComplete: `${world.baseUrl}/device?user_code=${device.userCode}`,
    expiresIn: DEVICE_CODE_SECONDS,
    interval: device.intervalSeconds,
  });
}
