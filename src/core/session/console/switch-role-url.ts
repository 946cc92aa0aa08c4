import { signinBaseUrl } from '../../aws/federation.ts';
import type { Env } from '../../aws/endpoints.ts';
import type { RoleArn } from '../../model/arn.ts';

/** How the console shows the role switched to. */
export interface SwitchRoleLook {
  readonly displayName?: string | undefined;
  /** Six hexadecimal digits. */
  readonly colour?: string | undefined;
}

/**
 * The console's page that switches the user signed in there to a role. It holds no secret: whoever opens it must be signed in as
 * somebody the role trusts.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html
 */
export function switchRoleUrl(role: RoleArn, env: Env, look: SwitchRoleLook = {}): string {
  const query = {
    account: role.accountId,
    // The path without its first slash belongs to the name here.
    roleName: `${role.path.slice(1)}${role.roleName}`,
    ...(look.displayName === undefined ? {} : { displayName: look.displayName.slice(0, 64) }),
    ...(look.colour !== undefined && /^[0-9A-Fa-f]{6}$/.test(look.colour) ? { color: look.colour } : {}),
  };
  const encoded = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${signinBaseUrl(role.partition, env)}/switchrole?${encoded.join('&')}`;
}
