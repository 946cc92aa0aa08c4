import { unknownProfile } from '../../model/did-you-mean.ts';
import { parseRoleArn } from '../../model/arn.ts';
import type { Partition } from '../../model/partition.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { findReferenced, parseHelperLine } from '../keys/helper-line.ts';
import type { ChainPlan, ChainSource, RoleHop } from './chain-plan.ts';
import { ProfileBrokenError } from './errors.ts';
import { fieldsOf, keptFieldsOf, type ProfileFields } from './profile-fields.ts';
import { mfaOf, ownRole, readHop, readSsoRole, readWebIdentity } from './read-step.ts';

/** What a plan is made from. */
export interface PlanInput {
  readonly profiles: AwsProfiles;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

interface Planned {
  readonly source: ChainSource;
  readonly hops: readonly RoleHop[];
  /** The device named beside the key the chain starts from. */
  readonly keyMfa: ChainPlan['mfa'];
}

interface Step {
  readonly input: PlanInput;
  readonly profile: EffectiveProfile;
  readonly fields: ProfileFields;
  /** Profiles on the way here, this one last. */
  readonly visited: readonly string[];
  readonly isSource: boolean;
  /** The fields are those a protected profile keeps. */
  readonly isKept: boolean;
}

const CREDENTIAL_SOURCES: Readonly<Record<string, 'environment' | 'container' | 'instance'>> = {
  Environment: 'environment',
  EcsContainer: 'container',
  Ec2InstanceMetadata: 'instance',
};

/**
 * How a profile gets its credentials. Takes every chain that botocore or the JS SDK takes; where they disagree it goes with botocore,
 * and with the JS SDK where botocore fails (`explainDifferences` says so). Reads no file and no environment.
 *
 * `reference` is a profile's name, or the id that stands for it in a helper line. Throws NotFoundError, and ProfileBrokenError that names
 * what is missing or leads in a circle.
 * Source: botocore/credentials.py AssumeRoleProvider, ProfileProviderBuilder; @aws-sdk/credential-provider-ini resolveProfileData
 */
export function planChain(input: PlanInput, reference: string): ChainPlan {
  const profile = findReferenced(input.profiles.profiles, reference);
  if (profile === undefined) {
    throw unknownProfile(
      reference,
      input.profiles.profiles,
      'Run "rolecall profiles" for those there are, or check AWS_CONFIG_FILE.',
    );
  }
  const fields = fieldsOf(profile);
  const planned = planProfile({ input, profile, fields, visited: [profile.name], isSource: false, isKept: false });
  return {
    profile: profile.name,
    source: planned.source,
    hops: planned.hops,
    region: fields.region,
    mfa: planned.keyMfa,
    userPartition: userPartition(input, planned),
  };
}

/** A key itself does not tell its cloud, but a role that names its profile does: AWS lets no user assume one of another cloud. */
function userPartition({ profiles }: PlanInput, { source, hops }: Planned): Partition | undefined {
  if (hops.length > 0 || (source.kind !== 'static-key' && source.kind !== 'stored-key')) {
    return undefined;
  }
  for (const profile of profiles.profiles) {
    const role = [fieldsOf(profile), keptFieldsOf(profile)].find((each) => each.sourceProfile === source.profile);
    const arn = parseRoleArn(role?.roleArn ?? '');
    if (arn !== undefined) {
      return arn.partition;
    }
  }
  return undefined;
}

function planProfile(step: Step): Planned {
  const { fields, isSource } = step;
  const assumesRole = fields.roleArn !== undefined && fields.webIdentityTokenFile === undefined;
  // A source with a key of its own is used as that key, whatever role it names: botocore and the JS SDK agree.
  return assumesRole && !(isSource && fields.key !== undefined) ? planRole(step) : planOwnCredentials(step);
}

function planRole(step: Step): Planned {
  const { profile, fields } = step;
  const { sourceProfile, credentialSource } = fields;
  if ((sourceProfile === undefined) === (credentialSource === undefined)) {
    if (hasOwnCredentials(fields)) {
      return planOwnCredentials(step);
    }
    throw sourceProfile === undefined ? noSource(profile.name) : bothSources(profile.name);
  }
  const before =
    credentialSource === undefined
      ? planSourceProfile(step, sourceProfile ?? '')
      : noHops({ kind: machineSource(profile.name, credentialSource), profile: profile.name });
  return { ...before, hops: [...before.hops, readHop(profile.name, ownRole(profile.name, fields), fields)] };
}

function planSourceProfile(step: Step, sourceProfile: string): Planned {
  const { input, profile, fields, visited } = step;
  if (sourceProfile === profile.name && fields.key !== undefined) {
    // A profile may name itself to hold key and role in one place.
    return planOwnCredentials(step);
  }
  const source = input.profiles.profiles.find((other) => other.name === sourceProfile);
  if (source === undefined) {
    throw new ProfileBrokenError(
      profile.name,
      `The source_profile ${sourceProfile} of the profile ${profile.name} does not exist.`,
      `Add the profile ${sourceProfile}, or correct source_profile.`,
    );
  }
  return planProfile({
    ...stepInto(step, source),
    isSource: true,
    visited: extend(visited, sourceProfile, profile.name),
  });
}

/** In botocore's order. */
function planOwnCredentials(step: Step): Planned {
  const { profile, fields } = step;
  const name = profile.name;
  if (fields.webIdentityTokenFile !== undefined) {
    return noHops(readWebIdentity(name, fields, fields.webIdentityTokenFile));
  }
  if (fields.ssoAccountId !== undefined || fields.ssoRoleName !== undefined) {
    return noHops(readSsoRole(name, fields));
  }
  const keyFirst =
    fields.key?.kind === 'stored' || (fields.key?.kind === 'in-file' && fields.key.file === 'credentials');
  if (keyFirst) {
    return planKey(step);
  }
  if (fields.loginSession !== undefined) {
    return noHops({ kind: 'login', profile: name, loginSession: fields.loginSession, region: fields.region });
  }
  if (fields.credentialProcess !== undefined) {
    return planProcess(step, fields.credentialProcess);
  }
  if (fields.key !== undefined) {
    return planKey(step);
  }
  if (fields.credentialSource !== undefined) {
    return noHops({ kind: machineSource(name, fields.credentialSource), profile: name });
  }
  throw noCredentials(step);
}

function planKey({ profile, fields }: Step): Planned {
  const { key } = fields;
  const keyMfa = mfaOf(profile.name, fields);
  if (key?.kind === 'stored') {
    return { source: { kind: 'stored-key', profile: profile.name, accessKeyId: key.accessKeyId }, hops: [], keyMfa };
  }
  if (key === undefined || !key.hasSecret || key.accessKeyId === '') {
    throw new ProfileBrokenError(
      profile.name,
      `The access key of the profile ${profile.name} is not complete.`,
      'Give it both aws_access_key_id and aws_secret_access_key.',
    );
  }
  const { accessKeyId, isTemporary } = key;
  return {
    source: { kind: 'static-key', profile: profile.name, accessKeyId, isTemporary },
    hops: [],
    keyMfa,
  };
}

/** Our own helper is never run from here: what it would do is planned instead. */
function planProcess(step: Step, command: string): Planned {
  const { input, profile, visited } = step;
  const target = parseHelperLine(command, input.platform);
  if (target === undefined) {
    return noHops({ kind: 'process', profile: profile.name, command });
  }
  if (target.kind === 'sso-role') {
    return noHops({ kind: 'sso-role', profile: profile.name, target });
  }
  const served = findReferenced(input.profiles.profiles, target.reference);
  if (served === undefined) {
    throw new ProfileBrokenError(
      profile.name,
      `The credential_process of the profile ${profile.name} asks Rolecall for the profile ${target.reference}, which does not exist.`,
      'Correct credential_process, or unprotect the profile.',
    );
  }
  if (served.name !== profile.name) {
    return planProfile({ ...stepInto(step, served), visited: extend(visited, served.name, profile.name) });
  }
  if (step.isKept) {
    throw circle(profile.name, [...visited, profile.name]);
  }
  return planProfile({ ...step, fields: keptFieldsOf(profile), isKept: true });
}

function stepInto(step: Step, profile: EffectiveProfile): Step {
  return { ...step, profile, fields: fieldsOf(profile), isKept: false };
}

function extend(visited: readonly string[], next: string, from: string): readonly string[] {
  if (visited.includes(next)) {
    throw circle(from, [...visited, next]);
  }
  return [...visited, next];
}

function circle(profile: string, way: readonly string[]): ProfileBrokenError {
  return new ProfileBrokenError(
    profile,
    `The profiles lead in a circle: ${way.join(' -> ')}.`,
    'Let one of them name a source_profile that has credentials of its own.',
  );
}

function noHops(source: ChainSource): Planned {
  return { source, hops: [], keyMfa: undefined };
}

function machineSource(profile: string, credentialSource: string): 'environment' | 'container' | 'instance' {
  const kind = Object.hasOwn(CREDENTIAL_SOURCES, credentialSource) ? CREDENTIAL_SOURCES[credentialSource] : undefined;
  if (kind === undefined) {
    throw new ProfileBrokenError(
      profile,
      `The credential_source ${credentialSource} of the profile ${profile} is none that AWS knows.`,
      `Use one of ${Object.keys(CREDENTIAL_SOURCES).join(', ')}; capital letters matter.`,
    );
  }
  return kind;
}

function hasOwnCredentials(fields: ProfileFields): boolean {
  const { key, ssoAccountId, ssoRoleName, credentialProcess, loginSession } = fields;
  return [key, ssoAccountId, ssoRoleName, credentialProcess, loginSession].some((field) => field !== undefined);
}

function noSource(profile: string): ProfileBrokenError {
  return new ProfileBrokenError(
    profile,
    `The profile ${profile} has a role_arn but neither source_profile nor credential_source.`,
    'Add source_profile with the profile whose key may assume the role.',
  );
}

function bothSources(profile: string): ProfileBrokenError {
  return new ProfileBrokenError(
    profile,
    `The profile ${profile} has both source_profile and credential_source.`,
    'Remove one of them.',
  );
}

function noCredentials({ profile, isSource, visited }: Step): ProfileBrokenError {
  const name = profile.name;
  const of = isSource ? `The source_profile ${name} of the profile ${visited.at(-2) ?? name}` : `The profile ${name}`;
  return new ProfileBrokenError(
    name,
    `${of} holds no credentials.`,
    'Give it a role, a sign-in or a key, or name another.',
  );
}
