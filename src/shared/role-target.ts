import * as v from 'valibot';

/**
 * What credentials are asked for: a role of an Identity Center account, or a profile of `~/.aws`.
 *
 * `ssoSession` is the id of an Identity Center here: the name of its `[sso-session]`, or its start URL where legacy profiles
 * name only that.
 */
export const RoleTargetSchema = v.variant('kind', [
  v.object({
    kind: v.literal('sso-role'),
    ssoSession: v.pipe(v.string(), v.minLength(1), v.maxLength(512)),
    accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)),
    roleName: v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,64}$/)),
  }),
  v.object({ kind: v.literal('profile'), profile: v.pipe(v.string(), v.minLength(1), v.maxLength(512)) }),
]);

export type RoleTarget = v.InferOutput<typeof RoleTargetSchema>;
export type SsoRoleTarget = Extract<RoleTarget, { kind: 'sso-role' }>;
export type ProfileTarget = Extract<RoleTarget, { kind: 'profile' }>;

/** One text for one target; no two targets share it, since a role's name holds no slash. */
export function targetKey(target: RoleTarget): string {
  return target.kind === 'profile'
    ? `profile:${target.profile}`
    : `sso:${target.accountId}/${target.roleName}/${target.ssoSession}`;
}

/** The target a key stands for; undefined for text that is no key. */
export function targetOfKey(key: string): RoleTarget | undefined {
  const [, accountId, roleName, ssoSession] = /^sso:(\d{12})\/([^/]+)\/(.+)$/s.exec(key) ?? [];
  const target = key.startsWith('profile:')
    ? { kind: 'profile', profile: key.slice('profile:'.length) }
    : { kind: 'sso-role', accountId, roleName, ssoSession };
  const parsed = v.safeParse(RoleTargetSchema, target);
  return parsed.success ? parsed.output : undefined;
}
