import { CoreError } from '../model/errors.ts';
import { AwsRefusedError } from './aws-errors.ts';
import { KeyRefusedError } from './sts-errors.ts';

/** A region does not know the credentials: AWS says so of one that an account has not switched on. */
export class RegionRefusedError extends CoreError {
  readonly code = 'aws-refused';

  constructor(
    readonly region: string,
    cause?: unknown,
  ) {
    super(
      `AWS does not accept these credentials in ${region}.`,
      'Choose another region: this one may not be switched on in the account.',
      cause,
    );
  }
}

/** EC2's words for it; Systems Manager's is one of those for keys that nobody knows. */
const NOT_HERE = new Set(['AuthFailure', 'OptInRequired', 'PendingVerification']);

/**
 * Makes a call with credentials that were good a moment ago, so that "this key is unknown" means: in this region.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export async function inThisRegion<T>(region: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const isUnknownKey = error instanceof KeyRefusedError && error.awsCode !== 'SignatureDoesNotMatch';
    if (isUnknownKey || (error instanceof AwsRefusedError && NOT_HERE.has(error.awsCode))) {
      throw new RegionRefusedError(region, error);
    }
    throw error;
  }
}
