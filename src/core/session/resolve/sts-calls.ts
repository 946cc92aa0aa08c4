import type { AwsNetwork } from '../../aws/client-config.ts';
import { INTERACTIVE_RETRIES, withRetries, type RetryPorts } from '../../aws/retry.ts';
import { assumeRole, getSessionToken } from '../../aws/sts.ts';
import type { StsCalls } from '../mfa/assume-with-mfa.ts';

/**
 * STS in one region. What may pass is tried again, but never a request with a code: AWS may have taken it although no answer came.
 */
export function stsCalls(network: AwsNetwork, retry: RetryPorts, region: string): StsCalls {
  return {
    assumeRole(signer, input, signal) {
      const call = () => assumeRole({ network, region, signal }, signer, input);
      return input.mfa === undefined ? withRetries(retry, INTERACTIVE_RETRIES, signal, call) : call();
    },
    getSessionToken(signer, input, signal) {
      const call = () => getSessionToken({ network, region, signal }, signer, input);
      return input.mfa === undefined ? withRetries(retry, INTERACTIVE_RETRIES, signal, call) : call();
    },
  };
}
