import { isAccountId } from '../model/arn.ts';
import type {
  AwsFileKind,
  AwsProfiles,
  ProfileProblem,
  SsoSessionConfig,
  StaticKeyPresence,
  ProfileKeys,
} from '../model/profile.ts';
import { fileProblems } from './file-problems.ts';
import { parseIni } from './ini-document.ts';
import { jsSectionList } from './js-document-reading.ts';
import {
  jsConfigSection,
  jsSectionName,
  mergedJsProfile,
  parseJsIni,
  type JsSection,
  type JsSections,
} from './js-reading.ts';
import { botocoreErrors } from './botocore-reading.ts';
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
  const portals = portalsByName(config.sections);
  const unchecked = [...drafts.values()].map((draft) =>
    uncheckedProfile(draft, portals, jsOf(draft, config, credentials)),
  );
  const ssoSessions = ssoSessionConfigs(sections, unchecked);
  const checks: Checks = {
    drafts,
    sessions: new Map(ssoSessions.map((session) => [session.name, session])),
    chainEnds: sourceChainEnds(drafts),
    misplaced: new Set(sections.filter(isMisplacedPrefix).map(({ header }) => header.replace(/^\S+\s+/, ''))),
    services: servicesNames(config.sections),
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

/** The keys that a profile shows as fields of its own, each with its place in what `texts` gives. */
const FIELD = {
  region: 0,
  output: 1,
  sso_session: 2,
  sso_start_url: 3,
  sso_region: 4,
  sso_account_id: 5,
  sso_role_name: 6,
  role_arn: 7,
  source_profile: 8,
  credential_source: 9,
  mfa_serial: 10,
  external_id: 11,
  duration_seconds: 12,
  role_session_name: 13,
  credential_process: 14,
  mfa_process: 15,
  web_identity_token_file: 16,
  login_session: 17,
  endpoint_url: 18,
  services: 19,
} as const;
const FIELDS: ReadonlyMap<string, number> = new Map(Object.entries(FIELD));

interface FileReading {
  readonly sections: readonly PlacedSection[];
  /** What the JS SDK sees, by name; undefined when its sections are those of the document, as each of them tells. */
  readonly named: JsSections | undefined;
  readonly problems: readonly ProfileProblem[];
}

interface Checks {
  readonly drafts: ReadonlyMap<string, ProfileDraft>;
  readonly sessions: ReadonlyMap<string, SsoSessionConfig>;
  readonly chainEnds: ReadonlyMap<string, SourceChainEnd>;
  readonly misplaced: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

function readFile(text: string, file: AwsFileKind): FileReading {
  const document = parseIni(text);
  const errors = botocoreErrors(document);
  const list = errors.some(({ code }) => code === 'duplicate-section') ? undefined : jsSectionList(document);
  const named = list === undefined ? parseJsIni(text) : undefined;
  const sections = placedSections(document, file, (index, header) =>
    named === undefined ? list?.[index] : named.get(jsSectionName(header) ?? ''),
  );
  return { sections, named, problems: fileProblems(errors, sections, file) };
}

/** What the JS SDK sees of a profile. */
function jsOf(draft: ProfileDraft, config: FileReading, credentials: FileReading): JsSection | undefined {
  const { name, sections } = draft;
  return mergedJsProfile(
    name,
    config.named === undefined ? ownJs(sections, 'config') : jsConfigSection(config.named, name),
    credentials.named === undefined ? ownJs(sections, 'credentials') : credentials.named.get(name),
  );
}

/** What the JS SDK sees of a profile's last section in a file. */
function ownJs(sections: readonly PlacedSection[], file: AwsFileKind): JsSection | undefined {
  for (let index = sections.length - 1; index >= 0; index -= 1) {
    if (sections[index]?.file === file) {
      return sections[index]?.js;
    }
  }
  return undefined;
}

function servicesNames(sections: readonly PlacedSection[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { meaning } of sections) {
    if (meaning.kind === 'services') {
      names.add(meaning.name);
    }
  }
  return names;
}

/** What an sso-session gives to the profiles that name it. */
interface Portal {
  readonly startUrl: string | undefined;
  readonly ssoRegion: string | undefined;
}

function portalsByName(sections: readonly PlacedSection[]): ReadonlyMap<string, Portal> {
  const portals = new Map<string, Portal>();
  for (const placed of sections) {
    if (placed.meaning.kind === 'sso-session') {
      const keys = sectionKeys(placed);
      const text = (key: string): string | undefined => keys.get(key)?.value;
      portals.set(placed.meaning.name, { startUrl: text('sso_start_url'), ssoRegion: text('sso_region') });
    }
  }
  return portals;
}

function addProblems(profile: UncheckedProfile, checks: Checks): void {
  const draft = checks.drafts.get(profile.name);
  if (draft === undefined) {
    return;
  }
  checkProfile(profile, draft, checks.services);
  for (const problem of ssoProblems(profile, checks.sessions)) {
    profile.problems.push(problem);
  }
  if (profile.kind === 'assume-role') {
    const end = checks.chainEnds.get(profile.name);
    const chain = end === undefined ? undefined : sourceChainProblem(draft, end, checks.misplaced);
    profile.problems.push(...(chain === undefined ? [] : [chain]), ...oldCliProblem(profile, checks.drafts));
  }
  for (const placed of draft.sections) {
    for (const difference of readingDifferences(placed, placed.js)) {
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
  portals: ReadonlyMap<string, Portal>,
  jsSection: JsSection | undefined,
): UncheckedProfile {
  const { name, keys } = draft;
  const values = keys.texts(FIELDS);
  const text = (field: keyof typeof FIELD): string | undefined => values[FIELD[field]];
  const ssoSession = text('sso_session');
  const portal = ssoSession === undefined ? undefined : portals.get(ssoSession);
  const accountId = text('sso_account_id');
  return {
    name,
    kind: botocoreKind(keys),
    jsKind: jsSection === undefined ? undefined : jsKind(jsSection),
    sections: draft.sections.map(({ header, file, line }) => ({ header, file, line })),
    keys,
    region: text('region'),
    output: text('output'),
    ssoSession,
    startUrl: portal?.startUrl || text('sso_start_url'),
    ssoRegion: portal?.ssoRegion || text('sso_region'),
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

function staticKeyPresence(keys: ProfileKeys): StaticKeyPresence | undefined {
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
