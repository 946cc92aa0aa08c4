import { isAccountId } from '../model/arn.ts';
import type {
  AwsFileKind,
  AwsProfiles,
  ProfileKey,
  ProfileProblem,
  SsoSessionConfig,
  StaticKeyPresence,
} from '../model/profile.ts';
import { fileProblems } from './file-problems.ts';
import { parseIni } from './ini-document.ts';
import { jsConfigSections, mergeJsSections, parseJsIni, type JsSections } from './js-reading.ts';
import { botocoreKind, jsKind } from './profile-kind.ts';
import type { UncheckedProfile } from './problem-list.ts';
import { checkProfile, differenceProblem } from './profile-problems.ts';
import {
  draftProfiles,
  isMisplacedPrefix,
  placedSections,
  sectionKeys,
  type PlacedSection,
  type ProfileDraft,
} from './profile-sections.ts';
import { readingDifferences } from './reading-differences.ts';
import { sourceChainEnds, sourceChainProblem, type SourceChainEnd } from './source-chain.ts';
import { ssoProblems, ssoSessionConfigs } from './sso-sessions.ts';

/**
 * All profiles and Identity Centers of the two files, as the AWS CLI and boto3 put them together, with everything that is wrong or
 * differs for the JS SDK. Give '' for a file that is not there. Never throws, and holds no secret of the files.
 *
 * A file that botocore cannot read is shown as well as it can be; `problems` then says that no tool on botocore works at all.
 */
export function readAwsProfiles(configText: string, credentialsText: string): AwsProfiles {
  const config = readFile(configText, 'config');
  const credentials = readFile(credentialsText, 'credentials');
  const sections = [...config.sections, ...credentials.sections];
  const drafts = draftProfiles(sections);
  const js = mergeJsSections(jsConfigSections(config.js), credentials.js);
  const sessionKeys = ssoSessionKeys(config.sections);
  const unchecked = [...drafts.values()].map((draft) => uncheckedProfile(draft, sessionKeys, js));
  const ssoSessions = ssoSessionConfigs(sections, unchecked);
  const checks: Checks = {
    drafts,
    js: { config: config.js, credentials: credentials.js },
    sessions: new Map(ssoSessions.map((session) => [session.name, session])),
    chainEnds: sourceChainEnds(drafts),
    misplaced: new Set(sections.filter(isMisplacedPrefix).map(({ header }) => header.replace(/^\S+\s+/, ''))),
    services: new Set(config.sections.flatMap(({ meaning }) => (meaning.kind === 'services' ? [meaning.name] : []))),
  };
  for (const profile of unchecked) {
    addProblems(profile, checks);
  }
  return {
    profiles: unchecked,
    ssoSessions,
    problems: [...config.problems, ...credentials.problems, ...ssoSessions.flatMap(({ problems }) => problems)],
  };
}

interface FileReading {
  readonly sections: readonly PlacedSection[];
  readonly js: JsSections;
  readonly problems: readonly ProfileProblem[];
}

