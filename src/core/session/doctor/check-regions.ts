import type { AwsProfiles } from '../../model/profile.ts';
import type { Finding } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Profiles with credentials but no region: botocore takes no other profile's, not even that of [default]. Nothing where the environment
 * sets one for all.
 */
export function checkRegions(profiles: AwsProfiles, env: Environment): readonly Finding[] {
  if ((env['AWS_REGION'] ?? '') !== '' || (env['AWS_DEFAULT_REGION'] ?? '') !== '') {
    return [];
  }
  const without = profiles.profiles.filter(({ kind, region }) => kind !== 'empty' && region === undefined);
  const [first] = without;
  const place = first?.sections[0];
  if (first === undefined || place === undefined) {
    return [];
  }
  const names = without.slice(0, 5).map(({ name }) => name);
  const more = without.length > names.length ? ` and ${without.length - names.length} more` : '';
  return [
    {
      id: 'region-missing',
      code: 'region-missing',
      severity: 'info',
      title: `${without.length === 1 ? 'The profile' : `${without.length} profiles:`} ${names.join(', ')}${more} ${without.length === 1 ? 'has' : 'have'} no region.`,
      why: 'Most commands then stop with "You must specify a region", unless --region is given.',
      hint: 'Set region in the profile, or AWS_REGION and AWS_DEFAULT_REGION for all.',
      about: { kind: 'profile', name: first.name },
    },
  ];
}
