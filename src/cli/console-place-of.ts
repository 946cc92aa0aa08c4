import { consolePlace, type PlaceState } from '../core/app/console-place.ts';
import { openKeptFiles } from '../core/app/kept-files.ts';
import { profileStates } from '../core/app/profile-states.ts';
import type { Services } from '../core/app/services.ts';
import type { BrowserPlace } from '../core/session/ports.ts';
import { parseOpener } from '../shared/console-opener.ts';
import type { RoleTarget } from '../shared/role-target.ts';
import type { CliContext } from './cli-context.ts';
import { UsageError } from './usage-error.ts';

/**
 * Where a command opens a console: where `--in` says, else by the same marks, rules and setting as the app. Throws UsageError for a
 * place that is none.
 */
export async function consolePlaceOf(
  target: RoleTarget,
  said: string | undefined,
  context: CliContext,
): Promise<BrowserPlace> {
  const services = await context.services();
  if (said !== undefined && parseOpener(said) === undefined) {
    const known = (await services.browser.openers()).map(({ id }) => id);
    throw new UsageError('--in names no place for a console.', `One of: ${known.join(', ')}`);
  }
  return consolePlace(target, await placeState(services, context), said);
}

async function placeState({ profiles, directory }: Services, context: CliContext): Promise<PlaceState> {
  const kept = openKeptFiles(context.surroundings);
  const read = await profiles.read();
  const directories = read.ssoSessions.map(async ({ name }) => [name, await directory.kept(name)] as const);
  return {
    settings: await kept.settings.read(),
    marks: await kept.marks.read(),
    profiles: profileStates(read, context.surroundings.platform),
    directories: Object.fromEntries(await Promise.all(directories)),
  };
}
