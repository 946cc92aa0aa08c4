import type { AwsProfiles, ProfileProblem } from '../../model/profile.ts';

/**
 * The errors that the files hold after a change and did not hold before. `nameBefore` tells under which name a profile was known then.
 */
export function newErrors(
  before: AwsProfiles,
  after: AwsProfiles,
  nameBefore: (profile: string) => string = (profile) => profile,
): readonly ProfileProblem[] {
  const known = new Set(errorsOf(before).map((problem) => keyOf(problem, (name) => name)));
  return errorsOf(after).filter((problem) => !known.has(keyOf(problem, nameBefore)));
}

function keyOf({ profile = '', code, key = '' }: ProfileProblem, nameBefore: (profile: string) => string): string {
  return `${nameBefore(profile)} ${code} ${key}`;
}

function errorsOf(profiles: AwsProfiles): readonly ProfileProblem[] {
  const all = [...profiles.problems, ...profiles.profiles.flatMap(({ problems }) => problems)];
  return all.filter(({ severity }) => severity === 'error');
}
