import * as v from 'valibot';

/** A target as it comes from outside. Apart from the type and its keys, which the screen has without a parser. */
export const RoleTargetSchema = v.variant('kind', [
  v.object({
    kind: v.literal('sso-role'),
    ssoSession: v.pipe(v.string(), v.minLength(1), v.maxLength(512)),
    accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)),
    roleName: v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,64}$/)),
  }),
  v.object({ kind: v.literal('profile'), profile: v.pipe(v.string(), v.minLength(1), v.maxLength(512)) }),
]);
