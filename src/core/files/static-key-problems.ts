import type { AwsTool } from '../model/profile.ts';
import type { ProblemList, UncheckedProfile } from './problem-list.ts';
import { kindWords } from './profile-kind.ts';

const BOTH: readonly AwsTool[] = ['aws-cli', 'js-sdk'];
const CLI: readonly AwsTool[] = ['aws-cli'];
const JS: readonly AwsTool[] = ['js-sdk'];

/** What is wrong with a profile's access key: halves missing or apart, an old token in the way, a key beside another way to credentials. */
export function checkStaticKey(list: ProblemList, profile: UncheckedProfile): void {
  const { keys, staticKey } = profile;
  const idFile = keys.get('aws_access_key_id')?.file;
  const secretFile = keys.get('aws_secret_access_key')?.file;
  if (idFile === undefined && secretFile === undefined) {
    return;
  }
  if (idFile === undefined || secretFile === undefined) {
    const [present, missing] =
      idFile === undefined
        ? ['aws_secret_access_key', 'aws_access_key_id']
        : ['aws_access_key_id', 'aws_secret_access_key'];
    list.add(
      'static-key-incomplete',
      'error',
      BOTH,
      present,
      `The profile has ${present} but no ${missing}.`,
      `Add ${missing} beside it, or remove both.`,
    );
  } else if (idFile !== secretFile) {
    const message = 'The two halves of the access key stand in different files. The AWS CLI and boto3 then fail.';
    list.add(
      'static-key-incomplete',
      'error',
      CLI,
      'aws_access_key_id',
      message,
      'Put both into the credentials file.',
    );
  }
  if (keys.has('aws_security_token')) {
    const message =
      'aws_security_token, an old name of aws_session_token, is here. The AWS CLI and boto3 prefer it, also when it is stale; the JS SDK ignores it.';
    list.add(
      'security-token-shadows',
      'warning',
      BOTH,
      'aws_security_token',
      message,
      'Remove the line, and keep aws_session_token.',
    );
  }
  if (staticKey !== undefined) {
    checkShadowing(list, profile);
  }
}

/** An access key beside another way to credentials: one of the two is never used. */
function checkShadowing(list: ProblemList, profile: UncheckedProfile): void {
  const { keys, kind, jsKind } = profile;
  const other = ['credential_process', 'login_session'].find((key) => keys.has(key));
  const isOwnSource = profile.sourceProfile === profile.name;
  if (kind === 'static' && other !== undefined) {
    const message = `The access key in the ${profile.staticKey?.file} file is used instead of ${other}.`;
    list.add('static-key-shadows', 'warning', BOTH, other, message, `Remove the access key, or ${other}.`);
  } else if (kind !== 'static' && jsKind === 'static') {
    const message = `The AWS CLI and boto3 use ${kindWords(kind)}, the JS SDK the access key that stands in the same profile.`;
    list.add(
      'static-key-shadows',
      'warning',
      JS,
      'aws_access_key_id',
      message,
      'Remove the access key from this profile.',
    );
  } else if (kind === 'assume-role' && !isOwnSource) {
    const message = 'The access key in this profile is not used: its role comes first.';
    list.add(
      'static-key-shadowed',
      'note',
      BOTH,
      'aws_access_key_id',
      message,
      'Move the key to a profile of its own.',
    );
  }
}