interface Checks {
  readonly drafts: ReadonlyMap<string, ProfileDraft>;
  readonly js: Readonly<Record<AwsFileKind, JsSections>>;
  readonly sessions: ReadonlyMap<string, SsoSessionConfig>;
  readonly chainEnds: ReadonlyMap<string, SourceChainEnd>;
  readonly misplaced: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

function readFile(text: string, file: AwsFileKind): FileReading {
  const document = parseIni(text);
  const sections = placedSections(document, file);
  const js = parseJsIni(text);
  return { sections, js, problems: fileProblems(document, sections, js, file) };
}

function ssoSessionKeys(sections: readonly PlacedSection[]): ReadonlyMap<string, ReadonlyMap<string, ProfileKey>> {
  return new Map(
    sections.flatMap((placed) =>
      placed.meaning.kind === 'sso-session' ? [[placed.meaning.name, sectionKeys(placed)] as const] : [],
    ),
  );
}

function addProblems(profile: UncheckedProfile, checks: Checks): void {
  const draft = checks.drafts.get(profile.name);
  if (draft === undefined) {
    return;
  }
  checkProfile(profile, draft, checks.services);
  profile.problems.push(...ssoProblems(profile, checks.sessions));
  if (profile.kind === 'assume-role') {
    const end = checks.chainEnds.get(profile.name);
    const chain = end === undefined ? undefined : sourceChainProblem(draft, end, checks.misplaced);
    profile.problems.push(...(chain === undefined ? [] : [chain]), ...oldCliProblem(profile, checks.drafts));
  }
  for (const placed of draft.sections) {
    for (const difference of readingDifferences(placed, checks.js[placed.file])) {
      profile.problems.push(differenceProblem(difference, profile.name));
    }
  }
}

/** Before botocore 1.29.75 a role could not start from an sso-session. Source: https://github.com/aws/aws-cli/issues/7496 */
function oldCliProblem(
  profile: UncheckedProfile,
  drafts: ReadonlyMap<string, ProfileDraft>,
): readonly ProfileProblem[] {
  const key = profile.keys.get('source_profile');
  const source = key?.value === undefined ? undefined : drafts.get(key.value);
  if (
    profile.kind !== 'assume-role' ||
    key === undefined ||
    source === undefined ||
    botocoreKind(source.keys) !== 'sso'
  ) {
    return [];
  }
  return [
    {
      code: 'source-profile-sso',
      severity: 'note',
      message: `AWS CLI 2.9 (the one of Debian 12) and boto3 before 1.26.75 cannot assume a role from "${source.name}", because it uses an sso-session.`,
      hint: 'Use a newer AWS CLI.',
      tools: ['aws-cli'],
      profile: profile.name,
      file: key.file,
      line: key.line,
      key: 'source_profile',
    },
  ];
}

function uncheckedProfile(
  draft: ProfileDraft,
  sessionKeys: ReadonlyMap<string, ReadonlyMap<string, ProfileKey>>,
  js: JsSections,
): UncheckedProfile {
  const { name, keys } = draft;
  // An empty value is a key without meaning.
  const text = (key: string): string | undefined => keys.get(key)?.value || undefined;
  const ssoSession = text('sso_session');
  const ofSession = ssoSession === undefined ? undefined : sessionKeys.get(ssoSession);
  const ssoText = (key: string): string | undefined => ofSession?.get(key)?.value || text(key);
  const accountId = text('sso_account_id');
  const jsSection = js.get(name);
  return {
    name,
    kind: botocoreKind(keys),
    jsKind: jsSection === undefined ? undefined : jsKind(jsSection),
    sections: draft.sections.map(({ header, file, line }) => ({ header, file, line })),
    keys,
    region: text('region'),
    output: text('output'),
    ssoSession,
    startUrl: ssoText('sso_start_url'),
    ssoRegion: ssoText('sso_region'),
    accountId: isAccountId(accountId) ? accountId : undefined,
    roleName: text('sso_role_name'),
    roleArn: text('role_arn'),
    sourceProfile: text('source_profile'),
    credentialSource: text('credential_source'),
    mfaSerial: text('mfa_serial'),
    externalId: text('external_id'),
    durationSeconds: wholeNumber(text('duration_seconds')),
    roleSessionName: text('role_session_name'),
    credentialProcess: text('credential_process'),
    mfaProcess: text('mfa_process'),
    webIdentityTokenFile: text('web_identity_token_file'),
    loginSession: text('login_session'),
    endpointUrl: text('endpoint_url'),
    services: text('services'),
    staticKey: staticKeyPresence(keys),
    problems: [],
  };
}

/** Only what Python's `int` takes too; botocore ignores anything else. */
function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\+?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function staticKeyPresence(keys: ReadonlyMap<string, ProfileKey>): StaticKeyPresence | undefined {
  const id = keys.get('aws_access_key_id');
  return id?.value === undefined || id.value === ''
    ? undefined
    : {
        accessKeyId: id.value,
        file: id.file,
        hasSecret: keys.has('aws_secret_access_key'),
        isTemporary: keys.has('aws_session_token') || keys.has('aws_security_token'),
      };
}
