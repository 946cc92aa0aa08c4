import type { AwsProfiles, ProfileKind } from '../../model/profile.ts';
import { stopsWholeFile } from './stopping-problems.ts';

/** How each family of tools gets a profile's credentials; undefined where it does not see the profile. */
export interface ToolView {
  readonly profile: string;
  readonly awsCli: ProfileKind | undefined;
  readonly jsSdk: ProfileKind | undefined;
  readonly agree: boolean;
}

/** What botocore and the JS SDK each make of every profile. With an error in a file botocore sees none at all. */
export function toolViews({ profiles, problems }: AwsProfiles): readonly ToolView[] {
  const stops = problems.some(({ code }) => stopsWholeFile(code));
  return profiles.map(({ name, kind, jsKind }) => {
    const awsCli = stops ? undefined : kind;
    return { profile: name, awsCli, jsSdk: jsKind, agree: awsCli === jsKind };
  });
}
