import type { AwsNetwork } from './client-config.ts';

/** Makes a network of its own, which shares AWS's clock with the others but no connection. */
export type MakeNetwork = () => AwsNetwork;

/**
 * Makes a call over a connection that was never used. A kept one may have been closed by the other side meanwhile, and then the request is
 * sent again, which a request with an MFA code must not be.
 */
export async function onFreshConnection<T>(make: MakeNetwork, call: (network: AwsNetwork) => Promise<T>): Promise<T> {
  const network = make();
  try {
    return await call(network);
  } finally {
    network.transport.close();
  }
}
