import { join } from 'node:path';
import type { SsoRoleTarget } from '../../../shared/role-target.ts';
import { createAwsNetwork, type AwsNetwork } from '../../aws/client-config.ts';
import type { MakeNetwork } from '../../aws/fresh-connection.ts';
import { awsPaths } from '../../files/aws-paths.ts';
import { readAwsProfiles } from '../../files/effective-profiles.ts';
import { readStaticKey } from '../../files/static-key.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import type { Random } from '../../model/random.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import { storedKeys } from '../keys/stored-keys.ts';
import { MfaRoles } from '../mfa/assume-with-mfa.ts';
import { deviceMemoryFile } from '../mfa/device-memory-file.ts';
import type { DeviceMemories } from '../mfa/device-memory.ts';
import { runMfaProcess } from '../mfa/mfa-process.ts';
import { MfaSessions } from '../mfa/mfa-sessions.ts';
import { storedAuthenticator } from '../mfa/stored-authenticator.ts';
import { storedSessions } from '../mfa/stored-sessions.ts';
import { TokenCodeGate } from '../mfa/token-code-gate.ts';
import { TokenCodes } from '../mfa/token-codes.ts';
import type { PromptPort, Surroundings } from '../ports.ts';
import type { ChainSourcePorts } from './chain-source.ts';
import { CachedCredentials } from './credential-service.ts';
import { loginCredentials } from './login-source.ts';
import { createProgramRunner, type RunProgram } from './program-runner.ts';
import type { StsPorts } from './sts-calls.ts';

/** The texts of the two files as they are now; '' for one that is not there. */
export interface AwsFileTexts {
  readonly config: string;
  readonly credentials: string;
}

/** What the IAM side of the product is built from. */
export interface CredentialParts {
  readonly surroundings: Surroundings;
  readonly network: AwsNetwork;
  /** For requests with codes; one over the same settings by default. */
  readonly makeNetwork?: MakeNetwork | undefined;
  readonly random: Random;
  readonly prompt: PromptPort;
  readonly secretStore: SecretStore;
  readonly readFiles: () => Promise<AwsFileTexts>;
  /** What the files say, remembered while they do not change: it is asked for at every use. Read anew each time when left out. */
  readonly readProfiles?: (() => Promise<AwsProfiles>) | undefined;
  readonly ssoRole: (target: SsoRoleTarget, signal: AbortSignal) => Promise<TemporaryCredentials>;
  /** Whether the built-in authenticator answers without a click: the user's setting. */
  readonly autoFillMfa: () => boolean;
}

/** The service, and the parts of it that other use cases share: a code is sent once only if all go through the same gate. */
export interface CredentialServices {
  readonly credentials: CachedCredentials;
  readonly tokenCodes: TokenCodes;
  readonly mfaRoles: MfaRoles;
  readonly deviceMemories: DeviceMemories;
}

/** Puts the credential service together. */
export function createCredentialService(parts: CredentialParts): CredentialServices {
  const { surroundings, network, secretStore } = parts;
  const { clock, log } = surroundings;
  const awsNow = (): Date => network.serverClock.now();
  const runProgram = createProgramRunner(clock);
  const deviceMemories = deviceMemoryFile({
    path: join(surroundings.rolecallHome, 'mfa-devices.json'),
    lockDir: join(surroundings.rolecallHome, 'locks'),
    log,
  });
  const tokenCodes = createTokenCodes(parts, deviceMemories, runProgram);
  const sessions = new MfaSessions({ codes: tokenCodes, kept: storedSessions(secretStore, awsNow, log), awsNow });
  const mfaRoles = new MfaRoles({ codes: tokenCodes, sessions, memories: deviceMemories, awsNow });
  const credentials = new CachedCredentials({
    sources: createSources(parts, runProgram),
    mfaRoles,
    readProfiles:
      parts.readProfiles ??
      (async () => {
        const { config, credentials: keys } = await parts.readFiles();
        return readAwsProfiles(config, keys);
      }),
    awsNow,
    log,
  });
  return { credentials, tokenCodes, mfaRoles, deviceMemories };
}

function createTokenCodes(parts: CredentialParts, memories: DeviceMemories, run: RunProgram): TokenCodes {
  const { surroundings, network } = parts;
  const { clock, env, platform } = surroundings;
  const awsNow = (): Date => network.serverClock.now();
  return new TokenCodes({
    gate: new TokenCodeGate(memories, awsNow),
    prompt: parts.prompt,
    authenticator: storedAuthenticator(parts.secretStore),
    runMfaProcess: (mfaSerial, command, signal) => runMfaProcess({ mfaSerial, command, platform, env, run, signal }),
    clock,
    awsNow,
    autoFill: parts.autoFillMfa,
  });
}

/** STS as all use cases of the IAM side call it. */
export function stsPorts(
  parts: Pick<CredentialParts, 'surroundings' | 'network' | 'makeNetwork' | 'random'>,
): StsPorts {
  const { network, random } = parts;
  const { clock, env } = parts.surroundings;
  const { serverClock, egress } = network;
  const makeNetwork = parts.makeNetwork ?? (() => createAwsNetwork({ clock, env, serverClock, egress }));
  return { network, makeNetwork, retry: { clock, random } };
}

function createSources(parts: CredentialParts, runProgram: RunProgram): ChainSourcePorts {
  const { secretStore, ssoRole } = parts;
  const { clock, env, homeDir, platform, rolecallHome } = parts.surroundings;
  const ports = stsPorts(parts);
  const cache = { dir: awsPaths(env, homeDir, platform).loginCacheDir, clock };
  const loginParts = { ...ports, cache, env, lockDir: join(rolecallHome, 'locks') };
  const keys = storedKeys(secretStore);
  return {
    ...ports,
    env,
    platform,
    runProgram,
    async readStaticKey(profile) {
      const { config, credentials } = await parts.readFiles();
      return readStaticKey(config, credentials, profile);
    },
    readStoredKey: (accessKeyId) => keys.read(accessKeyId),
    ssoRole,
    login: (login, signal) => loginCredentials(loginParts, login, signal),
  };
}
