import { assumeRoleWithWebIdentity } from '../../aws/sts.ts';
import { INTERACTIVE_RETRIES, withRetries } from '../../aws/retry.ts';
import type { LongTermKey, SigningCredentials, TemporaryCredentials } from '../../model/credentials.ts';
import type { StaticKey, StaticSessionKey } from '../../files/static-key.ts';
import type { SsoRoleTarget } from '../../../shared/role-target.ts';
import type { ChainSource } from './chain-plan.ts';
import { credentialsOfContainer } from './container-source.ts';
import { runCredentialProcess, UNDATED_LIFETIME_MS } from './credential-process.ts';
import { credentialsOfEnvironment } from './environment-source.ts';
import { ProfileBrokenError } from './errors.ts';
import { credentialsOfInstance } from './instance-source.ts';
import { markOf } from './plan-identity.ts';
import type { RunProgram } from './program-runner.ts';
import { defaultSessionName } from './role-session-name.ts';
import type { StsPorts } from './sts-calls.ts';
import { regionsOfEnvironment, stsRegion } from './sts-region.ts';
import { readWebIdentityToken } from './web-identity-source.ts';

/** Everything that credentials can start from. */
export interface ChainSourcePorts extends StsPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly runProgram: RunProgram;
  /** The key in the files; undefined when it is there no more. */
  readonly readStaticKey: (profile: string) => Promise<StaticKey | undefined>;
  /** A protected profile's key. Throws when the store cannot be read; undefined when it holds no such key. */
  readonly readStoredKey: (accessKeyId: string) => Promise<LongTermKey | undefined>;
  readonly ssoRole: (target: SsoRoleTarget, signal: AbortSignal) => Promise<TemporaryCredentials>;
  readonly login: (
    login: { readonly profile: string; readonly loginSession: string; readonly region: string | undefined },
    signal: AbortSignal,
  ) => Promise<TemporaryCredentials>;
}

/** The key a chain starts from, read before anything is looked up: its mark tells one secret from another under the same id. */
export interface SourceKey {
  readonly credentials: SigningCredentials | undefined;
  readonly mark: string;
}

/** Reads the key of a source that has one in the files. Throws ProfileBrokenError when it is gone or has ended. */
export async function readSourceKey(ports: ChainSourcePorts, source: ChainSource): Promise<SourceKey> {
  if (source.kind !== 'static-key') {
    return { credentials: undefined, mark: '' };
  }
  const found = await ports.readStaticKey(source.profile);
  if (found === undefined) {
    throw new ProfileBrokenError(
      source.profile,
      `The access key of the profile ${source.profile} is not complete.`,
      'Give it both aws_access_key_id and aws_secret_access_key, in one file.',
    );
  }
  if (found.kind === 'long-term') {
    return { credentials: found.key, mark: markOf(found.key.accessKeyId, found.key.secretAccessKey.reveal()) };
  }
  const { accessKeyId, secretAccessKey, sessionToken } = found.key;
  const expiresAt = endOfSessionKey(ports, source.profile, found.key);
  return {
    credentials: { accessKeyId, secretAccessKey, sessionToken, expiresAt },
    mark: markOf(accessKeyId, secretAccessKey.reveal(), sessionToken.reveal()),
  };
}

/** Fetches the first credentials of a chain that are not a key of the files. Throws what their source throws. */
export function fetchSource(
  ports: ChainSourcePorts,
  source: Exclude<ChainSource, { kind: 'static-key' }>,
  signal: AbortSignal,
): Promise<SigningCredentials> {
  const { env, platform, network } = ports;
  const now = (): Date => network.serverClock.now();
  const metadata = { transport: network.transport, env, now };
  switch (source.kind) {
    case 'stored-key':
      return storedKey(ports, source.profile, source.accessKeyId);
    case 'sso-role':
      return ports.ssoRole(source.target, signal);
    case 'process':
      return runCredentialProcess({ ...source, platform, env, now, run: ports.runProgram, signal });
    case 'environment':
      return Promise.resolve(credentialsOfEnvironment(source.profile, env, now()));
    case 'container':
      return credentialsOfContainer(source.profile, metadata, signal);
    case 'instance':
      return credentialsOfInstance(source.profile, metadata, signal);
    case 'web-identity':
      return webIdentity(ports, source, signal);
    case 'login':
      return ports.login(source, signal);
  }
}

async function storedKey(ports: ChainSourcePorts, profile: string, accessKeyId: string): Promise<LongTermKey> {
  const key = await ports.readStoredKey(accessKeyId);
  if (key === undefined) {
    throw new ProfileBrokenError(
      profile,
      `The key of the protected profile ${profile} is not in the secret store.`,
      'Was the store replaced, or the profile copied from another machine? Add the key again.',
    );
  }
  return key;
}

async function webIdentity(
  ports: ChainSourcePorts,
  source: Extract<ChainSource, { kind: 'web-identity' }>,
  signal: AbortSignal,
): Promise<TemporaryCredentials> {
  const token = await readWebIdentityToken(source.profile, source.tokenFile);
  const region = stsRegion(source.role.partition, [source.region, ...regionsOfEnvironment(ports.env)]);
  const input = {
    roleArn: source.role.arn,
    roleSessionName: source.roleSessionName ?? defaultSessionName(ports.env),
    token,
  };
  return withRetries(ports.retry, INTERACTIVE_RETRIES, signal, () =>
    assumeRoleWithWebIdentity({ network: ports.network, region, signal }, input),
  );
}

function endOfSessionKey(ports: ChainSourcePorts, profile: string, key: StaticSessionKey): Date {
  const now = ports.network.serverClock.now();
  if (key.expiresAt !== undefined && key.expiresAt <= now) {
    throw new ProfileBrokenError(
      profile,
      `The temporary key in the profile ${profile} has expired.`,
      'Have the tool that wrote it write a fresh one.',
    );
  }
  // Where nobody says when it ends, look at the file again in a while.
  return key.expiresAt ?? new Date(now.getTime() + UNDATED_LIFETIME_MS);
}
