import { mfaDeviceName } from '../model/arn.ts';
import { CoreError } from '../model/errors.ts';
import type { SdkFailure } from './map-sdk-error.ts';

/** AWS did not take the code: mistyped, of another device, used before, or the device's clock is off. AWS tells these not apart. */
export class MfaCodeRejectedError extends CoreError {
  readonly code = 'mfa-code-rejected';

  constructor(
    readonly mfaSerial: string,
    cause?: unknown,
  ) {
    super(
      `AWS did not accept the code of the MFA device ${mfaDeviceName(mfaSerial)}.`,
      'Type the code that the device shows now, and wait for the next one if it was used before. If none is taken, check the device and its clock, or resync it.',
      cause,
    );
  }
}

/** The serial belongs to no MFA device of this user. */
export class MfaDeviceUnknownError extends CoreError {
  readonly code = 'mfa-device-unknown';

  constructor(
    readonly mfaSerial: string,
    cause?: unknown,
  ) {
    super(
      `AWS knows no MFA device ${mfaDeviceName(mfaSerial)} of this user.`,
      `Check mfa_serial in the profile: it is ${mfaSerial}. It must be a device of the very user whose access key is used.`,
      cause,
    );
  }
}

/** How a policy refuses: a deny that was written down, or nobody allowed it. */
export type PolicyRefusal = 'explicit-deny' | 'not-allowed';

/** A policy does not let this caller do this. `action` is AWS's name for it, such as `sts:AssumeRole`. */
export class NotAuthorizedError extends CoreError {
  readonly code = 'aws-refused';

  constructor(
    readonly action: string,
    readonly refusal: PolicyRefusal,
    /** The caller's ARN and the thing's, where AWS told them. */
    readonly caller: string | undefined,
    readonly resource: string | undefined,
    hint: string,
    cause?: unknown,
  ) {
    const who = caller ?? 'These credentials';
    const what = resource === undefined || resource === '*' ? action : `${action} on ${resource}`;
    super(`${who} may not do ${what}${refusal === 'explicit-deny' ? ': a policy denies it' : ''}.`, hint, cause);
  }
}

/** AWS does not know the access key, or its secret does not fit, or it was switched off. */
export class KeyRefusedError extends CoreError {
  readonly code = 'aws-refused';

  constructor(
    readonly awsCode: string,
    cause?: unknown,
  ) {
    super(
      awsCode === 'SignatureDoesNotMatch'
        ? 'The secret access key does not belong to its access key id.'
        : 'AWS does not know this access key, or it was switched off.',
      awsCode === 'SignatureDoesNotMatch'
        ? 'Enter the key again: a character may be missing.'
        : 'Check in the IAM console whether the key is there and active; enter a new one if not.',
      cause,
    );
  }
}

/** The credentials a call was signed with have ended. */
export class CredentialsExpiredError extends CoreError {
  readonly code = 'aws-refused';

  constructor(cause?: unknown) {
    super('The credentials that were used have expired.', 'Try again with fresh ones.', cause);
  }
}

/** The wished duration is longer than AWS allows here. */
export class DurationRefusedError extends CoreError {
  readonly code = 'aws-refused';

  constructor(
    readonly durationSeconds: number,
    reason: 'role-maximum' | 'chained',
    cause?: unknown,
  ) {
    super(
      reason === 'chained'
        ? `AWS gives at most one hour to a role that was assumed by another role; ${durationSeconds} seconds were asked for.`
        : `The role may not be used for ${durationSeconds} seconds at a time.`,
      reason === 'chained'
        ? 'Lower duration_seconds to 3600 in the profile.'
        : "Lower duration_seconds in the profile, or raise the role's maximum session duration.",
      cause,
    );
  }
}

/** What a call was about, to name it in an error. */
export interface StsSubject {
  readonly mfaSerial?: string | undefined;
  readonly durationSeconds?: number | undefined;
}

const CALLER = /User: (\S+) is not authorized to perform: (\S+)(?: on resource: (\S+))?/;

/**
 * The exact error for a refusal of STS, IAM, Systems Manager or EC2, or undefined where the general ones fit.
 *
 * A wrong code, a wrong device and a policy share one code (AccessDenied), so AWS's words have to decide.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html and the texts quoted in aws/aws-cli issues 6325 and 2279
 */
export function explainRefusal(failure: SdkFailure, subject: StsSubject = {}): CoreError | undefined {
  const { awsCode, message } = failure;
  switch (awsCode) {
    case 'AccessDenied':
    case 'AccessDeniedException':
    case 'UnauthorizedOperation':
      return explainAccessDenied(message, subject);
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return new KeyRefusedError(awsCode);
    case 'SignatureDoesNotMatch':
      return /^Signature (?:expired|not yet current)/.test(message) ? undefined : new KeyRefusedError(awsCode);
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return new CredentialsExpiredError();
    case 'InvalidAuthenticationCode':
    case 'InvalidAuthenticationCodeException':
      return subject.mfaSerial === undefined ? undefined : new MfaCodeRejectedError(subject.mfaSerial);
    case 'ValidationError':
      return explainValidation(message, subject);
    default:
      return undefined;
  }
}

function explainAccessDenied(message: string, subject: StsSubject): CoreError {
  const mfaSerial = subject.mfaSerial;
  if (mfaSerial !== undefined && /MultiFactorAuthentication failed/i.test(message)) {
    return /unable to validate MFA code|verify your MFA serial/i.test(message)
      ? new MfaDeviceUnknownError(mfaSerial)
      : new MfaCodeRejectedError(mfaSerial);
  }
  const [, caller, action, resource] = CALLER.exec(message) ?? [];
  const refusal = /explicit deny/i.test(message) ? 'explicit-deny' : 'not-allowed';
  return new NotAuthorizedError(action ?? 'this', refusal, caller, resource, authorizationHint(action, refusal));
}

function authorizationHint(action: string | undefined, refusal: PolicyRefusal): string {
  if (action !== 'sts:AssumeRole') {
    return refusal === 'explicit-deny'
      ? 'Ask your administrator: a policy denies this, perhaps because no MFA was used.'
      : 'Ask your administrator to allow this action.';
  }
  return "Check that the user's policy allows sts:AssumeRole on this role, and that the role's trust policy names the user or its account, with the MFA and external id the profile sends.";
}

function explainValidation(message: string, subject: StsSubject): CoreError | undefined {
  const { durationSeconds, mfaSerial } = subject;
  if (durationSeconds !== undefined && /role chaining/i.test(message)) {
    return new DurationRefusedError(durationSeconds, 'chained');
  }
  if (durationSeconds !== undefined && /MaxSessionDuration/i.test(message)) {
    return new DurationRefusedError(durationSeconds, 'role-maximum');
  }
  return mfaSerial !== undefined && /serialNumber/i.test(message) ? new MfaDeviceUnknownError(mfaSerial) : undefined;
}
