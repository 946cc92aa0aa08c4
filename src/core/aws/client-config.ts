import type { Clock } from '../model/clock.ts';
import type { LoadEgress } from './egress.ts';
import { serviceEndpoint, type AwsService, type Env } from './endpoints.ts';
import {
  createHttpTransport,
  type HttpTransport,
  type HttpTransportOptions,
  type TransportReply,
} from './http-transport.ts';
import { sdkRequestHandler, type SdkRequestHandler } from './sdk-request-handler.ts';
import { ServerClock } from './server-clock.ts';

/** The network as every AWS call uses it: one for a process. */
export interface AwsNetwork {
  readonly env: Env;
  /** What the user's settings say of proxies and authorities, for other networks of this process. */
  readonly egress: LoadEgress | undefined;
  readonly transport: HttpTransport;
  /** AWS's clock, kept by the `Date` headers of all replies. */
  readonly serverClock: ServerClock;
  /** Notes the `Date` header of a reply of AWS's. SDK clients do so by themselves. */
  noteDate(reply: TransportReply): void;
  /** Options for the SDK client of `service` in `region`. Throws BadInputError for an unknown region. */
  clientConfig(service: AwsService, region: string): AwsClientConfig;
}

/** Options for an SDK v3 client. Everything the client would otherwise look up in `~/.aws` or the environment is set. */
export interface AwsClientConfig {
  readonly region: string;
  readonly endpoint: string;
  readonly requestHandler: SdkRequestHandler;
  readonly maxAttempts: number;
  readonly retryMode: string;
  readonly useDualstackEndpoint: boolean;
  readonly useFipsEndpoint: boolean;
  readonly defaultsMode: 'standard';
  readonly authSchemePreference: string[];
  readonly userAgentAppId: string;
  /** For signing: this machine's clock plus this is AWS's. */
  readonly systemClockOffset: number;
}

/** What a call of `core/aws` needs to know of its surroundings. */
export interface AwsRequest {
  readonly network: AwsNetwork;
  readonly region: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a network is made of; `onServerDate` also hears of every `Date` header. */
export interface AwsNetworkOptions extends HttpTransportOptions {
  readonly clock: Clock;
  readonly serverClock?: ServerClock;
  readonly onServerDate?: (serverDate: Date, receivedAt: Date) => void;
}

/**
 * The shared ground of all AWS calls: endpoints (`AWS_ENDPOINT_URL*`), proxies, authorities, limits, AWS's clock.
 *
 * Retrying is left to the callers, who know what waits for the answer: the SDK sends once.
 */
export function createAwsNetwork(options: AwsNetworkOptions): AwsNetwork {
  silenceSdkVersionNotice(process.env);
  const transport = createHttpTransport(options);
  const serverClock = options.serverClock ?? new ServerClock(options.clock);
  const noteDate = (reply: TransportReply): void => {
    const serverDate = new Date(reply.headers['date'] ?? '');
    const receivedAt = options.clock.now();
    if (!Number.isNaN(serverDate.getTime())) {
      serverClock.observe(serverDate, receivedAt);
      options.onServerDate?.(serverDate, receivedAt);
    }
  };
  const requestHandler = sdkRequestHandler(transport, noteDate);
  return {
    env: options.env,
    egress: options.egress,
    transport,
    serverClock,
    noteDate,
    clientConfig(service, region) {
      const endpoint = serviceEndpoint(service, region, options.env);
      return {
        ...FIXED_CONFIG,
        region: endpoint.region,
        endpoint: endpoint.url.href,
        requestHandler,
        systemClockOffset: serverClock.skewMs,
      };
    },
  };
}

const FIXED_CONFIG = {
  maxAttempts: 1,
  retryMode: 'standard',
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  defaultsMode: 'standard',
  authSchemePreference: [] as string[],
  userAgentAppId: 'rolecall',
} as const;

/** The SDK warns on stderr about Node versions; the command line keeps stderr for its own one line. No option of a client does this. */
function silenceSdkVersionNotice(env: NodeJS.ProcessEnv): void {
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
}
