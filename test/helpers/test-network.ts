import { createAwsNetwork, type AwsNetwork, type AwsNetworkOptions } from '../../src/core/aws/client-config.ts';
import { systemClock } from '../../src/core/model/clock.ts';

/** A network whose AWS calls all go to `url`. */
export function networkTo(url: string, options: Partial<AwsNetworkOptions> = {}): AwsNetwork {
  return createAwsNetwork({
    clock: systemClock(),
    ...options,
    env: { AWS_ENDPOINT_URL: url, ROLECALL_SIGNIN_ENDPOINT: url, ...options.env },
  });
}
