import type { ProfileState } from '../../shared/app-state.ts';
import type { RoleTarget } from '../../shared/role-target.ts';

/** A profile and those it gets its credentials from; one that leads in a circle ends where it began. */
export function profileChain<Profile extends Pick<ProfileState, 'name' | 'sourceProfile'>>(
  name: string,
  profiles: readonly Profile[],
): readonly Profile[] {
  const chain: Profile[] = [];
  for (let next: string | undefined = name; next !== undefined; next = chain.at(-1)?.sourceProfile) {
    const profile = profiles.find((each) => each.name === next);
    if (profile === undefined || chain.includes(profile)) {
      break;
    }
    chain.push(profile);
  }
  return chain;
}

/** The serial numbers of the MFA devices of which a code may be needed for this role. */
export function mfaSerialsOf(
  target: RoleTarget,
  profiles: readonly Pick<ProfileState, 'name' | 'sourceProfile' | 'mfaSerial'>[],
): ReadonlySet<string> {
  const chain = target.kind === 'profile' ? profileChain(target.profile, profiles) : [];
  return new Set(chain.flatMap(({ mfaSerial }) => mfaSerial ?? []));
}
