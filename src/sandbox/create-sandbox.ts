import { createControl } from './control.ts';
import { createWorld } from './create-world.ts';
import { listenOnLoopback, portOf } from './http/loopback-server.ts';
import { ConnectProxy } from './proxy/connect-proxy.ts';
import { RequestLog } from './request-log.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';

/**
 * Starts a strict AWS on loopback: Identity Center, STS, IAM, a small S3, EC2 and Systems Manager, the console's federation, and the pages to click.
 * It reads and writes no file of the user's, and never dials out.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = createWorld(options);
  const requests = new RequestLog();
  const server = await listenOnLoopback(world, requests, options.port ?? 0);
  const url = `http://127.0.0.1:${portOf(server)}`;
  world.baseUrl = url;
  const proxy = new ConnectProxy(server, world, requests);
  const center = world.directory.identityCenters[0];
  return {
    url,
    startUrl: center?.startUrl ?? '',
    region: center?.region ?? '',
    requests,
    faults: world.faults,
    control: createControl(world),
    env: () => endpointEnvironment(url),
    async proxyEnv() {
      const { caFile } = await proxy.trust();
      return proxyEnvironment(url, caFile);
    },
    async close() {
      await proxy.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `AWS_ENDPOINT_URL` covers services not named here; the named ones win where a profile sets its own. */
function endpointEnvironment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_EC2: url,
    AWS_ENDPOINT_URL_IAM: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_ENDPOINT_URL_SIGNIN: url,
    AWS_ENDPOINT_URL_SSM: url,
    AWS_ENDPOINT_URL_SSO: url,
    AWS_ENDPOINT_URL_SSO_OIDC: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_EC2_METADATA_DISABLED: 'true',
    ROLECALL_SIGNIN_ENDPOINT: url,
  };
}

/** NO_PROXY is set too: an inherited one could send requests past the proxy, to the real AWS. */
function proxyEnvironment(url: string, caFile: string): Record<string, string> {
  return {
    HTTPS_PROXY: url,
    https_proxy: url,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
    AWS_CA_BUNDLE: caFile,
    NODE_EXTRA_CA_CERTS: caFile,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
