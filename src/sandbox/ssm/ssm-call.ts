import { AwsError } from '../http/aws-error.ts';
import type { Instance } from '../organization.ts';
import { requireAllowed } from '../policy/authorize.ts';
import type { Caller } from '../sigv4/authenticate.ts';
import { principalAccount } from '../state/principal.ts';
import type { World } from '../world.ts';

/** What an operation of Systems Manager works with. */
export interface SsmCall {
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  readonly world: World;
}

/** The caller's instances in the region the request was signed for. */
export function instancesHere({ caller, world }: Pick<SsmCall, 'caller' | 'world'>): readonly Instance[] {
  const { accountId } = principalAccount(caller.principal);
  const all = world.directory.account(accountId)?.instances ?? [];
  return all.filter(({ region }) => region === caller.region);
}

/** The ARN of something of the caller's account and region. */
export function arnHere({ caller }: Pick<SsmCall, 'caller'>, service: 'ssm' | 'ec2', rest: string): string {
  const { accountId, partition } = principalAccount(caller.principal);
  return `arn:${partition}:${service}:${caller.region}:${accountId}:${rest}`;
}

/** Throws AccessDeniedException (400), as this protocol has it, unless the caller's policies allow the action. */
export function requireSsmAllowed(call: SsmCall, action: string, resource: string): void {
  try {
    requireAllowed(call.caller.principal, action, resource, call.world.now());
  } catch (error) {
    throw error instanceof AwsError ? new AwsError(400, 'AccessDeniedException', error.message) : error;
  }
}
