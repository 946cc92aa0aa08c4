import type { SigningCredentials } from '../../model/credentials.ts';
import { Secret } from '../../model/secret.ts';
import { UNDATED_LIFETIME_MS } from './credential-process.ts';
import { SourceUnavailableError } from './errors.ts';

/**
 * The credentials in the environment (`credential_source = Environment`). Throws SourceUnavailableError when they are absent, half
 * there, or have ended.
 * Source: botocore/credentials.py EnvProvider, whose order of the two token variables is kept
 */
export function credentialsOfEnvironment(
  profile: string,
  env: Readonly<Record<string, string | undefined>>,
  now: Date,
): SigningCredentials {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'] ?? '';
  const secret = env['AWS_SECRET_ACCESS_KEY'] ?? '';
  if (accessKeyId === '' || secret === '') {
    throw new SourceUnavailableError(
      profile,
      `The profile ${profile} takes its credentials from the environment, which holds none.`,
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where Rolecall runs.',
    );
  }
  const key = { accessKeyId, secretAccessKey: new Secret(secret) };
  const sessionToken = env['AWS_SECURITY_TOKEN'] || env['AWS_SESSION_TOKEN'] || '';
  if (sessionToken === '') {
    return key;
  }
  const written = env['AWS_CREDENTIAL_EXPIRATION'] ?? '';
  const expiresAt = new Date(written === '' ? now.getTime() + UNDATED_LIFETIME_MS : written);
  if (!(expiresAt > now)) {
    throw new SourceUnavailableError(
      profile,
      `The credentials in the environment, which the profile ${profile} uses, have expired.`,
      'Set fresh ones where Rolecall runs.',
    );
  }
  return { ...key, sessionToken: new Secret(sessionToken), expiresAt };
}
