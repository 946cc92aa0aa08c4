import type { AwsRequest } from '../../aws/client-config.ts';
import { onFreshConnection } from '../../aws/fresh-connection.ts';
import { NotAuthorizedError } from '../../aws/sts-errors.ts';
import type { SigningCredentials } from '../../model/credentials.ts';
import type { MfaRoles } from '../mfa/assume-with-mfa.ts';
import type { CallContext } from '../ports.ts';
import { stsCalls, type StsPorts } from '../resolve/sts-calls.ts';
import { partitionOfKey, regionsOfEnvironment, stsRegion } from '../resolve/sts-region.ts';
import type { KeyOwner } from './long-term-key.ts';

/** What users' own calls are signed with. */
export interface UserSignerParts extends StsPorts {
  readonly mfaRoles: MfaRoles;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A session is used for a few calls at most. */
const MIN_LEFT_MS = 60_000;

/** The region in whose partition a user lives. */
export function regionOf(owner: KeyOwner, env: UserSignerParts['env']): string {
  const wishes = [owner.region, ...regionsOfEnvironment(env)];
  return stsRegion(owner.partition ?? partitionOfKey(owner.devices[0]?.mfaSerial, wishes), wishes);
}

/** A request of a user's own. */
export function requestOf(owner: KeyOwner, parts: UserSignerParts, signal: AbortSignal): AwsRequest {
  return { network: parts.network, region: regionOf(owner, parts.env), signal };
}

/** Makes a call of a user's own that carries codes, each of which is sent once. */
export function sendCodes<T>(
  owner: KeyOwner,
  parts: UserSignerParts,
  signal: AbortSignal,
  call: (request: AwsRequest) => Promise<T>,
): Promise<T> {
  return onFreshConnection(parts.makeNetwork, (network) =>
    call({ network, region: regionOf(owner, parts.env), signal }),
  );
}

/**
 * What a user's own calls to IAM are signed with: a session with MFA where a device is known, for policies deny much without; the key
 * itself where there is none, or AWS lets the user start no session. May ask for a code.
 */
export async function signerWithMfa(
  owner: KeyOwner,
  parts: UserSignerParts,
  purpose: string,
  context: CallContext,
): Promise<SigningCredentials> {
  const [device] = owner.devices;
  if (device === undefined) {
    return owner.key;
  }
  const sts = stsCalls(parts, regionOf(owner, parts.env));
  const target = { kind: 'profile', profile: owner.profile } as const;
  const need = { ...device, target, title: purpose, accountId: undefined };
  try {
    return await parts.mfaRoles.session({ key: owner.key, need, sts }, MIN_LEFT_MS, context);
  } catch (error) {
    if (error instanceof NotAuthorizedError) {
      return owner.key;
    }
    throw error;
  }
}
