import { isAccountId, isMfaSerial, parseRoleArn, type RoleArn } from '../../model/arn.ts';
import { partitionOfRegion } from '../../model/partition.ts';
import type { ChainSource, MfaOfProfile, RoleHop } from './chain-plan.ts';
import { ProfileBrokenError } from './errors.ts';
import type { ProfileFields } from './profile-fields.ts';

const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const ROLE_SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
const MIN_DURATION_SECONDS = 900;
const MAX_DURATION_SECONDS = 43_200;

/** The role of a profile. Throws ProfileBrokenError for text that is no role's ARN. */
export function ownRole(profile: string, fields: ProfileFields): RoleArn {
  const role = parseRoleArn(fields.roleArn ?? '');
  if (role === undefined) {
    throw broken(profile, 'role_arn', "is not a role's ARN", 'It looks like arn:aws:iam::111122223333:role/Name.');
  }
  return role;
}

/** One AssumeRole as a profile describes it. Throws ProfileBrokenError for values AWS would not take. */
export function readHop(profile: string, role: RoleArn, fields: ProfileFields): RoleHop {
  const { externalId, region } = fields;
  if (externalId !== undefined && !EXTERNAL_ID.test(externalId)) {
    throw broken(
      profile,
      'external_id',
      'holds characters that AWS does not take',
      'Copy it again from whoever gave you the role.',
    );
  }
  refuseForeignRegion(profile, role, region);
  return {
    profile,
    role,
    externalId,
    durationSeconds: readDuration(profile, fields.durationSeconds),
    roleSessionName: readSessionName(profile, fields.roleSessionName),
    mfa: mfaOf(profile, fields),
    region,
  };
}

/** The MFA device a profile names, if any. Throws ProfileBrokenError for text that is no serial. */
export function mfaOf(profile: string, fields: ProfileFields): MfaOfProfile | undefined {
  const { mfaSerial, mfaProcess } = fields;
  if (mfaSerial === undefined) {
    return undefined;
  }
  if (!isMfaSerial(mfaSerial)) {
    throw broken(
      profile,
      'mfa_serial',
      "is no MFA device's serial",
      'It looks like arn:aws:iam::111122223333:mfa/name, or is the number on the device.',
    );
  }
  return { mfaSerial, mfaProcess };
}

/** The permission set of a profile. Throws ProfileBrokenError that names the missing part. */
export function readSsoRole(profile: string, fields: ProfileFields): ChainSource {
  const ssoSession = fields.ssoSession ?? fields.ssoStartUrl;
  const { ssoAccountId: accountId, ssoRoleName: roleName } = fields;
  if (ssoSession === undefined) {
    throw broken(profile, 'sso_session', 'is missing', 'Name the Identity Center the account belongs to.');
  }
  if (accountId === undefined || !isAccountId(accountId)) {
    throw broken(
      profile,
      'sso_account_id',
      accountId === undefined ? 'is missing' : 'is not 12 digits',
      'Leading zeros belong to it.',
    );
  }
  if (roleName === undefined || !ROLE_NAME.test(roleName)) {
    throw broken(
      profile,
      'sso_role_name',
      roleName === undefined ? 'is missing' : 'is no role name',
      'Give the permission set as the portal shows it.',
    );
  }
  return { kind: 'sso-role', profile, target: { kind: 'sso-role', ssoSession, accountId, roleName } };
}

/** A role assumed with an identity provider's token. Throws ProfileBrokenError. */
export function readWebIdentity(profile: string, fields: ProfileFields, tokenFile: string): ChainSource {
  const { roleArn, region } = fields;
  if (roleArn === undefined) {
    throw broken(profile, 'role_arn', 'is missing', 'A profile with web_identity_token_file needs the role to assume.');
  }
  const role = ownRole(profile, fields);
  refuseForeignRegion(profile, role, region);
  const roleSessionName = readSessionName(profile, fields.roleSessionName);
  return { kind: 'web-identity', profile, tokenFile, role, roleSessionName, region };
}

function readSessionName(profile: string, roleSessionName: string | undefined): string | undefined {
  if (roleSessionName !== undefined && !ROLE_SESSION_NAME.test(roleSessionName)) {
    throw broken(
      profile,
      'role_session_name',
      'is not 2 to 64 letters, digits and _+=,.@-',
      'Shorten it, or leave it out.',
    );
  }
  return roleSessionName;
}

/** botocore ignores what is no whole number; so do we. */
function readDuration(profile: string, text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*[+-]?\d{1,9}\s*$/.test(text)) {
    return undefined;
  }
  const seconds = Number(text);
  if (seconds < MIN_DURATION_SECONDS || seconds > MAX_DURATION_SECONDS) {
    throw broken(
      profile,
      'duration_seconds',
      `is not from ${MIN_DURATION_SECONDS} to ${MAX_DURATION_SECONDS}`,
      'AWS takes 15 minutes to 12 hours.',
    );
  }
  return seconds;
}

function refuseForeignRegion(profile: string, role: RoleArn, region: string | undefined): void {
  if (region === undefined) {
    return;
  }
  const partition = partitionOfRegion(region);
  if (partition === undefined) {
    throw broken(profile, 'region', 'is no AWS region', 'Give one such as us-east-1.');
  }
  if (partition.id !== role.partition.id) {
    throw broken(
      profile,
      'region',
      `lies in ${partition.id}, but the role in ${role.partition.id}`,
      'Give a region of the same AWS cloud as the role.',
    );
  }
}

function broken(profile: string, key: string, what: string, hint: string): ProfileBrokenError {
  return new ProfileBrokenError(profile, `The ${key} of the profile ${profile} ${what}.`, hint);
}
