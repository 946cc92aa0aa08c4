import { AwsError } from '../http/aws-error.ts';

/** The errors of the SSO portal. Source: https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html */
export const portalErrors = {
  unauthorized: (): AwsError => new AwsError(401, 'UnauthorizedException', 'Session token not found or invalid'),
  /** Not in AWS's model, yet what it sends for a role that is not assigned. */
  forbidden: (): AwsError => new AwsError(403, 'ForbiddenException', 'No access'),
  invalid: (message: string): AwsError => new AwsError(400, 'InvalidRequestException', message),
  throttled: (): AwsError => new AwsError(429, 'TooManyRequestsException', 'HTTP 429 Too Many Requests'),
};
