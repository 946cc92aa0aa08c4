import { isMfaSerial, parseRoleArn } from '../model/arn.ts';
import type { AwsTool, ProfileKey, ProfileProblem, ProfileKeys } from '../model/profile.ts';
import { ProblemList, type UncheckedProfile } from './problem-list.ts';
import { kindWords } from './profile-kind.ts';
import type { ProfileDraft } from './profile-sections.ts';
import type { ReadingDifference } from './reading-differences.ts';
import { checkStaticKey } from './static-key-problems.ts';

const BOTH: readonly AwsTool[] = ['aws-cli', 'js-sdk'];
const JS: readonly AwsTool[] = ['js-sdk'];

const CREDENTIAL_SOURCES = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];
const SHORTEST_ROLE_SECONDS = 900;
const LONGEST_ROLE_SECONDS = 43_200;
// Names that the JS SDK finds in a section header.
const JS_NAME = /^[\w\-@+.%:/]+$/;
const VISIBLE_ASCII = /^[!-~]+$/;
// Characters that show as nothing, or turn the text around them.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** Adds what is wrong with one profile by itself. Sessions, chains and readings are checked elsewhere. */
export function checkProfile(profile: UncheckedProfile, draft: ProfileDraft, knownServices: ReadonlySet<string>): void {
  const list = new ProblemList(profile);
  checkName(list, profile, draft);
  checkTwice(list, draft);
  checkRole(list, profile);
  checkStaticKey(list, profile);
  checkKinds(list, profile);
  if (profile.services !== undefined && !knownServices.has(profile.services)) {
    list.add(
      'services-missing',
      'error',
      BOTH,
      'services',
      `services names "${profile.services}", and there is no [services ${profile.services}]. boto3 fails; the JS SDK quietly uses AWS's own endpoints.`,
      'Add that section to the config file, or remove the line.',
    );
  }
}

/** What the two readers make of single keys, in words. */
export function differenceProblem(difference: ReadingDifference, profile: string): ProfileProblem {
  const { kind, file, line, key } = difference;
  const at = { file, line, key, profile, severity: 'warning' } as const;
  switch (kind) {
    case 'missing-in-js':
      return {
        ...at,
        code: 'key-invisible-to-js',
        message: `The JS SDK does not see ${key}: it wants small letters and an equals sign.`,
        hint: `Write ${key} = ...`,
        tools: JS,
      };
    case 'differs':
      return {
        ...at,
        code: 'inline-comment',
        message: `The tools read different values for ${key}: to the AWS CLI and boto3 a comment or an indented line behind a value belongs to the value; to the JS SDK it does not.`,
        hint: 'Put comments on lines of their own, and the value on one line.',
        tools: BOTH,
      };
    case 'only-in-js':
      return {
        ...at,
        code: 'continued-line',
        message: `The JS SDK reads a key ${key} here that the AWS CLI and boto3 take for a part of the value above it, because its line is indented.`,
        hint: 'Remove the indent if it is a key; remove the line if it is not.',
        tools: BOTH,
      };
  }
}

function checkName(list: ProblemList, profile: UncheckedProfile, draft: ProfileDraft): void {
  if (!VISIBLE_ASCII.test(profile.name) && (INVISIBLE.test(profile.name) || profile.name.trim() !== profile.name)) {
    list.add(
      'unsafe-name',
      'warning',
      BOTH,
      undefined,
      'The name of this profile holds characters that cannot be seen.',
      'Give it a name of plain letters, digits and hyphens.',
    );
  }
  if (profile.jsKind === undefined && hasValues(draft)) {
    const why = JS_NAME.test(profile.name)
      ? 'it wants the section as [profile NAME] with one space and nothing behind it'
      : 'it knows no names with spaces or characters other than A-Z a-z 0-9 _ - @ + . % : /';
    list.add(
      'invisible-to-js',
      'warning',
      JS,
      undefined,
      `The JS SDK does not see this profile: ${why}.`,
      'Rename it.',
    );
  }
}

function hasValues(draft: ProfileDraft): boolean {
  return draft.sections.some(({ section }) => section.entries.some(({ value }) => value !== ''));
}

