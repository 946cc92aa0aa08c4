import type { ProfileState } from '../../shared/app-state.ts';

/** Longer chains of profiles are loops. */
const MOST_HOPS = 8;

/** Whether an access key of an IAM user is in this profile, in the file or in the secret store. */
export function holdsKey(profile: ProfileState): boolean {
  return profile.kind === 'static';
}

/** The profile whose access key this one starts from; itself where it holds one. */
export function keyProfileOf(profile: ProfileState, profiles: readonly ProfileState[]): ProfileState | undefined {
  let at: ProfileState | undefined = profile;
  for (let hops = 0; at !== undefined && hops < MOST_HOPS; hops += 1) {
    if (holdsKey(at)) {
      return at;
    }
    const source: string | undefined = at.kind === 'assume-role' ? at.sourceProfile : undefined;
    at = profiles.find((candidate) => candidate.name === source);
  }
  return undefined;
}

/** The roles that are assumed right from this profile's key. */
export function rolesFrom(keyProfile: string | undefined, profiles: readonly ProfileState[]): readonly ProfileState[] {
  return keyProfile === undefined
    ? []
    : profiles.filter((profile) => profile.kind === 'assume-role' && profile.sourceProfile === keyProfile);
}

/** A name for a profile that no other has yet. */
export function freeProfileName(wanted: string, profiles: readonly ProfileState[]): string {
  const base = wanted.replace(/[^\w.@+-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'my-user';
  const isTaken = (name: string): boolean => profiles.some((profile) => profile.name === name);
  let number = 1;
  while (isTaken(number === 1 ? base : `${base}-${number}`)) {
    number += 1;
  }
  return number === 1 ? base : `${base}-${number}`;
}
