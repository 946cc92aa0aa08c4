import type { SigningCredentials } from '../model/credentials.ts';
import { AwsRefusedError } from './aws-errors.ts';
import type { AwsRequest } from './client-config.ts';
import { signedIam } from './iam.ts';
import { NotAuthorizedError } from './sts-errors.ts';

/** Whether a caller may do something: found by trying it in a way that changes nothing. */
export type ProbeVerdict = 'allowed' | 'denied';

/** Serials and keys that do not exist: a caller that may act on them is told "no such entity", any other "access denied". */
const NO_DEVICE = 'rolecall-check-no-such-device';
const NO_KEY = 'AKIAROLECALLCHECK000';

/** May the caller list all users of the account? */
export function mayListUsers(request: AwsRequest, signer: SigningCredentials): Promise<ProbeVerdict> {
  return verdictOf(() =>
    signedIam(request, signer, (client, sdk, send) => client.send(new sdk.ListUsersCommand({ MaxItems: 1 }), send)),
  );
}

/** May the caller see the users' and roles' policies? */
export function mayListPolicies(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
): Promise<ProbeVerdict> {
  return verdictOf(() =>
    signedIam(request, signer, (client, sdk, send) =>
      client.send(new sdk.ListAttachedUserPoliciesCommand({ UserName: userName }), send),
    ),
  );
}

/** May the caller take an MFA device off the user? Tried with one that does not exist. */
export function mayDeactivateDevice(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
): Promise<ProbeVerdict> {
  return verdictOf(() =>
    signedIam(request, signer, (client, sdk, send) =>
      client.send(new sdk.DeactivateMFADeviceCommand({ UserName: userName, SerialNumber: NO_DEVICE }), send),
    ),
  );
}

/** May the caller change the user's access keys? Tried with one that does not exist. */
export function mayChangeKeys(
  request: AwsRequest,
  signer: SigningCredentials,
  userName: string,
): Promise<ProbeVerdict> {
  return verdictOf(() =>
    signedIam(request, signer, (client, sdk, send) =>
      client.send(
        new sdk.UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: NO_KEY, Status: 'Inactive' }),
        send,
      ),
    ),
  );
}

async function verdictOf(call: () => Promise<unknown>): Promise<ProbeVerdict> {
  try {
    await call();
    return 'allowed';
  } catch (error) {
    if (error instanceof NotAuthorizedError) {
      return 'denied';
    }
    if (error instanceof AwsRefusedError && error.awsCode.startsWith('NoSuchEntity')) {
      return 'allowed';
    }
    throw error;
  }
}
