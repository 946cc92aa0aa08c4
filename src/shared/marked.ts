import * as v from 'valibot';
import { AccountIdsSchema } from './account-ids.ts';
import { accountKey, profileAccountKey } from './role-subject.ts';
import { targetKey } from './role-target.ts';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const profiles = v.pipe(v.array(name), v.maxLength(100_000));

/** Roles or accounts that are marked alike, by what their keys have in common: tens of thousands of them fit into one command. */
export const MarkedSchema = v.variant('kind', [
  /** One role in many accounts. */
  v.object({
    kind: v.literal('sso-roles'),
    ssoSession: name,
    roleName: v.pipe(v.string(), v.maxLength(256)),
    accountIds: AccountIdsSchema,
  }),
  v.object({ kind: v.literal('sso-accounts'), ssoSession: name, accountIds: AccountIdsSchema }),
  v.object({ kind: v.literal('profiles'), profiles }),
  /** The accounts that the lists show for profiles which lead somewhere by themselves. */
  v.object({ kind: v.literal('profile-accounts'), profiles }),
]);

export type Marked = v.InferOutput<typeof MarkedSchema>;

/** The keys under which their marks are kept. */
export function markedKeys(marked: Marked): readonly string[] {
  switch (marked.kind) {
    case 'sso-roles': {
      const { ssoSession, roleName } = marked;
      return marked.accountIds.map((accountId) => targetKey({ kind: 'sso-role', ssoSession, accountId, roleName }));
    }
    case 'sso-accounts':
      return marked.accountIds.map((accountId) => accountKey(marked.ssoSession, accountId));
    case 'profiles':
      return marked.profiles.map((profile) => targetKey({ kind: 'profile', profile }));
    case 'profile-accounts':
      return marked.profiles.map((profile) => profileAccountKey({ kind: 'profile', profile }));
  }
}
