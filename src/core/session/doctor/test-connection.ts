import { chosenProxy, EGRESS_BY_ENVIRONMENT } from '../../aws/egress.ts';
import { serviceEndpoint, type Env } from '../../aws/endpoints.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import { checkNetwork, type NetworkProbe } from './check-network.ts';
import type { Finding } from './finding.ts';
import { probesFor } from './run-doctor.ts';

/** What came of asking AWS as the settings say. */
export interface ConnectionReport {
  /** The hosts that were asked. */
  readonly hosts: readonly string[];
  /** The proxies they were asked through, without user names and passwords; none where they were asked directly. */
  readonly proxies: readonly string[];
  /** What is in the way; none where all hosts answered. */
  readonly findings: readonly Finding[];
}

/** Asks each host that the user's profiles need, without credentials. Throws the signal's reason, and what the secret store throws. */
export async function testConnection(
  network: AwsNetwork,
  profiles: AwsProfiles,
  signal: AbortSignal,
): Promise<ConnectionReport> {
  const { env } = network;
  const egress = (await network.egress?.()) ?? EGRESS_BY_ENVIRONMENT;
  const probes = probesFor(profiles, env);
  const urls = probes.flatMap((probe) => urlOf(probe, env));
  const proxies = urls.flatMap((url) => chosenProxy(url, egress, env)?.host ?? []);
  return {
    hosts: [...new Set(urls.map(({ host }) => host))],
    proxies: [...new Set(proxies)],
    findings: await checkNetwork(network, probes, signal),
  };
}

/** None for a region that does not exist, which the check itself tells. */
function urlOf({ service, region }: NetworkProbe, env: Env): readonly URL[] {
  try {
    return [serviceEndpoint(service, region, env).url];
  } catch {
    return [];
  }
}
