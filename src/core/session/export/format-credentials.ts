import type { CopyFormat } from '../../../shared/copy-format.ts';
import { CoreError } from '../../model/errors.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import { Secret } from '../../model/secret.ts';

/** A value that AWS sent does not look like a credential, so it is not put where a shell would read it. The value is not shown. */
export class UnsafeCredentialError extends CoreError {
  readonly code = 'aws-refused';

  constructor(what: string) {
    super(
      `AWS sent credentials that Rolecall will not write out: the ${what} has characters that none has.`,
      'Get fresh credentials and try again.',
    );
  }
}

/** Nothing here means anything to any shell, in or out of quotes. */
const CREDENTIAL = /^[A-Za-z0-9/+=_-]{1,65536}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/;

interface Values {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** ISO 8601 in UTC, whole seconds, as AWS tools write it. */
  readonly expiration: string;
  readonly region: string | undefined;
}

/**
 * Credentials as text for a shell or a file, ending without a line break. Only checked values stand in it, never a name that somebody
 * could choose, so there is nothing a shell could run.
 *
 * Throws UnsafeCredentialError for a value that is no credential. A region that is none is left out.
 */
export function formatCredentials(
  credentials: TemporaryCredentials,
  region: string | undefined,
  format: CopyFormat,
): Secret {
  const values: Values = {
    accessKeyId: checked('access key id', credentials.accessKeyId),
    secretAccessKey: checked('secret access key', credentials.secretAccessKey.reveal()),
    sessionToken: checked('session token', credentials.sessionToken.reveal()),
    expiration: credentials.expiresAt.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region: region !== undefined && REGION.test(region) ? region : undefined,
  };
  return new Secret(WRITERS[format](values));
}

function checked(what: string, value: string): string {
  if (!CREDENTIAL.test(value)) {
    throw new UnsafeCredentialError(what);
  }
  return value;
}

/** The variables that AWS tools read. The region stands under both names, since botocore and the JS SDK read one each. */
function variables({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiration,
  region,
}: Values): readonly (readonly [string, string])[] {
  const regions: readonly (readonly [string, string])[] =
    region === undefined
      ? []
      : [
          ['AWS_REGION', region],
          ['AWS_DEFAULT_REGION', region],
        ];
  return [
    ['AWS_ACCESS_KEY_ID', accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', secretAccessKey],
    ['AWS_SESSION_TOKEN', sessionToken],
    ['AWS_CREDENTIAL_EXPIRATION', expiration],
    ...regions,
  ];
}

function lines(values: Values, line: (name: string, value: string) => string): string {
  return variables(values)
    .map(([name, value]) => line(name, value))
    .join('\n');
}

const WRITERS: Readonly<Record<CopyFormat, (values: Values) => string>> = {
  bash: (values) => lines(values, (name, value) => `export ${name}='${value}'`),
  fish: (values) => lines(values, (name, value) => `set -gx ${name} '${value}'`),
  powershell: (values) => lines(values, (name, value) => `$env:${name} = '${value}'`),
  cmd: (values) => lines(values, (name, value) => `set "${name}=${value}"`),
  dotenv: (values) => lines(values, (name, value) => `${name}=${value}`),
  json: credentialProcessJson,
  ini: credentialsFileBlock,
};

/** What `credential_process` prints. Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
function credentialProcessJson({ accessKeyId, secretAccessKey, sessionToken, expiration }: Values): string {
  return JSON.stringify({
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
  });
}

/** A `[default]` block: the section's name is the reader's to change, and no account or role name may choose it. */
function credentialsFileBlock({ accessKeyId, secretAccessKey, sessionToken, region }: Values): string {
  return [
    '[default]',
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    `aws_session_token = ${sessionToken}`,
    ...(region === undefined ? [] : [`region = ${region}`]),
  ].join('\n');
}
