import { BadInputError } from '../../model/errors.ts';
import type { AwsFileKind, AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { helperLine } from '../keys/helper-line.ts';
import { existingHeader } from '../keys/profile-header.ts';
import { planChain } from '../resolve/plan-chain.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';
import { isServedByUs } from './identity-keys.ts';
import type { HelperPlace } from './plan-default.ts';
import type { FileEdit } from './profile-files.ts';
import { intoVault, outOfVault, type VaultSection } from './vault-form.ts';

type Platform = HelperPlace['platform'];

/** What switching does to the files, and whom it concerns. */
export interface VaultPlan {
  readonly edits: readonly FileEdit[];
  readonly profiles: readonly EffectiveProfile[];
}

const FILES = ['config', 'credentials'] as const;

/**
 * Every profile that takes its credentials from this Identity Center by itself becomes a line that asks us, its own keys beside. Throws
 * BadInputError for profiles that hold an access key too, which tools would use instead of our line.
 */
export function planVaultOn(profiles: AwsProfiles, ssoSession: string, place: HelperPlace): VaultPlan {
  const open = openProfiles(profiles, ssoSession, place.platform);
  const keyed = open.filter(({ staticKey }) => staticKey !== undefined);
  if (keyed.length > 0) {
    throw new BadInputError(
      `${profilesNamed(keyed)} an access key beside the Identity Center, which tools would use in vault mode.`,
      'Remove the access key, or the sso_ keys, from the profile first.',
    );
  }
  const edits = FILES.flatMap((file) => {
    const sections = open.flatMap((profile) => sectionsOf(profile, file, place));
    return sections.length === 0
      ? []
      : [{ file, edit: (document) => intoVault(document, sections) } satisfies FileEdit];
  });
  return { edits, profiles: open };
}

/** The profiles of this Identity Center as they were before. */
export function planVaultOff(profiles: AwsProfiles, ssoSession: string, platform: Platform): VaultPlan {
  const served = vaultProfiles(profiles, platform).filter((profile) => keptSession(profile) === ssoSession);
  const edits = FILES.flatMap((file) => {
    const sections = served.flatMap((profile) => {
      const header = existingHeader(profile, file);
      return header === undefined ? [] : [{ header, profile: profile.name, line: undefined, platform }];
    });
    return sections.length === 0
      ? []
      : [{ file, edit: (document) => outOfVault(document, sections) } satisfies FileEdit];
  });
  return { edits, profiles: served };
}

/** Throws BadInputError where a profile would not ask us after all. */
export function checkAllServed(after: AwsProfiles, plan: VaultPlan): void {
  const names = new Set(plan.profiles.map(({ name }) => name));
  const others = after.profiles.filter(
    ({ name, kind, jsKind = 'process' }) => names.has(name) && (kind !== 'process' || jsKind !== 'process'),
  );
  if (others.length > 0) {
    throw new BadInputError(
      `${profilesNamed(others)} other credentials, which tools would use in vault mode.`,
      'Leave only the sso_ keys in the profile, and none in [DEFAULT].',
    );
  }
}

/** The Identity Centers of which a profile is in the form of vault mode. */
export function vaultSessionsInFiles(profiles: AwsProfiles, platform: Platform): ReadonlySet<string> {
  return new Set(vaultProfiles(profiles, platform).flatMap((profile) => keptSession(profile) ?? []));
}

/** The profiles that look for the token of this Identity Center in `~/.aws` themselves. A broken profile is left alone. */
export function openProfiles(
  profiles: AwsProfiles,
  ssoSession: string,
  platform: Platform,
): readonly EffectiveProfile[] {
  return profiles.profiles.filter((profile) => {
    const isOwn =
      profile.ssoSession === ssoSession && (profile.keys.has('sso_account_id') || profile.keys.has('sso_role_name'));
    return isOwn && startsHere(profiles, profile, platform);
  });
}

function startsHere(profiles: AwsProfiles, profile: EffectiveProfile, platform: Platform): boolean {
  try {
    const { source, hops } = planChain({ profiles, platform }, profile.name);
    return source.kind === 'sso-role' && source.profile === profile.name && hops.length === 0;
  } catch {
    return false;
  }
}

function vaultProfiles(profiles: AwsProfiles, platform: Platform): readonly EffectiveProfile[] {
  return profiles.profiles.filter((profile) => keptSession(profile) !== undefined && isServedByUs(profile, platform));
}

function keptSession(profile: EffectiveProfile): string | undefined {
  return profile.keys.get(`${KEPT_PREFIX}sso_session`)?.value;
}

/** The line goes where the account stands: that section counts for every tool. */
function sectionsOf(
  profile: EffectiveProfile,
  file: AwsFileKind,
  { helperPath, platform }: HelperPlace,
): readonly VaultSection[] {
  const header = existingHeader(profile, file);
  const hasAccount = (profile.keys.get('sso_account_id') ?? profile.keys.get('sso_role_name'))?.file === file;
  const line = hasAccount ? helperLine(helperPath, profile.name, platform) : undefined;
  return header === undefined ? [] : [{ header, profile: profile.name, line, platform }];
}

function profilesNamed(profiles: readonly EffectiveProfile[]): string {
  const names = profiles.slice(0, 5).map(({ name }) => name);
  const more = profiles.length > names.length ? ` and ${profiles.length - names.length} more` : '';
  return names.length === 1 ? `The profile ${names[0]} has` : `The profiles ${names.join(', ')}${more} have`;
}
