import { partitionOfRegion } from '../../model/partition.ts';
import { isAccountId, isMfaSerial, parseRoleArn } from '../../model/arn.ts';
import { likelyRegions } from '../../model/did-you-mean.ts';
import { BadInputError } from '../../model/errors.ts';
import { checkNewKey, checkNewValue } from '../../files/ini-new-text.ts';
import { isSecretKey } from '../../files/secret-keys.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';
import { OUTPUT_FORMATS } from '../../../shared/output-formats.ts';

/** What a key takes: a test and the words for it. */
interface KeyRule {
  readonly takes: (value: string) => boolean;
  readonly what: string;
  /** What was likely meant by a value it does not take, to stand before `what`. */
  readonly likely?: (value: string) => string;
  /** Where it takes one of a few. */
  readonly choices?: readonly string[];
}

/** How far the one who asks may go. */
export interface KeyLimits {
  /**
   * The user typed key and value on this machine. Else (a screen, a file from elsewhere) only the keys known here are written: others may
   * name a program to run, or a place to send requests to.
   */
  readonly isTyped: boolean;
}

const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const SECTION_NAME = /^[A-Za-z0-9_.@+%:/-]{1,128}$/;
const PROFILE_NAME = /^[^\p{Cc}\p{Cs}]{1,512}$/u;
const TRUE_OR_FALSE = oneOf('true', 'false');
const SHORTEST_ROLE_SECONDS = 900;
const LONGEST_ROLE_SECONDS = 43_200;

const region: KeyRule = {
  takes: (value) => partitionOfRegion(value) !== undefined,
  what: 'an AWS region such as eu-central-1',
  likely: likelyRegions,
};

/**
 * The keys that a screen may set.
 * Source: https://docs.aws.amazon.com/cli/latest/topic/config-vars.html and https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
const RULES: ReadonlyMap<string, KeyRule> = new Map<string, KeyRule>([
  ['region', region],
  ['output', oneOf(...OUTPUT_FORMATS)],
  ['sso_session', pattern(SECTION_NAME, 'the name of an [sso-session] section')],
  ['sso_account_id', { takes: isAccountId, what: '12 digits; leading zeros belong to it' }],
  ['sso_role_name', pattern(ROLE_NAME, 'a permission set as the portal shows it')],
  ['sso_region', region],
  [
    'role_arn',
    { takes: (value) => parseRoleArn(value) !== undefined, what: 'an ARN like arn:aws:iam::123456789012:role/NAME' },
  ],
  ['source_profile', pattern(PROFILE_NAME, 'the name of another profile')],
  ['credential_source', oneOf('Environment', 'Ec2InstanceMetadata', 'EcsContainer')],
  [
    'mfa_serial',
    { takes: isMfaSerial, what: 'like arn:aws:iam::123456789012:mfa/NAME, or the number on a hardware device' },
  ],
  ['external_id', pattern(EXTERNAL_ID, '2 to 1224 letters, digits and _+=,.@:/-')],
  ['duration_seconds', wholeNumber(SHORTEST_ROLE_SECONDS, LONGEST_ROLE_SECONDS)],
  ['role_session_name', pattern(SESSION_NAME, '2 to 64 letters, digits and _+=,.@-')],
  ['account_id', { takes: isAccountId, what: '12 digits' }],
  ['cli_auto_prompt', oneOf('on', 'on-partial', 'off')],
  ['cli_binary_format', oneOf('base64', 'raw-in-base64-out')],
  ['cli_history', oneOf('enabled', 'disabled')],
  ['cli_timestamp_format', oneOf('wire', 'iso8601', 'none')],
  ['defaults_mode', oneOf('standard', 'in-region', 'cross-region', 'mobile', 'auto', 'legacy')],
  ['max_attempts', wholeNumber(1, 100)],
  ['retry_mode', oneOf('legacy', 'standard', 'adaptive')],
  ['sts_regional_endpoints', oneOf('legacy', 'regional')],
  ['use_dualstack_endpoint', TRUE_OR_FALSE],
  ['use_fips_endpoint', TRUE_OR_FALSE],
  ['parameter_validation', TRUE_OR_FALSE],
  ['tcp_keepalive', TRUE_OR_FALSE],
  ['request_checksum_calculation', oneOf('when_supported', 'when_required')],
  ['response_checksum_validation', oneOf('when_supported', 'when_required')],
]);

/** The keys that anyone may set, in the order in which they are offered. */
export const KNOWN_PROFILE_KEYS: readonly string[] = [...RULES.keys()];

/** The same, with the few values that some of them take. */
export const SETTABLE_KEYS: readonly { readonly key: string; readonly choices: readonly string[] | undefined }[] = [
  ...RULES,
].map(([key, { choices }]) => ({ key, choices }));

/**
 * Throws BadInputError for a key and value that are not to be written to a profile: secrets and keys of our own; a value that AWS or a
 * reader of the file would not take; beyond the known keys, all that `limits` rule out. The value is not repeated.
 */
export function checkProfileKey(key: string, value: string, limits: KeyLimits): void {
  refuseOwnAndSecret(key);
  checkNewKey(key);
  const rule = RULES.get(key);
  if (rule === undefined && !limits.isTyped) {
    throw new BadInputError(
      `The key ${key} is not one that can be set here.`,
      'Set it in the file itself, or on the command line.',
    );
  }
  checkNewValue(key, value);
  if (rule !== undefined && !rule.takes(value)) {
    throw new BadInputError(
      `The value for ${key} cannot be used.`,
      `${rule.likely?.(value) ?? ''}It has to be ${rule.what}.`,
    );
  }
}

/** Throws BadInputError for a key whose text is never touched here. */
export function checkRemovableKey(key: string): void {
  refuseOwnAndSecret(key);
  checkNewKey(key);
}

function refuseOwnAndSecret(key: string): void {
  const name = key.toLowerCase();
  if (isSecretKey(name) || name === 'aws_access_key_id') {
    throw new BadInputError(
      'Access keys are neither written nor removed here.',
      'Protect the profile, or rotate its key: that is where keys are changed.',
    );
  }
  if (name.startsWith(KEPT_PREFIX)) {
    throw new BadInputError(
      'Keys that begin with rolecall_ belong to a protected profile or to vault mode.',
      'Unprotect the profile or turn vault mode off, then change it.',
    );
  }
}

function oneOf(...values: readonly string[]): KeyRule {
  return { takes: (value) => values.includes(value), what: `one of ${values.join(', ')}`, choices: values };
}

function pattern(expression: RegExp, what: string): KeyRule {
  return { takes: (value) => expression.test(value), what };
}

function wholeNumber(least: number, most: number): KeyRule {
  return {
    takes: (value) => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most,
    what: `a whole number from ${least} to ${most}`,
  };
}
