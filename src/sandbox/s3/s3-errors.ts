import { AwsError } from '../http/aws-error.ts';
import type { AuthenticationErrors } from '../sigv4/authenticate.ts';

/** How S3 refuses an unproven request. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const S3_AUTHENTICATION_ERRORS: AuthenticationErrors = {
  missing: () => new AwsError(403, 'AccessDenied', 'Access Denied'),
  incomplete: (detail) => new AwsError(400, 'AuthorizationHeaderMalformed', detail),
  unknownKey: (accessKeyId) =>
    new AwsError(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', {
      AWSAccessKeyId: accessKeyId,
    }),
  badSessionToken: () => new AwsError(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.'),
  expired: () => new AwsError(400, 'ExpiredToken', 'The provided token has expired.'),
  skewed: () =>
    new AwsError(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    ),
  mismatch: (accessKeyId) =>
    new AwsError(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      { AWSAccessKeyId: accessKeyId },
    ),
  wrongScope: (detail) =>
    new AwsError(
      400,
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; ${detail.trim().replace(/\.$/, '')}`,
    ),
};