function checkTwice(list: ProblemList, draft: ProfileDraft): void {
  if (draft.replaced.length === 0) {
    return;
  }
  const [replaced] = draft.replaced;
  const kept = draft.sections.find(({ file }) => file === replaced?.file);
  if (replaced === undefined || kept === undefined) {
    return;
  }
  const isDefault = draft.name === 'default';
  list.add(
    isDefault ? 'default-twice' : 'profile-twice',
    'warning',
    BOTH,
    undefined,
    `[${replaced.header}] (line ${replaced.line}) and [${kept.header}] (line ${kept.line}) are the same profile. The AWS CLI and boto3 drop the first${isDefault ? '; the JS SDK takes [profile default], wherever it stands' : ''}.`,
    'Put the keys of both into one section.',
  );
}

function checkRole(list: ProblemList, profile: UncheckedProfile): void {
  const { keys, roleArn, mfaSerial } = profile;
  if (roleArn !== undefined && parseRoleArn(roleArn) === undefined) {
    list.add('role-arn-invalid', 'warning', BOTH, 'role_arn', 'role_arn is not the ARN of an IAM role.', ROLE_HINT);
  }
  if (mfaSerial !== undefined && !isMfaSerial(mfaSerial)) {
    const hint = 'It looks like arn:aws:iam::123456789012:mfa/NAME, or is the number on a hardware device.';
    list.add(
      'mfa-serial-invalid',
      'warning',
      BOTH,
      'mfa_serial',
      'mfa_serial is not the serial of an MFA device.',
      hint,
    );
  }
  if (keys.has('mfa_serial') && !keys.has('role_arn')) {
    const hint = 'Nothing to do if it is there for aws-vault or Rolecall. For the AWS CLI put it beside the role_arn.';
    list.add('mfa-serial-unused', 'note', BOTH, 'mfa_serial', 'Tools use mfa_serial only beside a role_arn.', hint);
  }
  if (profile.kind === 'assume-role') {
    checkSource(list, keys);
    checkDuration(list, keys.get('duration_seconds'));
  }
}

const ROLE_HINT = 'It looks like arn:aws:iam::123456789012:role/NAME.';

function checkSource(list: ProblemList, keys: ProfileKeys): void {
  const hasProfile = keys.has('source_profile');
  const credentialSource = keys.get('credential_source')?.value;
  if (hasProfile && keys.has('credential_source')) {
    const message = 'The profile has both source_profile and credential_source. No tool accepts that.';
    list.add('both-sources', 'error', BOTH, 'credential_source', message, 'Remove one of the two.');
  } else if (!hasProfile && credentialSource === undefined) {
    const message = 'The profile names a role but no credentials to assume it with.';
    list.add('no-source', 'error', BOTH, 'role_arn', message, 'Add source_profile = NAME.');
  } else if (!hasProfile && credentialSource !== undefined && !CREDENTIAL_SOURCES.includes(credentialSource)) {
    const message = `credential_source is none of ${CREDENTIAL_SOURCES.join(', ')} (capitals count).`;
    list.add('credential-source-unknown', 'error', BOTH, 'credential_source', message, 'Write one of these.');
  }
}

function checkDuration(list: ProblemList, key: ProfileKey | undefined): void {
  const text = key?.value;
  if (text === undefined) {
    return;
  }
  const seconds = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : undefined;
  if (seconds === undefined || seconds < SHORTEST_ROLE_SECONDS || seconds > LONGEST_ROLE_SECONDS) {
    const message = `duration_seconds is no number of seconds from ${SHORTEST_ROLE_SECONDS} to ${LONGEST_ROLE_SECONDS}. The AWS CLI ignores words; AWS refuses other numbers.`;
    list.add('duration-invalid', 'warning', BOTH, 'duration_seconds', message, 'Write 3600 for an hour.');
  }
}

function checkKinds(list: ProblemList, profile: UncheckedProfile): void {
  const { kind, jsKind } = profile;
  if (
    jsKind === undefined ||
    jsKind === kind ||
    list.has(['static-key-shadows', 'both-sources', 'no-source', 'static-key-incomplete'])
  ) {
    return;
  }
  const message = `The AWS CLI and boto3 use ${kindWords(kind)}, the JS SDK ${kindWords(jsKind)}.`;
  list.add(
    'tools-differ',
    'warning',
    BOTH,
    undefined,
    message,
    'Keep only the keys of the one you mean in this profile.',
  );
}
