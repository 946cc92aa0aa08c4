import { AwsError } from '../http/aws-error.ts';
import type { QueryCall } from '../http/query-service.ts';
import { textParam } from '../http/query-params.ts';
import type { Principal } from '../state/principal.ts';
import { STS_CONSTRAINTS } from './sts-constraints.ts';

/**
 * Checks the SerialNumber and TokenCode of a call: true when a good code was taken, false when the call has neither.
 *
 * A refused code has the same status and code as a policy's refusal: only the message tells them apart.
 */
export function checkMfa(call: QueryCall, principal: Principal): boolean {
  const serialNumber = textParam(call.params, 'SerialNumber', STS_CONSTRAINTS.serialNumber);
  const tokenCode = textParam(call.params, 'TokenCode', STS_CONSTRAINTS.tokenCode);
  if (serialNumber === undefined && tokenCode === undefined) {
    return false;
  }
  if (serialNumber === undefined || tokenCode === undefined) {
    throw mfaError('must provide both MFA serial number and one time pass code.');
  }
  const device = call.world.mfaDevices.find(serialNumber);
  const owner = principal.kind === 'user' || principal.kind === 'user-session' ? principal.user.arn : undefined;
  if (device === undefined || device.userArn === undefined || device.userArn !== owner) {
    throw mfaError(
      'unable to validate MFA code. Please verify your MFA serial number is valid and associated with this user.',
    );
  }
  if (!call.world.mfaDevices.takeCode(device, tokenCode, call.now)) {
    throw new AwsError(403, 'AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.');
  }
  return true;
}

function mfaError(detail: string): AwsError {
  return new AwsError(403, 'AccessDenied', `MultiFactorAuthentication failed, ${detail}`);
}
