import { readStaticKey } from '../../files/static-key.ts';
import type { LongTermKey } from '../../model/credentials.ts';
import { BadInputError } from '../../model/errors.ts';
import type { Partition } from '../../model/partition.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import { ProfileBrokenError } from '../resolve/errors.ts';
import { planChain } from '../resolve/plan-chain.ts';
import type { ChainPlan, MfaOfProfile } from '../resolve/chain-plan.ts';
import { requireProfile, type KeyFiles } from './key-files.ts';
import type { StoredKeys } from './stored-keys.ts';

/** Where long-term keys are looked for. */
export interface LongTermKeyParts {
  readonly files: KeyFiles;
  readonly keys: StoredKeys;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

/** A user's own key, as the files lead to it. */
export interface KeyOwner {
  /** The profile that holds the key. */
  readonly profile: string;
  readonly key: LongTermKey;
  readonly kept: 'in-file' | 'in-store';
  /** The MFA devices that the key's profile and the roles that start from it name, most named first. */
  readonly devices: readonly MfaOfProfile[];
  readonly region: string | undefined;
  /** The AWS cloud that a role which starts from the key lies in, and so its user; undefined without such a role. */
  readonly partition: Partition | undefined;
}

/**
 * The long-term key behind a profile: its own, or the one its roles start from. Throws NotFoundError, ProfileBrokenError, BadInputError
 * where the profile starts from anything else, and what the store throws.
 */
export async function findKeyOwner(parts: LongTermKeyParts, reference: string): Promise<KeyOwner> {
  const profiles = await parts.files.readProfiles();
  const asked = requireProfile(profiles, reference);
  const { source, region } = planChain({ profiles, platform: parts.platform }, asked.name);
  if (source.kind !== 'static-key' && source.kind !== 'stored-key') {
    throw new BadInputError(
      `The profile ${asked.name} does not start from an access key.`,
      'Name a profile with an access key of an IAM user.',
    );
  }
  const kept = source.kind === 'static-key' ? 'in-file' : 'in-store';
  const key =
    kept === 'in-file' ? await keyInFile(parts.files, source.profile) : await parts.keys.read(source.accessKeyId);
  if (key === undefined) {
    throw new ProfileBrokenError(
      source.profile,
      `The access key of the profile ${source.profile} cannot be found.`,
      'Add the key again.',
    );
  }
  const plans = plansFrom(profiles, source.profile, parts.platform);
  return {
    profile: source.profile,
    key,
    kept,
    devices: devicesOf(plans),
    // Not that of another role: it may be a region that the user's own account has not switched on.
    region: region ?? plans.find((plan) => plan.profile === source.profile)?.region,
    partition: plans.flatMap(({ hops }) => hops.slice(0, 1))[0]?.role.partition,
  };
}

async function keyInFile(files: KeyFiles, profile: string): Promise<LongTermKey | undefined> {
  const { config, credentials } = await files.readTexts();
  const found = readStaticKey(config, credentials, profile);
  if (found?.kind === 'session') {
    throw new BadInputError(
      `The profile ${profile} holds a temporary key.`,
      'This needs the long-term key of an IAM user.',
    );
  }
  return found?.key;
}

/** How the profiles get their credentials that start from a key. */
function plansFrom(
  profiles: AwsProfiles,
  keyProfile: string,
  platform: LongTermKeyParts['platform'],
): readonly ChainPlan[] {
  return profiles.profiles
    .flatMap(({ name }) => planIfGood(profiles, name, platform) ?? [])
    .filter(({ source }) => 'profile' in source && source.profile === keyProfile);
}

function devicesOf(plans: readonly ChainPlan[]): readonly MfaOfProfile[] {
  const named = plans.flatMap(({ mfa, hops }) => [mfa, hops[0]?.mfa].filter((each) => each !== undefined));
  const serials = named.map(({ mfaSerial }) => mfaSerial);
  const timesNamed = (mfa: MfaOfProfile): number => serials.filter((serial) => serial === mfa.mfaSerial).length;
  const bySerial = new Map(named.map((mfa) => [mfa.mfaSerial, mfa]));
  return [...bySerial.values()].sort((a, b) => timesNamed(b) - timesNamed(a));
}

function planIfGood(
  profiles: AwsProfiles,
  name: string,
  platform: LongTermKeyParts['platform'],
): ChainPlan | undefined {
  try {
    return planChain({ profiles, platform }, name);
  } catch {
    // Not this profile's page: a broken one names no device.
    return undefined;
  }
}
