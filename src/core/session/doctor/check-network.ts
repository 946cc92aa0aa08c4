import { endpointOverride, serviceEndpoint, type AwsService } from '../../aws/endpoints.ts';
import { CaptivePortalError } from '../../aws/aws-errors.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import type { TransportReply } from '../../aws/http-transport.ts';
import { PARTITIONS } from '../../model/partition.ts';
import type { Finding } from './finding.ts';
import { networkTrouble, type NetworkTrouble } from './network-trouble.ts';

const PROBE_LIMIT_MS = 8000;
/** No page of anybody's; AWS refuses it, which is answer enough. */
const PROBE_PATH = 'rolecall-doctor';
/** AWS refuses signatures that are further off than 15 minutes. */
const WRONG_CLOCK_MS = 5 * 60_000;
const DAMAGING_CLOCK_MS = 14 * 60_000;

/** A host to try: one service in one region. */
export interface NetworkProbe {
  readonly service: AwsService;
  readonly region: string;
}

interface FailedProbe {
  readonly host: string;
  readonly trouble: NetworkTrouble;
}

/**
 * Whether AWS can be reached, each host tried once and without credentials; any answer of AWS's will do. Proxy, certificate and name
 * trouble come apart, as the errors of `core/aws` tell them; hosts with the same trouble are told together. Also whether this machine's
 * clock is AWS's.
 */
export async function checkNetwork(
  network: AwsNetwork,
  probes: readonly NetworkProbe[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const tried = await Promise.all(probes.map((probe) => tryHost(network, probe, signal)));
  return [...told(tried.flat()), ...checkClock(network.serverClock.skewMs)];
}

async function tryHost(
  network: AwsNetwork,
  { service, region }: NetworkProbe,
  signal: AbortSignal,
): Promise<readonly FailedProbe[]> {
  try {
    const { url } = serviceEndpoint(service, region, network.env);
    try {
      const reply = await network.transport.send(
        { method: 'GET', url: new URL(PROBE_PATH, url), headers: {} },
        { signal, totalMs: PROBE_LIMIT_MS },
      );
      // A host that the user named instead of AWS's answers as it likes.
      if (endpointOverride(service, network.env) === undefined && isSomeoneElse(reply)) {
        throw new CaptivePortalError(url.host);
      }
      network.noteDate(reply);
      return [];
    } catch (error) {
      signal.throwIfAborted();
      return [{ host: url.host, trouble: networkTrouble(error, url.host) }];
    }
  } catch (error) {
    signal.throwIfAborted();
    // No host: the region or an endpoint variable cannot be used.
    const host = `${service} in ${region}`;
    return [{ host, trouble: networkTrouble(error, host) }];
  }
}

/** A web page, or the way to one that is not AWS's: something in between answered. */
function isSomeoneElse({ status, headers }: TransportReply): boolean {
  const location = headers['location'];
  if (status >= 300 && status < 400 && location !== undefined) {
    return !URL.canParse(location) || !isAwsHost(new URL(location).hostname);
  }
  return status === 200 && /^text\/html/i.test(headers['content-type'] ?? '');
}

function isAwsHost(host: string): boolean {
  const suffixes = ['aws.amazon.com', 'amazonaws.cn', ...PARTITIONS.map(({ dnsSuffix }) => dnsSuffix)];
  return suffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
}

/** One finding for one trouble, however many hosts have it. */
function told(failed: readonly FailedProbe[]): readonly Finding[] {
  const groups = new Map<string, FailedProbe[]>();
  for (const probe of failed) {
    const key = probe.trouble.title.replaceAll(probe.host, '');
    groups.set(key, [...(groups.get(key) ?? []), probe]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [findingOf(first, others)]));
}

function findingOf({ host, trouble }: FailedProbe, others: readonly FailedProbe[]): Finding {
  // What lies with this machine or its proxy is not said of hosts.
  const isOfHost = trouble.title.includes(host);
  const hosts = [...new Set(isOfHost ? others.map((other) => other.host) : [])].filter((other) => other !== host);
  return {
    id: `unreachable:${host}`,
    code: trouble.code,
    severity: 'error',
    title: hosts.length === 0 ? trouble.title : `${trouble.title} The same goes for ${hosts.join(', ')}.`,
    why: 'Signing in and getting credentials fail.',
    hint: trouble.hint,
  };
}

function checkClock(skewMs: number): readonly Finding[] {
  const off = Math.abs(skewMs);
  return off < WRONG_CLOCK_MS
    ? []
    : [
        {
          id: 'clock',
          code: 'clock',
          severity: off < DAMAGING_CLOCK_MS ? 'warning' : 'error',
          title: `This machine's clock is ${Math.round(off / 60_000)} minutes ${skewMs > 0 ? 'behind' : 'ahead of'} AWS's.`,
          why: 'AWS refuses requests that are more than 15 minutes off, and MFA codes much sooner. Rolecall allows for it; other tools do not.',
          hint: 'Let the system set the time by itself.',
        },
      ];
}
