import type { EffectiveProfile } from '../../model/profile.ts';
import { parseHelperLine, profileReference } from '../keys/helper-line.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';

type Platform = 'linux' | 'darwin' | 'win32';

const IDENTITY =
  /^(?:role_arn|source_profile|credential_source|mfa_serial|mfa_process|external_id|duration_seconds|role_session_name|web_identity_token_file|credential_process|login_session|sso_[a-z_]+)$/;

/** Whether a key decides where a profile's credentials come from, kept beside or not. Secrets are not among them. */
export function isIdentityKey(name: string): boolean {
  return (
    IDENTITY.test(name.startsWith(KEPT_PREFIX) ? name.slice(KEPT_PREFIX.length) : name) || name === `${KEPT_PREFIX}key`
  );
}

/** Whether our own helper serves the profile from what it keeps beside its line: it is protected, or in vault mode. */
export function isServedByUs({ name, credentialProcess = '' }: EffectiveProfile, platform: Platform): boolean {
  const target = parseHelperLine(credentialProcess, platform);
  return target?.kind === 'profile' && target.reference === profileReference(name);
}

/** Under which name a key of a profile stands in the file: identity keys of a profile that we serve have our prefix. */
export function writtenKey(key: string, isServed: boolean): string {
  return isServed && isIdentityKey(key) && key !== 'credential_process' ? KEPT_PREFIX + key : key;
}
