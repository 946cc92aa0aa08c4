import type { ProfileKind, ProfileProblem, ProfileState } from '../../shared/app-state.ts';
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
const FEDERATING: ReadonlySet<EffectiveProfile['kind']> = new Set([
  'sso',
  'sso-legacy',
  'assume-role',
  'web-identity',
  'process',
]);
/** Beside this key stand the profile's own keys while it is protected. */
const PROTECTED_KEY = /^rolecall_/;

/** The profiles of the two files as a screen shows them. */
export function profileStates(read: AwsProfiles, files: FileNames = KIND_NAMES): readonly ProfileState[] {
  return read.profiles.map((profile) => profileState(profile, files));
}

function profileState(profile: EffectiveProfile, files: FileNames): ProfileState {
  const [place] = profile.sections;
  return {
    name: profile.name,
    kind: kindOf(profile),
    accountId: profile.accountId,
    roleName: profile.roleName,
    roleArn: profile.roleArn,
    ssoSession: ssoSessionOf(profile),
    sourceProfile: profile.sourceProfile,
    mfaSerial: profile.mfaSerial,
    region: profile.region,
    output: profile.output,
    protected: [...profile.keys.keys()].some((key) => PROTECTED_KEY.test(key)),
    managed: false,
    canFederate: FEDERATING.has(profile.kind),
    file: files[place?.file ?? 'config'],
    line: place?.line ?? 1,
    problems: profile.problems.map((problem) => problemState(problem, files)),
  };
}

function kindOf(profile: EffectiveProfile): ProfileKind {
  return profile.kind === 'empty' ? 'settings-only' : profile.kind;
}

/** The Identity Center's id: the section's name, or the start URL where legacy profiles name only that. */
function ssoSessionOf(profile: EffectiveProfile): string | undefined {
  return profile.ssoSession ?? (profile.kind === 'sso-legacy' ? profile.startUrl : undefined);
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
