import type { ProfileKind, ProfileProblem, ProfileState } from '../../shared/app-state.ts';
import { parseRoleArn } from '../model/arn.ts';
import { findReferenced, parseHelperLine, profileReference } from '../session/keys/helper-line.ts';
import type { Surroundings } from '../session/ports.ts';
import { keptFieldsOf } from '../session/resolve/profile-fields.ts';
import type {
  AwsFileKind,
  AwsProfiles,
  AwsTool,
  EffectiveProfile,
  ProfileProblem as FileProblem,
} from '../model/profile.ts';

/** Where the two files are; without it they are shown by their kind. */
export type FileNames = Readonly<Record<AwsFileKind, string>>;

const KIND_NAMES: FileNames = { config: 'config', credentials: 'credentials' };
const TOOLS: Readonly<Record<AwsTool, ProfileProblem['tools']>> = {
  'aws-cli': ['aws-cli', 'boto3'],
  'js-sdk': ['js-sdk'],
};
/** Kinds whose credentials are those of a role; AWS makes console sign-ins of no others. */
const FEDERATING: ReadonlySet<ProfileKind> = new Set(['sso', 'sso-legacy', 'assume-role', 'web-identity', 'process']);

/** What the files alone do not say of profiles: which are in our own block, and which one `[default]` is made from. */
export interface ProfileStanding {
  readonly managed?: ReadonlySet<string>;
  readonly behindDefault?: string | undefined;
}

/** The profiles of the two files as a screen shows them. */
export function profileStates(
  read: AwsProfiles,
  platform: Surroundings['platform'],
  files: FileNames = KIND_NAMES,
  { managed = new Set(), behindDefault }: ProfileStanding = {},
): readonly ProfileState[] {
  return read.profiles.map((profile) => ({
    ...profileState(profile, files, managed.has(profile.name)),
    ...servedBy(profile, read.profiles, platform),
    ...(profile.name === behindDefault ? { isDefault: true } : {}),
  }));
}

/** What its `credential_process` hands out, where that is a line of ours that names something else. */
function servedBy(
  { name, kind, credentialProcess = '' }: EffectiveProfile,
  profiles: AwsProfiles['profiles'],
  platform: Surroundings['platform'],
): Pick<ProfileState, 'serves'> {
  const target = kind === 'process' ? parseHelperLine(credentialProcess, platform) : undefined;
  if (target?.kind === 'sso-role') {
    return { serves: target };
  }
  // In vault mode thousands name themselves: for none of those is the whole list gone through.
  if (target === undefined || target.reference === profileReference(name)) {
    return {};
  }
  const served = findReferenced(profiles, target.reference)?.name;
  return served === undefined || served === name ? {} : { serves: { kind: 'profile', profile: served } };
}

/** What a profile leads to: as it stands, or as it stood before our `credential_process` line took its keys' place. */
type Essence = Pick<
  ProfileState,
  'kind' | 'accountId' | 'roleName' | 'roleArn' | 'ssoSession' | 'sourceProfile' | 'mfaSerial' | 'protected'
>;

function profileState(profile: EffectiveProfile, files: FileNames, managed: boolean): ProfileState {
  const [place] = profile.sections;
  const essence = withArn(keptEssence(profile) ?? ownEssence(profile));
  return {
    ...essence,
    name: profile.name,
    region: profile.region,
    output: profile.output,
    managed,
    canFederate: FEDERATING.has(essence.kind),
    file: files[place?.file ?? 'config'],
    line: place?.line ?? 1,
    problems: profile.problems.map((problem) => problemState(problem, files)),
  };
}

function ownEssence(profile: EffectiveProfile): Essence {
  const { accountId, roleName, roleArn, sourceProfile, mfaSerial } = profile;
  return {
    kind: shownKind(profile.kind),
    accountId,
    roleName,
    roleArn,
    // The Identity Center's id: the section's name, or the start URL where legacy profiles name only that.
    ssoSession: profile.ssoSession ?? (profile.kind === 'sso-legacy' ? profile.startUrl : undefined),
    sourceProfile,
    mfaSerial,
    protected: false,
  };
}

/** A kind as screens name it. */
export function shownKind(kind: EffectiveProfile['kind']): ProfileKind {
  return kind === 'empty' ? 'settings-only' : kind;
}

/** Undefined for a profile that keeps nothing beside a line of ours. */
function keptEssence(profile: EffectiveProfile): Essence | undefined {
  const { roleArn, sourceProfile, mfaSerial, ssoSession, ssoStartUrl, ssoAccountId, ssoRoleName, key } =
    keptFieldsOf(profile);
  const common = { roleArn, sourceProfile, mfaSerial, accountId: ssoAccountId, roleName: ssoRoleName };
  if (ssoSession !== undefined || ssoStartUrl !== undefined) {
    const kind = ssoSession === undefined ? 'sso-legacy' : 'sso';
    return { ...common, kind, ssoSession: ssoSession ?? ssoStartUrl, protected: false };
  }
  return roleArn === undefined && key === undefined
    ? undefined
    : { ...common, kind: roleArn === undefined ? 'static' : 'assume-role', ssoSession: undefined, protected: true };
}

/** A role's account and name are in its ARN, however it is assumed. */
function withArn(essence: Essence): Essence {
  const arn = essence.roleArn === undefined ? undefined : parseRoleArn(essence.roleArn);
  return arn === undefined || (essence.kind !== 'assume-role' && essence.kind !== 'web-identity')
    ? essence
    : { ...essence, accountId: arn.accountId, roleName: arn.roleName };
}

/** A problem of the files as a screen shows it. */
export function problemState(problem: FileProblem, files: FileNames = KIND_NAMES): ProfileProblem {
  return {
    code: problem.code,
    severity: problem.severity === 'note' ? 'info' : problem.severity,
    message: problem.message,
    hint: problem.hint,
    tools: problem.tools.flatMap((tool) => TOOLS[tool]),
    file: problem.file === undefined ? undefined : files[problem.file],
    line: problem.line,
  };
}
