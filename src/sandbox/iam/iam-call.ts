import { AwsError } from '../http/aws-error.ts';
import { requiredParam, textParam } from '../http/query-params.ts';
import type { QueryCall } from '../http/query-service.ts';
import { requireAllowed } from '../policy/authorize.ts';
import type { Caller } from '../sigv4/authenticate.ts';
import { QUERY_AUTHENTICATION_ERRORS } from '../sigv4/query-errors.ts';
import type { UserState } from '../state/directory.ts';
import { principalAccount } from '../state/principal.ts';

/** What an IAM operation works with. */
export type IamCall = QueryCall & { readonly caller: Caller };

const USER_NAME = { min: 1, max: 128, pattern: /^[\w+=,.@-]+$/ };
const SERIAL_NUMBER = { min: 9, max: 256, pattern: /^[\w+=/:,.@-]+$/ };

/** GetSessionToken credentials without MFA, and those of GetFederationToken, cannot call IAM: it does not know them. */
export function refuseForeignSessions(caller: Caller): void {
  const { principal } = caller;
  const withoutMfa = principal.kind === 'user-session' && principal.mfaAuthenticatedAt === undefined;
  if (withoutMfa || principal.kind === 'federated-user') {
    throw QUERY_AUTHENTICATION_ERRORS.unknownKey(caller.accessKeyId);
  }
}

/**
 * The user that `UserName` names, or the caller, once the caller may do `action` to them.
 * Throws AccessDenied before it says whether the user exists.
 */
export function requireUser(call: IamCall, action: string): UserState {
  const userName = textParam(call.params, 'UserName', USER_NAME) ?? ownUserName(call);
  const { accountId, partition } = principalAccount(call.caller.principal);
  const user = call.world.directory.iamUser(accountId, userName);
  requireAllowed(
    call.caller.principal,
    action,
    user?.arn ?? `arn:${partition}:iam::${accountId}:user/${userName}`,
    call.now,
  );
  if (user === undefined) {
    throw noSuchEntity(`The user with name ${userName} cannot be found.`);
  }
  return user;
}

/** The required `SerialNumber`. */
export function serialNumberOf(call: IamCall): string {
  return requiredParam(call.params, 'SerialNumber', SERIAL_NUMBER);
}

/** NoSuchEntity (404). */
export function noSuchEntity(message: string): AwsError {
  return new AwsError(404, 'NoSuchEntity', message);
}

function ownUserName(call: IamCall): string {
  const { principal } = call.caller;
  if (principal.kind === 'user' || principal.kind === 'user-session') {
    return principal.user.userName;
  }
  throw new AwsError(400, 'ValidationError', 'Must specify userName when calling with non-User credentials');
}
