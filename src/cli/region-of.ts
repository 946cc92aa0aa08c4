import type { Services } from '../core/app/services.ts';
import type { RoleTarget } from '../shared/role-target.ts';

/** The region a profile is set to, to go with its credentials; roles picked by account have none. */
export async function regionOf(target: RoleTarget, services: Pick<Services, 'profiles'>): Promise<string | undefined> {
  if (target.kind !== 'profile') {
    return undefined;
  }
  const { profiles } = await services.profiles.read();
  return profiles.find((profile) => profile.name === target.profile)?.region;
}
