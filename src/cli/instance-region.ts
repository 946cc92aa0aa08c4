import { requirePartition } from '../core/aws/endpoints.ts';
import { openKeptFiles } from '../core/app/kept-files.ts';
import type { Services } from '../core/app/services.ts';
import { unknownProfile } from '../core/model/did-you-mean.ts';
import { NotFoundError } from '../core/model/errors.ts';
import type { RoleTarget } from '../shared/role-target.ts';
import type { CliContext } from './cli-context.ts';
import { textOption, type Arguments, type OptionTable } from './command-spec.ts';
import { regionOf } from './region-of.ts';

/** Where instances are looked for. */
export const INSTANCE_REGION: OptionTable = {
  region: {
    type: 'string',
    value: 'R',
    help: "the region of the instances, in place of the profile's or the settings'",
  },
};

/**
 * The region that is said; else that of the profile, of the environment, or in which consoles open by the settings. Throws BadInputError
 * for what is no region, NotFoundError for a profile that is not there, and where nothing says a region.
 */
export async function instanceRegion(args: Arguments, target: RoleTarget, context: CliContext): Promise<string> {
  const said = textOption(args, 'region');
  const region = said ?? (await usualRegion(target, context));
  if (region === '') {
    throw new NotFoundError(
      'Nothing says in which region to look.',
      'Give --region R, or choose on the settings page in which one consoles open.',
    );
  }
  requirePartition(region);
  return region;
}

async function usualRegion(target: RoleTarget, context: CliContext): Promise<string> {
  const { env } = context.surroundings;
  const services = await context.services();
  await requireProfile(target, services);
  const known = (await regionOf(target, services)) || env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  return known || (await openKeptFiles(context.surroundings).settings.read()).consoleRegion;
}

/** Nobody is told of a region who mistyped a profile. */
async function requireProfile(target: RoleTarget, { profiles }: Pick<Services, 'profiles'>): Promise<void> {
  const known = (await profiles.read()).profiles;
  if (target.kind === 'profile' && !known.some(({ name }) => name === target.profile)) {
    throw unknownProfile(target.profile, known);
  }
}
