import { serviceEndpoint, type AwsService } from '../../aws/endpoints.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import { toFailure } from '../../model/errors.ts';
import type { Finding } from './finding.ts';

const PROBE_LIMIT_MS = 8000;
/** AWS refuses signatures that are further off than 15 minutes. */
const WRONG_CLOCK_MS = 5 * 60_000;
const DAMAGING_CLOCK_MS = 14 * 60_000;

/** A host to try: one service in one region. */
export interface NetworkProbe {
  readonly service: AwsService;
  readonly region: string;
}

/**
 * Whether AWS can be reached, each host tried once and without credentials; any answer of AWS's will do. Proxy, certificate and name
 * trouble come apart, as the errors of `core/aws` tell them. Also whether this machine's clock is AWS's.
 */
export async function checkNetwork(
  network: AwsNetwork,
  probes: readonly NetworkProbe[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const found = await Promise.all(probes.map((probe) => tryHost(network, probe, signal)));
  return [...found.flat(), ...checkClock(network.serverClock.skewMs)];
}

async function tryHost(
  network: AwsNetwork,
  { service, region }: NetworkProbe,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  try {
    const { url } = serviceEndpoint(service, region, network.env);
    network.noteDate(
      await network.transport.send({ method: 'GET', url, headers: {} }, { signal, totalMs: PROBE_LIMIT_MS }),
    );
    return [];
  } catch (error) {
    signal.throwIfAborted();
    const { message, hint } = toFailure(error);
    return [
      {
        id: `unreachable:${service}:${region}`,
        severity: 'error',
        title: `${service} in ${region} cannot be reached. ${message}`,
        why: 'Signing in and getting credentials fail.',
        hint,
      },
    ];
  }
}

function checkClock(skewMs: number): readonly Finding[] {
  const off = Math.abs(skewMs);
  return off < WRONG_CLOCK_MS
    ? []
    : [
        {
          id: 'clock',
          severity: off < DAMAGING_CLOCK_MS ? 'warning' : 'error',
          title: `This machine's clock is ${Math.round(off / 60_000)} minutes ${skewMs > 0 ? 'behind' : 'ahead of'} AWS's.`,
          why: 'AWS refuses requests that are more than 15 minutes off, and MFA codes much sooner. Rolecall allows for it; other tools do not.',
          hint: 'Let the system set the time by itself.',
        },
      ];
}
