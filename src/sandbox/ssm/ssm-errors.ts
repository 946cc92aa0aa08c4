import { AwsError } from '../http/aws-error.ts';
import type { AuthenticationErrors } from '../sigv4/authenticate.ts';

const INVALID_TOKEN = 'The security token included in the request is invalid.';
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const invalidSignature = (detail: string): AwsError => new AwsError(400, 'InvalidSignatureException', detail);
const unknownKey = (): AwsError => new AwsError(400, 'UnrecognizedClientException', INVALID_TOKEN);

/**
 * How a service of the JSON 1.1 protocol refuses an unproven request.
 * Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/CommonErrors.html
 */
export const JSON_AUTHENTICATION_ERRORS: AuthenticationErrors = {
  missing: () => new AwsError(400, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
  incomplete: (detail) => new AwsError(400, 'IncompleteSignatureException', detail),
  unknownKey,
  badSessionToken: unknownKey,
  expired: () => new AwsError(400, 'ExpiredTokenException', 'The security token included in the request is expired'),
  skewed: invalidSignature,
  mismatch: () => invalidSignature(MISMATCH),
  wrongScope: invalidSignature,
};

/** The errors of Systems Manager's own. Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartSession.html */
export const ssmErrors = {
  invalid: (message: string): AwsError => new AwsError(400, 'ValidationException', message),
  notConnected: (target: string): AwsError => new AwsError(400, 'TargetNotConnected', `${target} is not connected.`),
  badToken: (): AwsError => new AwsError(400, 'InvalidNextToken', 'The specified token is not valid.'),
  badFilter: (key: string): AwsError => new AwsError(400, 'InvalidFilterKey', `The specified key ${key} is not valid.`),
  malformed: (): AwsError => new AwsError(400, 'SerializationException', 'The request could not be read.'),
};
