import { partitionById, type Partition } from './partition.ts';

/** An IAM role's ARN, taken apart. `path` begins and ends with a slash. */
export interface RoleArn {
  readonly arn: string;
  readonly partition: Partition;
  readonly accountId: string;
  readonly path: string;
  readonly roleName: string;
}

const ACCOUNT_ID = /^\d{12}$/;
const ROLE_ARN = /^arn:(aws[a-z-]*):iam::(\d{12}):role((?:\/[\w+=,.@-]+)*\/)([\w+=,.@-]{1,64})$/;
const MFA_ARN = /^arn:(aws[a-z-]*):iam::(\d{12}):mfa\/([\w+=,.@/-]{1,128})$/;
const HARDWARE_SERIAL = /^[\w+=/:,.@-]{9,256}$/;
const MAX_ARN_LENGTH = 2048;

/** Whether this is an account id: 12 digits, leading zeros kept. */
export function isAccountId(text: unknown): text is string {
  return typeof text === 'string' && ACCOUNT_ID.test(text);
}

/** Reads a role's ARN; undefined for anything else, however alike. */
export function parseRoleArn(text: string): RoleArn | undefined {
  if (text.length > MAX_ARN_LENGTH || text.includes('/../')) {
    return undefined;
  }
  const match = ROLE_ARN.exec(text);
  const [, partitionId, accountId, path, roleName] = match ?? [];
  const partition = partitionId === undefined ? undefined : partitionById(partitionId);
  if (partition === undefined || accountId === undefined || path === undefined || roleName === undefined) {
    return undefined;
  }
  return { arn: text, partition, accountId, path, roleName };
}

/** Whether this can be an MFA device's serial: a virtual device's ARN, or the number on a hardware device. */
export function isMfaSerial(text: string): boolean {
  return MFA_ARN.test(text) || (HARDWARE_SERIAL.test(text) && !text.startsWith('arn:'));
}

/** The device's name as the user gave it: the last part of its ARN, or the serial itself. */
export function mfaDeviceName(mfaSerial: string): string {
  return MFA_ARN.exec(mfaSerial)?.[3] ?? mfaSerial;
}
