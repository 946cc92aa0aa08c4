import type { ProblemCode } from '../../shared/finding-codes.ts';
import type { AwsFileKind, ProblemSeverity, ProfileProblem } from '../model/profile.ts';
import type { BotocoreError, BotocoreErrorCode } from './botocore-reading.ts';
import { isMisplacedPrefix, type PlacedSection } from './profile-sections.ts';

/** The most problems told of one kind and file: a broken file of 50,000 lines needs no 50,000 messages. */
const MOST_TOLD = 100;

/** The sections that the AWS CLI itself, its plug-ins and common tools put into the config file without a prefix. */
const KNOWN_PLAIN_SECTIONS = ['preview', 'plugins', 'granted', 'okta'];

/** What is wrong with one file as a whole or with its sections, whatever profile is used, given what botocore refuses in it. */
export function fileProblems(
  errors: readonly BotocoreError[],
  sections: readonly PlacedSection[],
  file: AwsFileKind,
): readonly ProfileProblem[] {
  const told = errors.slice(0, MOST_TOLD).map((error) => parseProblem(error, file));
  const more = errors.length > MOST_TOLD ? [moreProblems(errors.length - MOST_TOLD, file)] : [];
  const ofSections = sections.flatMap((placed) => sectionProblem(placed) ?? []).slice(0, MOST_TOLD);
  return [...told, ...more, ...ofSections, ...jsBlindness(sections, file)];
}

type Explanation = readonly [code: ProblemCode, what: (error: BotocoreError) => string, hint: string];

const EXPLANATIONS: Readonly<Record<BotocoreErrorCode, Explanation>> = {
  'byte-order-mark': [
    'byte-order-mark',
    () => 'begins with a byte order mark (some Windows editors write one)',
    'Save the file as UTF-8 without byte order mark.',
  ],
  'no-section': [
    'key-before-section',
    () => 'stands before the first [section]',
    'Put it below a section such as [default], or remove it.',
  ],
  'no-delimiter': ['line-without-value', () => 'has no = in it', 'Write it as key = value, or put # before it.'],
  'no-key': ['line-without-key', () => 'has nothing before the =', 'Write it as key = value, or put # before it.'],
  'duplicate-section': [
    'duplicate-section',
    ({ section }) => `opens [${section}] a second time`,
    'Put the keys of both into one section, or rename one.',
  ],
  'duplicate-key': [
    'duplicate-key',
    ({ key, section }) => `sets ${key} a second time in [${section}]`,
    'Remove one of the two.',
  ],
  'bad-nested-line': [
    'bad-nested-line',
    ({ key }) => `opens a block below ${key} in which a line has no =`,
    'Write every line of the block as key = value.',
  ],
};

/** A parse error in words that go on from "line 12 of the file". */
export function describeParseError(error: BotocoreError): string {
  return EXPLANATIONS[error.code][1](error);
}

function parseProblem(error: BotocoreError, file: AwsFileKind): ProfileProblem {
  const [code, what, hint] = EXPLANATIONS[error.code];
  return {
    code,
    severity: 'error',
    message: `Line ${error.line} of the ${file} file ${what(error)}. The AWS CLI and boto3 then cannot read the file at all.`,
    hint,
    tools: ['aws-cli'],
    file,
    line: error.line,
    ...(error.key === undefined ? {} : { key: error.key }),
  };
}

function moreProblems(count: number, file: AwsFileKind): ProfileProblem {
  return {
    code: 'more-problems',
    severity: 'error',
    message: `The ${file} file has ${count} more lines that the AWS CLI and boto3 refuse.`,
    hint: 'Mend those above first.',
    tools: ['aws-cli'],
    file,
  };
}

function sectionProblem(placed: PlacedSection): ProfileProblem | undefined {
  const { file, line, header, meaning } = placed;
  const at = (
    code: ProblemCode,
    severity: ProblemSeverity,
    message: string,
    hint: string,
    tools: ProfileProblem['tools'] = ['aws-cli', 'js-sdk'],
  ): ProfileProblem => ({ code, severity, message, hint, tools, file, line });
  if (isMisplacedPrefix(placed)) {
    const [, prefix, rest = ''] = /^(\S+)\s+(.*)$/.exec(header) ?? [];
    return prefix === 'profile'
      ? {
          ...at(
            'prefix-in-credentials-file',
            'error',
            `The credentials file says [${header}]. In that file the word "profile" counts as a part of the name, so no tool finds "${rest}".`,
            `Write [${rest}] instead. Only the config file has [profile ...].`,
          ),
          profile: rest,
        }
      : at(
          'prefix-in-credentials-file',
          'error',
          `The credentials file says [${header}]. Tools look for it in the config file only.`,
          'Move the section to the config file.',
        );
  }
  if (meaning.kind === 'defaults') {
    return at(
      'default-section-leaks',
      'warning',
      'The AWS CLI and boto3 add the keys of [DEFAULT], in capitals, to every other section. The JS SDK ignores it.',
      'Write [default] in small letters if you mean the default profile.',
    );
  }
  if (meaning.kind === 'dropped') {
    return at(
      'section-ignored',
      'error',
      `[${header}] is ignored by the AWS CLI and boto3: behind the first word they want exactly one more.`,
      'Give it a name without spaces or quotes.',
    );
  }
  if (meaning.kind === 'other' && file === 'config' && looksLikeProfile(placed)) {
    return {
      ...at(
        'prefix-missing',
        'warning',
        `[${header}] in the config file is no profile to any tool.`,
        `Write [profile ${header}] if it is meant as one.`,
      ),
      profile: header,
    };
  }
  return undefined;
}

function looksLikeProfile({ header, section }: PlacedSection): boolean {
  return !KNOWN_PLAIN_SECTIONS.includes(header) && section.entries.some(({ name }) => PROFILE_KEYS.test(name));
}

const PROFILE_KEYS = /^(?:aws_|sso_|role_arn$|source_profile$|credential_|mfa_serial$|region$|output$|login_session$)/;

function jsBlindness(sections: readonly PlacedSection[], file: AwsFileKind): readonly ProfileProblem[] {
  const holdsKeys = sections.some(({ section }) => section.entries.some(({ value }) => value !== ''));
  if (!holdsKeys || sections.some(({ js }) => js !== undefined)) {
    return [];
  }
  return [
    {
      code: 'js-reads-nothing',
      severity: 'error',
      message: `The JS SDK reads nothing at all in the ${file} file: a section is called __proto__, or its lines end in a bare carriage return.`,
      hint: 'Rename that section; save the file with line feeds.',
      tools: ['js-sdk'],
      file,
    },
  ];
}
