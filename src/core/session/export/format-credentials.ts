import type { CopyFormat } from '../../../shared/copy-format.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import { Secret } from '../../model/secret.ts';
import { UnsafeValueError } from '../errors.ts';

interface Variable {
  readonly name: string;
  readonly value: string;
}

const ACCESS_KEY_ID = /^[A-Z0-9]{16,128}$/;
/** Base64 in its two alphabets: no shell gives any of these a meaning inside single quotes, nor any file format here. */
const SECRET = /^[A-Za-z0-9/+=_-]{1,32768}$/;
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/;
const ACCOUNT_ID = /^\d{12}$/;

/** What would win over the credentials, or be taken for theirs, if an earlier use of the shell left it there. */
const IN_THE_WAY = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN', 'AWS_CREDENTIAL_EXPIRATION'];

/**
 * Credentials as text to paste into a shell or a file. `region` is set along with them where it is known.
 *
 * Only what matches a strict pattern is written, and no name that somebody else chose. Commands for shells begin with a space, which
 * keeps them out of the history where that is the shell's habit, and remove `AWS_PROFILE` and its like. Throws UnsafeValueError for a
 * value with a character too many; then there is no text.
 */
export function formatCredentials(
  credentials: TemporaryCredentials,
  region: string | undefined,
  format: CopyFormat,
): Secret {
  const keys = credentialVariables(credentials);
  const all = [...keys, ...regionVariables(region)];
  switch (format) {
    case 'bash':
      return script(
        [` unset ${IN_THE_WAY.join(' ')}`, ...all.map(({ name, value }) => ` export ${name}='${value}'`)],
        '\n',
      );
    case 'fish':
      return script(
        [
          // Its status counts the names that were not set, and the lines after it leave that as it is.
          ` set -e ${IN_THE_WAY.join(' ')}; or true`,
          ...all.map(({ name, value }) => ` set -gx ${name} '${value}'`),
        ],
        '\n',
      );
    case 'powershell':
      return script(
        [
          ...IN_THE_WAY.map((name) => `$env:${name} = $null`),
          ...all.map(({ name, value }) => `$env:${name} = '${value}'`),
        ],
        '\r\n',
      );
    case 'cmd':
      return script(
        [...IN_THE_WAY.map((name) => `set "${name}="`), ...all.map(({ name, value }) => `set "${name}=${value}"`)],
        '\r\n',
      );
    case 'dotenv':
      return script(
        all.map(({ name, value }) => `${name}=${value}`),
        '\n',
      );
    case 'json':
      return script([JSON.stringify(processShape(credentials, keys))], '\n');
    case 'ini':
      return script(iniLines(credentials, all), '\n');
  }
}

function credentialVariables(credentials: TemporaryCredentials): readonly Variable[] {
  return [
    { name: 'AWS_ACCESS_KEY_ID', value: checked('access key id', credentials.accessKeyId, ACCESS_KEY_ID) },
    {
      name: 'AWS_SECRET_ACCESS_KEY',
      value: checked('secret access key', credentials.secretAccessKey.reveal(), SECRET),
    },
    { name: 'AWS_SESSION_TOKEN', value: checked('session token', credentials.sessionToken.reveal(), SECRET) },
  ];
}

/** Both names: the AWS CLI and the SDKs disagree on which they read. */
function regionVariables(region: string | undefined): readonly Variable[] {
  return region === undefined
    ? []
    : ['AWS_REGION', 'AWS_DEFAULT_REGION'].map((name) => ({ name, value: checked('region', region, REGION) }));
}

/** Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
function processShape(credentials: TemporaryCredentials, [id, key, token]: readonly Variable[]) {
  const { accountId, expiresAt } = credentials;
  return {
    Version: 1,
    AccessKeyId: id?.value,
    SecretAccessKey: key?.value,
    SessionToken: token?.value,
    Expiration: expiresAt.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    ...(accountId === undefined ? {} : { AccountId: checked('account id', accountId, ACCOUNT_ID) }),
  };
}

/** A section that is no profile yet: not `[default]`, which may be there already, and twice would stop the AWS CLI. */
function iniLines({ accountId }: TemporaryCredentials, variables: readonly Variable[]): readonly string[] {
  const name = accountId === undefined ? 'temporary' : `temporary-${checked('account id', accountId, ACCOUNT_ID)}`;
  const keys = variables.filter((variable) => variable.name !== 'AWS_DEFAULT_REGION');
  return [`[${name}]`, ...keys.map((variable) => `${iniKey(variable.name)} = ${variable.value}`)];
}

function iniKey(name: string): string {
  return name === 'AWS_REGION' ? 'region' : name.toLowerCase();
}

function checked(field: string, value: string, pattern: RegExp): string {
  if (!pattern.test(value)) {
    throw new UnsafeValueError(field);
  }
  return value;
}

function script(lines: readonly string[], eol: string): Secret {
  return new Secret(lines.map((line) => `${line}${eol}`).join(''));
}
