import type { ProfileState } from '../../shared/app-state.ts';
import type { RoleTarget } from '../../shared/role-target.ts';

/** What tells where a profile's credentials come from. */
type Linked = Pick<ProfileState, 'name' | 'serves' | 'sourceProfile'>;

/** A profile and those it gets its credentials from; one that leads in a circle ends where it began. */
export function profileChain<Profile extends Linked>(name: string, profiles: readonly Profile[]): readonly Profile[] {
  const chain: Profile[] = [];
  for (let next: string | undefined = name; next !== undefined; next = nextOf(chain.at(-1))) {
    const profile = profiles.find((each) => each.name === next);
    if (profile === undefined || chain.includes(profile)) {
      break;
    }
    chain.push(profile);
  }
  return chain;
}

/** Where a profile gets its credentials from: the one it names, or the one whose a line of ours hands out. */
function nextOf(profile: Linked | undefined): string | undefined {
  return profile?.serves?.kind === 'profile' ? profile.serves.profile : profile?.sourceProfile;
}

/** The serial numbers of the MFA devices of which a code may be needed for this role. */
export function mfaSerialsOf(
  target: RoleTarget,
  profiles: readonly (Linked & Pick<ProfileState, 'mfaSerial'>)[],
): ReadonlySet<string> {
  const chain = target.kind === 'profile' ? profileChain(target.profile, profiles) : [];
  return new Set(chain.flatMap(({ mfaSerial }) => mfaSerial ?? []));
}
