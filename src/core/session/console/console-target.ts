import { isAccountId, parseRoleArn, type RoleArn } from '../../model/arn.ts';
import { NotFoundError } from '../../model/errors.ts';
import { partitionById, partitionOfRegion, PARTITIONS, type Partition } from '../../model/partition.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import type { RoleTarget } from '../../../shared/role-target.ts';
import { findSsoSession, type SsoSession } from '../sso/sso-session.ts';

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
export function consoleTarget(target: RoleTarget, profiles: AwsProfiles): ConsoleTarget {
  if (target.kind === 'sso-role') {
    const session = findSsoSession(profiles, target.ssoSession);
    const sso = { session, accountId: target.accountId, roleName: target.roleName };
    return {
      partition: partitionFor(session.region),
      sso,
      assumedRole: undefined,
      isChained: false,
      isUserKey: false,
      profile: undefined,
    };
  }
  const profile = profiles.profiles.find(({ name }) => name === target.profile);
  if (profile === undefined) {
    throw new NotFoundError(`There is no profile named ${target.profile}.`, 'Choose another, or reload the files.');
  }
  const sso = ssoRoleOf(profile, profiles);
  const assumedRole = profile.kind === 'assume-role' ? parseRoleArn(profile.roleArn ?? '') : undefined;
  return {
    partition: assumedRole?.partition ?? partitionFor(sso?.session.region ?? profile.region),
    sso,
    assumedRole,
    isChained: isChained(profile, profiles),
    isUserKey: profile.kind === 'static',
    profile,
  };
}

function ssoRoleOf(profile: EffectiveProfile, profiles: AwsProfiles): ConsoleTarget['sso'] {
  const { kind, accountId, roleName } = profile;
  const id = profile.ssoSession ?? profile.startUrl;
  if (
    (kind !== 'sso' && kind !== 'sso-legacy') ||
    id === undefined ||
    !isAccountId(accountId) ||
    roleName === undefined
  ) {
    return undefined;
  }
  return { session: findSsoSession(profiles, id), accountId, roleName };
}

/** A profile that assumes its role from anything but a user's own key. */
function isChained(profile: EffectiveProfile, profiles: AwsProfiles): boolean {
  const { kind, sourceProfile } = profile;
  const source = profiles.profiles.find(({ name }) => name === sourceProfile);
  const isOwnKey = sourceProfile === profile.name ? profile.staticKey !== undefined : source?.staticKey !== undefined;
  return kind === 'assume-role' && !isOwnKey;
}

function partitionFor(region: string | undefined): Partition {
  const fallback = partitionById('aws') ?? PARTITIONS[0];
  const partition = (region === undefined ? undefined : partitionOfRegion(region)) ?? fallback;
  if (partition === undefined) {
    throw new Error('no partition is known');
  }
  return partition;
}
