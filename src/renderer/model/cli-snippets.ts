import type { RoleTarget } from '../../shared/role-target.ts';
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
  const options = target.kind === 'sso-role' ? targetOptions(target) : undefined;
  return options === undefined ? [] : [`rolecall export ${options}`];
}

/** A line that runs a job with credentials that are renewed as it goes; undefined where a name would not stand in a shell. */
export function renewingLine({ target }: RoleEntry): string | undefined {
  const options = targetOptions(target);
  return options === undefined ? undefined : `rolecall exec ${options} --server -- COMMAND`;
}

/** A line that starts a shell on an instance; undefined as above. */
export function connectLine({ target }: RoleEntry, instanceId: string, region: string): string | undefined {
  const options = targetOptions(target);
  return options === undefined ? undefined : `rolecall connect ${options} ${instanceId} --region ${region}`;
}

function targetOptions(target: RoleTarget): string | undefined {
  const names = target.kind === 'profile' ? [target.profile] : [target.ssoSession, target.roleName];
  if (!names.every((name) => PLAIN.test(name))) {
    return undefined;
  }
  return target.kind === 'profile'
    ? `--profile ${target.profile}`
    : `--sso-session ${target.ssoSession} --account ${target.accountId} --role ${target.roleName}`;
}
