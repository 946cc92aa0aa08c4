import { AwsError } from '../http/aws-error.ts';
import type { AuthenticationErrors } from '../sigv4/authenticate.ts';

const authFailure = (): AwsError =>
  new AwsError(401, 'AuthFailure', 'AWS was not able to validate the provided access credentials');

/** How EC2 refuses an unproven request. Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export const EC2_AUTHENTICATION_ERRORS: AuthenticationErrors = {
  missing: () => new AwsError(400, 'MissingParameter', 'The request must contain the parameter AWSAccessKeyId'),
  incomplete: (detail) => new AwsError(400, 'IncompleteSignature', detail),
  unknownKey: authFailure,
  badSessionToken: authFailure,
  expired: () => new AwsError(400, 'RequestExpired', 'Request has expired.'),
  skewed: authFailure,
  mismatch: authFailure,
  wrongScope: authFailure,
};

/** The errors of DescribeInstances. */
export const ec2Errors = {
  malformedId: (id: string): AwsError => new AwsError(400, 'InvalidInstanceID.Malformed', `Invalid id: "${id}"`),
  unknownId: (id: string): AwsError =>
    new AwsError(400, 'InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`),
  badFilter: (name: string): AwsError => new AwsError(400, 'InvalidParameterValue', `The filter '${name}' is invalid`),
  tooManyValues: (): AwsError =>
    new AwsError(400, 'FilterLimitExceeded', 'The maximum number of filter values specified on a single call is 200.'),
  badPage: (detail: string): AwsError => new AwsError(400, 'InvalidParameterValue', detail),
  idsAndPage: (): AwsError =>
    new AwsError(
      400,
      'InvalidParameterCombination',
      'The parameter instancesSet cannot be used with the parameter maxResults',
    ),
};
