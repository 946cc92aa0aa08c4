import type { AwsNetwork } from '../../aws/client-config.ts';
import { onFreshConnection, type MakeNetwork } from '../../aws/fresh-connection.ts';
import { INTERACTIVE_RETRIES, withRetries, type RetryPorts } from '../../aws/retry.ts';
import { assumeRole, getSessionToken } from '../../aws/sts.ts';
import type { StsCalls } from '../mfa/assume-with-mfa.ts';

/** What STS is called with. */
export interface StsPorts {
  readonly network: AwsNetwork;
  readonly makeNetwork: MakeNetwork;
  readonly retry: RetryPorts;
}

/**
 * STS in one region. What may pass is tried again, but never a request with a code: AWS may have taken it although no answer came.
 */
export function stsCalls(ports: StsPorts, region: string): StsCalls {
  const send = <T>(hasCode: boolean, signal: AbortSignal, call: (network: AwsNetwork) => Promise<T>): Promise<T> =>
    hasCode
      ? onFreshConnection(ports.makeNetwork, call)
      : withRetries(ports.retry, INTERACTIVE_RETRIES, signal, () => call(ports.network));
  return {
    assumeRole: (signer, input, signal) =>
      send(input.mfa !== undefined, signal, (network) => assumeRole({ network, region, signal }, signer, input)),
    getSessionToken: (signer, input, signal) =>
      send(input.mfa !== undefined, signal, (network) => getSessionToken({ network, region, signal }, signer, input)),
  };
}
