import type { CommandInput } from '../../shared/commands.ts';
import type { GUIDE_SIDES } from '../../shared/member-commands.ts';
import { isRegionId } from '../../shared/regions.ts';

export type GuideSide = (typeof GUIDE_SIDES)[number];

/** Names of the reader's that the guide fills in. */
export const ANSWER_NAMES = [
  'homeAccountId',
  'workAccountId',
  'userName',
  'roleName',
  'permissionSetName',
  'startUrl',
  'region',
] as const;

export type AnswerName = (typeof ANSWER_NAMES)[number];

/** What the reader typed, as typed. */
export type Answers = Readonly<Partial<Record<AnswerName, string>>>;

/** The answers each side asks for. */
export const ANSWERS_OF_SIDE: Readonly<Record<GuideSide, readonly AnswerName[]>> = {
  'member-iam': ['userName', 'roleName', 'workAccountId'],
  'member-identity-center': ['startUrl'],
  'admin-iam': ['homeAccountId', 'userName', 'workAccountId', 'roleName'],
  'admin-identity-center': ['userName', 'workAccountId', 'permissionSetName', 'startUrl', 'region'],
};

/** As in the guide of the core: nobody takes them for the real thing. */
const PLACEHOLDERS: Readonly<Record<AnswerName, string>> = {
  homeAccountId: 'USER_ACCOUNT_ID',
  workAccountId: 'WORK_ACCOUNT_ID',
  userName: 'USER_NAME',
  roleName: 'ROLE_NAME',
  permissionSetName: 'PERMISSION_SET_NAME',
  startUrl: 'https://YOUR_DIRECTORY.awsapps.com/start',
  region: 'us-east-1',
};

const NAME = /^[\w+=,.@-]{1,64}$/;
const ACCOUNT_ID = /^\d{12}$/;

const IS_GOOD: Readonly<Record<AnswerName, (text: string) => boolean>> = {
  homeAccountId: (text) => ACCOUNT_ID.test(text),
  workAccountId: (text) => ACCOUNT_ID.test(text),
  userName: (text) => NAME.test(text),
  roleName: (text) => NAME.test(text),
  permissionSetName: (text) => NAME.test(text) && text.length <= 32,
  startUrl: (text) => /^https:\/\/[\w.-]+(?:\/[\w./#-]*)?$/.test(text),
  region: isRegionId,
};

/** An answer as AWS writes it: consoles show account ids with hyphens, and copying brings spaces along. */
export function readAnswer(name: AnswerName, raw: string): string {
  return name.endsWith('AccountId') ? raw.replace(/[\s-]/g, '') : raw.trim();
}

/** Whether AWS would take it; nothing typed is fine too. */
export function isGoodAnswer(name: AnswerName, raw: string): boolean {
  const text = readAnswer(name, raw);
  return text === '' || IS_GOOD[name](text);
}

/** The answers that the guide can use. */
export function usableAnswers(answers: Answers): CommandInput<'readGuide'>['answers'] {
  return Object.fromEntries(
    ANSWER_NAMES.flatMap((name) => {
      const text = readAnswer(name, answers[name] ?? '');
      return text !== '' && IS_GOOD[name](text) ? [[name, text]] : [];
    }),
  );
}

/** Every name with something in its place, as the documents have it. */
export function namesFor(answers: Answers): Readonly<Record<AnswerName, string>> {
  return { ...PLACEHOLDERS, ...usableAnswers(answers) };
}
