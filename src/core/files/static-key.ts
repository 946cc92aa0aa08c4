import type { LongTermKey } from '../model/credentials.ts';
import type { AwsFileKind } from '../model/profile.ts';
import { Secret } from '../model/secret.ts';
import { parseIni } from './ini-document.ts';
import { draftProfiles, placedSections } from './profile-sections.ts';

/** Temporary credentials that some tool wrote into a profile. They end by themselves; when, the file mostly does not say. */
export interface StaticSessionKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  /** From one of the keys in which tools such as aws-mfa and saml2aws note it. */
  readonly expiresAt: Date | undefined;
}

/** The access key of a profile. */
export type StaticKey =
  | { readonly kind: 'long-term'; readonly file: AwsFileKind; readonly key: LongTermKey }
  | { readonly kind: 'session'; readonly file: AwsFileKind; readonly key: StaticSessionKey };

const EXPIRY_KEYS = ['expiration', 'aws_expiration', 'aws_session_expiration', 'x_security_token_expires'];

/**
 * The access key that botocore would use for a profile: both halves from the credentials file, else both from the config file; of two
 * session tokens the old-named `aws_security_token`. Undefined when neither file has both halves.
 *
 * Takes the files' texts, as `readAwsProfiles` does, so that the secret is read at the moment it is needed and kept nowhere.
 */
export function readStaticKey(configText: string, credentialsText: string, profileName: string): StaticKey | undefined {
  return readFrom(credentialsText, 'credentials', profileName) ?? readFrom(configText, 'config', profileName);
}

function readFrom(text: string, file: AwsFileKind, profileName: string): StaticKey | undefined {
  const draft = draftProfiles(placedSections(parseIni(text), file)).get(profileName);
  const values = new Map(
    draft?.sections.flatMap(({ section }) => section.entries.map(({ name, value }) => [name, value] as const)),
  );
  const accessKeyId = values.get('aws_access_key_id');
  const secret = values.get('aws_secret_access_key');
  if (!accessKeyId || !secret) {
    return undefined;
  }
  const secretAccessKey = new Secret(secret);
  const token = values.get('aws_security_token') || values.get('aws_session_token');
  if (!token) {
    return { kind: 'long-term', file, key: { accessKeyId, secretAccessKey } };
  }
  const expiry = EXPIRY_KEYS.map((key) => values.get(key)).find((value) => value !== undefined);
  const expiresAt = expiry === undefined ? undefined : new Date(expiry);
  return {
    kind: 'session',
    file,
    key: {
      accessKeyId,
      secretAccessKey,
      sessionToken: new Secret(token),
      expiresAt: expiresAt === undefined || Number.isNaN(expiresAt.getTime()) ? undefined : expiresAt,
    },
  };
}
