import type { AwsProfiles, SsoSessionConfig } from '../../model/profile.ts';
import { unknownSsoSession } from '../../model/did-you-mean.ts';
import { SsoSessionIncompleteError } from '../errors.ts';

/** One Identity Center, complete enough to sign in to. */
export interface SsoSession {
  /** The section's name; of the legacy form the start URL. */
  readonly id: string;
  readonly form: 'sso-session' | 'legacy';
  /** As written in the file. */
  readonly startUrl: string;
  readonly region: string;
  readonly scopes: readonly string[];
  /** What the AWS CLI's cache files are named after. */
  readonly cacheKey: string;
}

/** Where tokens of an Identity Center are kept: the AWS CLI's cache, or the secret store. */
export type TokenMode = 'shared' | 'vault';

/** Without this scope a token opens no account. */
export const ACCOUNT_ACCESS_SCOPE = 'sso:account:access';

/** The Identity Center with this id. Throws NotFoundError, or SsoSessionIncompleteError where the section lacks its start URL or region. */
export function findSsoSession(profiles: AwsProfiles, id: string): SsoSession {
  const config = profiles.ssoSessions.find((candidate) => candidate.name === id);
  if (config === undefined) {
    throw unknownSsoSession(id, profiles.ssoSessions, 'Choose another, or add it to ~/.aws/config: rolecall add-sso.');
  }
  return toSsoSession(config);
}

/** Completes what the file says. Throws SsoSessionIncompleteError. */
export function toSsoSession(config: SsoSessionConfig): SsoSession {
  if (config.startUrl === undefined || config.ssoRegion === undefined) {
    const missing = config.startUrl === undefined ? 'sso_start_url' : 'sso_region';
    throw new SsoSessionIncompleteError(config.name, missing);
  }
  return {
    id: config.name,
    form: config.kind === 'named' ? 'sso-session' : 'legacy',
    startUrl: config.startUrl,
    region: config.ssoRegion,
    scopes: config.scopes.length === 0 ? [ACCOUNT_ACCESS_SCOPE] : config.scopes,
    cacheKey: config.cacheKey,
  };
}
