import { isAccountId } from '../../model/arn.ts';
import { BadInputError } from '../../model/errors.ts';
import { partitionById, type Partition, type PartitionId } from '../../model/partition.ts';

/** What the reader has said about their own accounts; whatever is unknown stays a placeholder in the text. */
export interface GuideAnswers {
  readonly partition?: PartitionId | undefined;
  /** The account of the IAM user, or of the organization's management. */
  readonly homeAccountId?: string | undefined;
  /** The account the work is done in. */
  readonly workAccountId?: string | undefined;
  readonly userName?: string | undefined;
  readonly roleName?: string | undefined;
  readonly permissionSetName?: string | undefined;
  readonly startUrl?: string | undefined;
  readonly region?: string | undefined;
}

/** The answers, checked, with placeholders where there are none. */
export interface GuideFacts {
  readonly partition: Partition;
  readonly homeAccountId: string;
  readonly workAccountId: string;
  readonly userName: string;
  readonly roleName: string;
  readonly permissionSetName: string;
  readonly startUrl: string;
  readonly region: string;
  /** The answers that are still placeholders. */
  readonly missing: readonly (keyof GuideAnswers)[];
}

const USER_NAME = /^[\w+=,.@-]{1,64}$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
const PERMISSION_SET_NAME = /^[\w+=,.@-]{1,32}$/;
const START_URL = /^https:\/\/[\w.-]+(?:\/[\w./#-]*)?$/;

/** Text that nobody takes for the real thing, and that AWS refuses. */
const PLACEHOLDERS = {
  homeAccountId: 'USER_ACCOUNT_ID',
  workAccountId: 'WORK_ACCOUNT_ID',
  userName: 'USER_NAME',
  roleName: 'ROLE_NAME',
  permissionSetName: 'PERMISSION_SET_NAME',
  startUrl: 'https://YOUR_DIRECTORY.awsapps.com/start',
} as const;

/**
 * Checks the reader's answers. They end up in policies and templates, so anything but AWS's own characters is refused with BadInputError.
 */
export function guideFacts(answers: GuideAnswers): GuideFacts {
  const partition = partitionById(answers.partition ?? 'aws');
  if (partition === undefined) {
    throw new BadInputError('That is not an AWS partition.', 'Use aws, aws-cn, aws-us-gov or aws-eusc.');
  }
  const missing: (keyof GuideAnswers)[] = [];
  const take = (name: keyof typeof PLACEHOLDERS, isGood: (text: string) => boolean, hint: string): string => {
    const answer = answers[name];
    if (answer === undefined || answer === '') {
      missing.push(name);
      return PLACEHOLDERS[name];
    }
    if (!isGood(answer)) {
      throw new BadInputError(`The guide cannot use this ${LABELS[name]}.`, hint);
    }
    return answer;
  };
  const region = answers.region ?? partition.defaultRegion;
  if (!partition.regionPattern.test(region)) {
    throw new BadInputError(
      `That region is not one of ${partition.id}.`,
      `Give one such as ${partition.defaultRegion}.`,
    );
  }
  return {
    partition,
    region,
    homeAccountId: take('homeAccountId', isAccountId, 'An account id has 12 digits; leading zeros belong to it.'),
    workAccountId: take('workAccountId', isAccountId, 'An account id has 12 digits; leading zeros belong to it.'),
    userName: take('userName', (text) => USER_NAME.test(text), 'Use letters, digits and _+=,.@- only.'),
    roleName: take('roleName', (text) => ROLE_NAME.test(text), 'Use letters, digits and _+=,.@- only.'),
    permissionSetName: take(
      'permissionSetName',
      (text) => PERMISSION_SET_NAME.test(text),
      'Use at most 32 letters, digits and _+=,.@- only.',
    ),
    startUrl: take(
      'startUrl',
      (text) => START_URL.test(text),
      'Copy the AWS access portal URL from the Identity Center console.',
    ),
    missing,
  };
}

const LABELS: Readonly<Record<keyof typeof PLACEHOLDERS, string>> = {
  homeAccountId: 'account id',
  workAccountId: 'account id',
  userName: 'user name',
  roleName: 'role name',
  permissionSetName: 'permission set name',
  startUrl: 'start URL',
};
