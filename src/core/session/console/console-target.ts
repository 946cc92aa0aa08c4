import { parseRoleArn, type RoleArn } from '../../model/arn.ts';
import { unknownProfile } from '../../model/did-you-mean.ts';
import { partitionById, partitionOfRegion, PARTITIONS, type Partition } from '../../model/partition.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import type { RoleTarget, SsoRoleTarget } from '../../../shared/role-target.ts';
import type { ChainPlan, ChainSource } from '../resolve/chain-plan.ts';
import { planChain } from '../resolve/plan-chain.ts';
import { sessionFacts } from '../resolve/session-limit.ts';
import type { Surroundings } from '../ports.ts';
import { findSsoSession, type SsoSession } from '../sso/sso-session.ts';

type Platform = Surroundings['platform'];

/** What is known of a target's console before anything is fetched. */
export interface ConsoleTarget {
  readonly partition: Partition;
  /** The role at an Identity Center, where it is one. */
  readonly sso: { readonly session: SsoSession; readonly accountId: string; readonly roleName: string } | undefined;
  /** The role that a profile assumes, where it does. */
  readonly assumedRole: RoleArn | undefined;
  /** Assumed with another role's credentials, for which AWS takes no session duration. */
  readonly isChained: boolean;
  /** Its credentials are an access key's own, with which no console can be opened. */
  readonly isUserKey: boolean;
  readonly profile: EffectiveProfile | undefined;
}

/** Looks a target up in the files. Throws NotFoundError for a profile or Identity Center that is not there. */
export function consoleTarget(target: RoleTarget, profiles: AwsProfiles, platform: Platform): ConsoleTarget {
  if (target.kind === 'sso-role') {
    const sso = ssoRole(target, profiles);
    return {
      partition: partitionFor(sso.session.region),
      sso,
      assumedRole: undefined,
      isChained: false,
      isUserKey: false,
      profile: undefined,
    };
  }
  const profile = profiles.profiles.find(({ name }) => name === target.profile);
  if (profile === undefined) {
    throw unknownProfile(target.profile, profiles.profiles);
  }
  const plan = planIfGood(profiles, profile.name, platform);
  const { source } = plan ?? {};
  const sso = source?.kind === 'sso-role' && plan?.hops.length === 0 ? ssoRole(source.target, profiles) : undefined;
  const assumedRole = plan?.hops.at(-1)?.role ?? ownRole(profile);
  const ofToken = source?.kind === 'web-identity' ? source.role : undefined;
  return {
    partition: (assumedRole ?? ofToken)?.partition ?? partitionFor(sso?.session.region ?? profile.region),
    sso,
    assumedRole,
    isChained: assumedRole !== undefined && (plan === undefined || sessionFacts(plan).limit === 'chained'),
    isUserKey: assumedRole === undefined && isLongTermKey(source),
    profile,
  };
}

function ssoRole(
  { ssoSession, accountId, roleName }: SsoRoleTarget,
  profiles: AwsProfiles,
): NonNullable<ConsoleTarget['sso']> {
  return { session: findSsoSession(profiles, ssoSession), accountId, roleName };
}

/** The plan also sees what stands aside in profiles that a line of ours serves. A link needs none, so one that is broken does not matter. */
function planIfGood(profiles: AwsProfiles, profile: string, platform: Platform): ChainPlan | undefined {
  try {
    return planChain({ profiles, platform }, profile);
  } catch {
    return undefined;
  }
}

function ownRole({ kind, roleArn }: EffectiveProfile): RoleArn | undefined {
  return kind === 'assume-role' ? parseRoleArn(roleArn ?? '') : undefined;
}

/** A temporary key in a file may be a role's, of which only AWS knows. */
function isLongTermKey(source: ChainSource | undefined): boolean {
  return source?.kind === 'stored-key' || (source?.kind === 'static-key' && !source.isTemporary);
}

function partitionFor(region: string | undefined): Partition {
  const fallback = partitionById('aws') ?? PARTITIONS[0];
  const partition = (region === undefined ? undefined : partitionOfRegion(region)) ?? fallback;
  if (partition === undefined) {
    throw new Error('no partition is known');
  }
  return partition;
}
