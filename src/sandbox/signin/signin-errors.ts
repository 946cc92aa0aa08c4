import { AwsError } from '../http/aws-error.ts';

/** The errors of AWS Sign-In's token endpoint. `error` tells the reasons apart. Source: AWS's `signin/2023-01-01` service model. */
export const signinErrors = {
  denied: (
    error: 'TOKEN_EXPIRED' | 'USER_CREDENTIALS_CHANGED' | 'INSUFFICIENT_PERMISSIONS' | 'AUTHCODE_EXPIRED',
    message: string,
  ): AwsError => new AwsError(400, 'AccessDeniedException', message, { error }),
  invalid: (message: string): AwsError =>
    new AwsError(400, 'ValidationException', message, { error: 'INVALID_REQUEST' }),
};
