import { BadInputError } from '../model/errors.ts';

/**
 * What a secret can be. `next-access-key` is a key made by a rotation that is not in use yet; `mfa-session` and `role-credentials` are
 * temporary credentials that outlive a process; `sso-token` and `sso-client` belong to an sso-session in vault mode;
 * `file-copy` is a copy of one of the user's files that held a secret; `proxy-sign-in` is the user name and password for a proxy.
 */
export const SECRET_KINDS = [
  'access-key',
  'next-access-key',
  'totp-seed',
  'sso-token',
  'sso-client',
  'mfa-session',
  'role-credentials',
  'file-copy',
  'proxy-sign-in',
] as const;

/** One of `SECRET_KINDS`. */
export type SecretKind = (typeof SECRET_KINDS)[number];

/** The name of a secret: its kind and an id of the caller's (a profile, an sso-session, an MFA serial). Not secret itself. */
export interface SecretName {
  readonly kind: SecretKind;
  /** 1 to 512 characters, none of them a control character. */
  readonly id: string;
}

const MAX_ID_LENGTH = 512;
/** Unicode's control and unpaired-surrogate characters. */
const UNUSABLE = /[\p{Cc}\p{Cs}]/u;

/** One text per name, for use as a Map's key. Throws BadInputError for a name that cannot be. */
export function secretNameKey(name: SecretName): string {
  if (!SECRET_KINDS.includes(name.kind)) {
    throw new BadInputError('There is no such kind of secret.', 'This is a fault of Rolecall; report it.');
  }
  if (name.id.length === 0 || name.id.length > MAX_ID_LENGTH || UNUSABLE.test(name.id)) {
    throw new BadInputError(
      'A secret cannot be kept under this name.',
      `Use 1 to ${MAX_ID_LENGTH} characters without line breaks or other control characters.`,
    );
  }
  return entryKey(name.kind, name.id);
}

/** The key of an entry as it stands in the file, where kinds of newer versions may be too. */
export function entryKey(kind: string, id: string): string {
  return `${kind}\n${id}`;
}
