import type { Secret } from './secret.ts';

/**
 * Temporary credentials of one role (or of a GetSessionToken session).
 *
 * `expiresAt` is what AWS said, by AWS's clock.
 */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken: Secret;
  readonly expiresAt: Date;
  /** 12 digits, where AWS told it. */
  readonly accountId?: string;
}

/** A long-term access key of an IAM user. */
export interface LongTermKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
}

/** Anything a request can be signed with. */
export type SigningCredentials = TemporaryCredentials | LongTermKey;

/** Whether these end by themselves. */
export function isTemporary(credentials: SigningCredentials): credentials is TemporaryCredentials {
  return 'expiresAt' in credentials;
}
