import { join } from 'node:path';
import type { AccountState, ProfileState } from '../../shared/app-state.ts';
import type { AwsProfiles } from '../model/profile.ts';
import type { Surroundings } from '../session/ports.ts';
import { DirectoryStore } from '../session/sso/directory-store.ts';
import { findSsoSession } from '../session/sso/sso-session.ts';
import type { GuardState } from './guard-rules.ts';
import { openKeptFiles } from './kept-files.ts';
import { profileStates } from './profile-states.ts';

/**
 * What the rules are matched against, for commands without an app. Files are only read where there is a rule or a mark at all. Who has the
 * profiles' states already gives them.
 */
export async function keptGuardState(
  surroundings: Surroundings,
  readProfiles: () => Promise<AwsProfiles>,
  states?: readonly ProfileState[],
): Promise<GuardState> {
  const kept = openKeptFiles(surroundings);
  const [settings, marks] = await Promise.all([kept.settings.read(), kept.marks.read()]);
  if (settings.guardRules.length === 0 && Object.keys(marks).length === 0) {
    return { settings, marks, directories: {}, profiles: [] };
  }
  const profiles = await readProfiles();
  const directories = settings.guardRules.length === 0 ? {} : await directoriesOf(profiles, surroundings);
  return { settings, marks, profiles: states ?? profileStates(profiles, surroundings.platform), directories };
}

/** The names of accounts, as they were last listed. */
async function directoriesOf(
  profiles: AwsProfiles,
  { rolecallHome, clock, log }: Surroundings,
): Promise<GuardState['directories']> {
  const store = new DirectoryStore(join(rolecallHome, 'directories'), clock, log);
  const accountsOf = async (id: string): Promise<readonly AccountState[]> => {
    const { accounts } = await store.load(findSsoSession(profiles, id));
    return [...accounts.values()].map(({ account }) => account);
  };
  const kept = await Promise.all(
    // One whose section is not complete, or whose list is damaged, has no names to match.
    profiles.ssoSessions.map(async ({ name }) => [name, { accounts: await accountsOf(name).catch(() => []) }] as const),
  );
  return Object.fromEntries(kept);
}
