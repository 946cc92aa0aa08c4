import { AwsError } from '../http/aws-error.ts';
import type { AuthenticationErrors } from './authenticate.ts';

const INVALID_TOKEN = 'The security token included in the request is invalid.';

/** How STS and IAM refuse an unproven request. */
export const QUERY_AUTHENTICATION_ERRORS: AuthenticationErrors = {
  missing: () => new AwsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token'),
  incomplete: (detail) => new AwsError(400, 'IncompleteSignature', detail),
  unknownKey: () => new AwsError(403, 'InvalidClientTokenId', INVALID_TOKEN),
  badSessionToken: () => new AwsError(403, 'InvalidClientTokenId', INVALID_TOKEN),
  expired: () => new AwsError(403, 'ExpiredToken', 'The security token included in the request is expired'),
  skewed: (detail) => new AwsError(403, 'SignatureDoesNotMatch', detail),
  mismatch: () =>
    new AwsError(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    ),
  wrongScope: (detail) => new AwsError(403, 'SignatureDoesNotMatch', detail),
};
