import type { RoleEntry } from './access-entry.ts';

/** Texts that every shell takes for themselves: nothing in them is quoted, expanded or split. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._@+=-]*$/;

/**
 * Lines for a terminal that use this role. Names that a shell would take for more than a name give no line: what is offered to be
 * copied must do what it says everywhere.
 */
export function cliSnippets(entry: RoleEntry, profiles: readonly string[]): readonly string[] {
  const { target } = entry;
  const named = target.kind === 'profile' ? [target.profile] : profiles;
  const byProfile = named.filter((name) => PLAIN.test(name)).map((name) => `aws s3 ls --profile ${name}`);
  if (byProfile.length > 0) {
    return byProfile.slice(0, 1);
  }
  return target.kind === 'sso-role' && [target.ssoSession, target.roleName].every((name) => PLAIN.test(name))
    ? [`rolecall export --sso-session ${target.ssoSession} --account ${target.accountId} --role ${target.roleName}`]
    : [];
}
