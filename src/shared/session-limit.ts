/**
 * What decides how long credentials of a role last: the permission set of the Identity Center; `duration_seconds` of the profile, up to
 * what the role allows; one hour, for a role that is reached with another role's credentials; or wherever they come from.
 */
export type SessionLimit = 'permission-set' | 'role' | 'chained' | 'source';

/** What there is before a long job: how long fresh credentials last, and the SSO token that fetches the next ones. */
export interface LongJobFacts {
  /** ISO 8601, by AWS's clock. */
  readonly expiresAt: string;
  readonly limit: SessionLimit;
  /** Undefined where no Identity Center is behind the role. */
  readonly ssoToken:
    { readonly ssoSession: string; readonly expiresAt: string; readonly renewsByItself: boolean } | undefined;
}
