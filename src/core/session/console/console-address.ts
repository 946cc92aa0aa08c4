import type { RoleTarget } from '../../../shared/role-target.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import { federationLoginUrl, getSigninToken } from '../../aws/federation.ts';
import { INTERACTIVE_RETRIES, withRetries } from '../../aws/retry.ts';
import type { Clock } from '../../model/clock.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import type { Random } from '../../model/random.ts';
import { Secret } from '../../model/secret.ts';
import { CannotFederateError } from '../errors.ts';
import type { CallContext, Surroundings } from '../ports.ts';
import { consoleDestination } from './console-destination.ts';
import { consoleTarget, type ConsoleTarget } from './console-target.ts';
import { portalShortcut } from './portal-shortcut.ts';
import { switchRoleUrl, type SwitchRoleLook } from './switch-role-url.ts';
import { MAX_SIGNED_URL_LENGTH, passUrlGate } from './url-gate.ts';

/** What opening consoles needs. */
export interface ConsolePorts {
  readonly network: AwsNetwork;
  readonly clock: Clock;
  readonly random: Random;
  readonly platform: Surroundings['platform'];
  readonly readProfiles: () => Promise<AwsProfiles>;
  readonly getCredentials: (target: RoleTarget, context: CallContext) => Promise<TemporaryCredentials>;
}

/** How a console is to be opened. */
export interface ConsoleOptions extends SwitchRoleLook {
  /** A service's name, a path, or a console URL; `{region}` in it is replaced. */
  readonly destination?: string | undefined;
  readonly region?: string | undefined;
  readonly via?: 'federation' | 'portal' | 'switch-role' | undefined;
}

/** An address to open, and what may be shown of it. */
export interface ConsoleAddress {
  readonly url: Secret;
  readonly shown: string;
}

/** The longest console session there is; AWS's own default for it would be the credentials' rest. */
const SESSION_SECONDS = 12 * 3600;
/** The console leads here when a session made from no portal ends. */
const NO_PORTAL_ISSUER = 'rolecall';

/** Makes addresses that open the console of a role. */
export function consoleService(ports: ConsolePorts) {
  return {
    /**
     * The address to open; one by federation signs whoever opens it in, for 15 minutes. Throws CannotFederateError where this kind of
     * credentials or way leads to no console, UrlRefusedError, BadInputError, or what fetching the credentials throws.
     */
    async address(target: RoleTarget, options: ConsoleOptions, context: CallContext): Promise<ConsoleAddress> {
      const known = consoleTarget(target, await ports.readProfiles(), ports.platform);
      switch (options.via ?? 'federation') {
        case 'portal':
          return portalAddress(ports, known, options);
        case 'switch-role':
          return switchRoleAddress(ports, known, options);
        case 'federation':
          return federationAddress(ports, target, known, options, context);
      }
    },
  };
}

function portalAddress(
  ports: ConsolePorts,
  { sso, partition }: ConsoleTarget,
  options: ConsoleOptions,
): ConsoleAddress {
  if (sso === undefined) {
    throw new CannotFederateError(
      'This profile does not belong to an Identity Center, so no portal leads to its console.',
      'Open its console by federation, or by the switch-role link.',
    );
  }
  const { env } = ports.network;
  const isPlain = options.destination === undefined && options.region === undefined;
  const destination = isPlain ? undefined : wished(partition, options);
  const url = passUrlGate(portalShortcut(sso.session.startUrl, env, sso, destination), {
    env,
    portal: sso.session.startUrl,
  });
  return { url: new Secret(url), shown: `${new URL(url).host} (${sso.accountId})` };
}

function switchRoleAddress(
  ports: ConsolePorts,
  { assumedRole, profile }: ConsoleTarget,
  options: ConsoleOptions,
): ConsoleAddress {
  if (assumedRole === undefined) {
    throw new CannotFederateError(
      'The console can switch only to roles that are assumed by their ARN, and this is none.',
      'Open its console by federation, or through the portal.',
    );
  }
  const { env } = ports.network;
  const look = { ...options, displayName: options.displayName ?? profile?.name };
  const url = passUrlGate(switchRoleUrl(assumedRole, env, look), { env });
  return { url: new Secret(url), shown: `${new URL(url).host}/switchrole (${assumedRole.accountId})` };
}

async function federationAddress(
  ports: ConsolePorts,
  target: RoleTarget,
  known: ConsoleTarget,
  options: ConsoleOptions,
  context: CallContext,
): Promise<ConsoleAddress> {
  if (known.isUserKey) {
    throw new CannotFederateError(
      'An access key, or a session made from it, cannot open a console.',
      'Use a profile that assumes a role: its console can be opened.',
    );
  }
  const { env } = ports.network;
  const destination = wished(known.partition, options);
  const credentials = await ports.getCredentials(target, context);
  const signinToken = await signinTokenFor(ports, known, credentials, context.signal);
  const issuer = known.sso?.session.startUrl ?? NO_PORTAL_ISSUER;
  const login = federationLoginUrl(known.partition, env, { issuer, destination, signinToken });
  const url = passUrlGate(login.reveal(), { env, maxLength: MAX_SIGNED_URL_LENGTH });
  const { host, pathname } = new URL(destination);
  return { url: new Secret(url), shown: pathname === '/' ? host : `${host}${pathname}` };
}

/** Asks for twelve hours where AWS may grant them; its refusal names no reason, so once more without. */
async function signinTokenFor(
  ports: ConsolePorts,
  known: ConsoleTarget,
  credentials: TemporaryCredentials,
  signal: AbortSignal,
): Promise<Secret> {
  for (const sessionDurationSeconds of known.isChained ? [undefined] : [SESSION_SECONDS, undefined]) {
    const outcome = await withRetries(ports, INTERACTIVE_RETRIES, signal, () =>
      getSigninToken(ports.network, known.partition, credentials, { sessionDurationSeconds, signal }),
    );
    if (outcome.kind === 'token') {
      return outcome.signinToken;
    }
  }
  throw new CannotFederateError(
    'AWS does not open a console with these credentials: they may have just been revoked, or belong to no role.',
    'Fetch fresh credentials and try again, or open the console in another way.',
  );
}

function wished(partition: ConsoleTarget['partition'], options: ConsoleOptions): string {
  return consoleDestination(partition, { destination: options.destination, region: options.region });
}
