import type { RoleTarget } from '../../shared/role-target.ts';

/**
 * The words that start a shell on an instance as a role, by our own command at `program`. A name goes with its option in one word, so that
 * one which begins with a dash is no option itself.
 */
export function connectCommand(
  program: string,
  target: RoleTarget,
  { instanceId, region }: { readonly instanceId: string; readonly region: string },
): readonly string[] {
  const named =
    target.kind === 'profile'
      ? [`--profile=${target.profile}`]
      : [`--sso-session=${target.ssoSession}`, `--account=${target.accountId}`, `--role=${target.roleName}`];
  return [program, 'connect', ...named, `--region=${region}`, instanceId];
}
