import * as v from 'valibot';
import { matchesPattern } from '../../../shared/matches-pattern.ts';
import { OUTPUT_FORMATS } from '../../../shared/output-formats.ts';
import type { AccountState, DirectoryState } from '../../../shared/app-state.ts';
import { requirePartition } from '../../aws/endpoints.ts';
import { DEFAULT_NAME_TEMPLATE } from '../../files/profile-name.ts';
import { isAccountId } from '../../model/arn.ts';
import { BadInputError } from '../../model/errors.ts';
import type { SyncRole } from './plan-profile-sync.ts';

/** Matched without regard to case against account name or id, and role name; `*` stands for anything. */
export const RoleRuleSchema = v.object({
  account: v.pipe(v.string(), v.maxLength(128)),
  role: v.pipe(v.string(), v.maxLength(64)),
});

const rules = v.optional(v.pipe(v.array(RoleRuleSchema), v.maxLength(200)), []);

/** How profiles are made for an Identity Center. Every field has a default. */
export const SyncOptionsSchema = v.object({
  /** See `profileNames`. */
  template: v.optional(v.pipe(v.string(), v.maxLength(256)), DEFAULT_NAME_TEMPLATE),
  /** Only roles that one of these takes; empty for all. */
  include: rules,
  /** None that one of these takes. */
  exclude: rules,
  /** For new profiles; '' for none. */
  region: v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
  output: v.optional(v.picklist(['', ...OUTPUT_FORMATS]), ''),
  /** Which profiles of ours go: those whose role is gone; also those that the rules leave out; none. */
  prune: v.optional(v.picklist(['vanished', 'left-out', 'nothing']), 'vanished'),
});

export type RoleRule = v.InferOutput<typeof RoleRuleSchema>;
export type SyncOptions = v.InferOutput<typeof SyncOptionsSchema>;

/** The roles to make profiles for. `skipped` counts those that no tool could use: bad account ids or role names. */
export interface SelectedRoles {
  readonly roles: readonly SyncRole[];
  readonly skipped: number;
}

const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

/** Reads options, whole or in part. Throws BadInputError that names the first one that cannot be used. */
export function parseSyncOptions(value: unknown): SyncOptions {
  const parsed = v.safeParse(SyncOptionsSchema, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new BadInputError(
      `The option ${v.getDotPath(issue) ?? ''} of the profiles cannot be used.`,
      'Look at "rolecall profiles sync --help" for what it takes.',
    );
  }
  if (parsed.output.region !== '') {
    requirePartition(parsed.output.region);
  }
  return parsed.output;
}

/** The roles that the rules take. */
export function selectRoles(accounts: readonly AccountState[], options: SyncOptions): SelectedRoles {
  const { roles, skipped } = usableRoles(accounts);
  const isTaken = (role: SyncRole): boolean =>
    (options.include.length === 0 || options.include.some((rule) => matches(role, rule))) &&
    !options.exclude.some((rule) => matches(role, rule));
  return { roles: roles.filter(isTaken), skipped };
}

/** Those of these roles that are listed. */
export function pickRoles(
  accounts: readonly AccountState[],
  picked: readonly { readonly roleName: string; readonly accountIds: readonly string[] }[],
): SelectedRoles {
  const rolesOf = new Map<string, Set<string>>();
  for (const { roleName, accountIds } of picked) {
    for (const accountId of accountIds) {
      rolesOf.set(accountId, (rolesOf.get(accountId) ?? new Set()).add(roleName));
    }
  }
  return usableRoles(
    accounts.map((account) => {
      const roles = rolesOf.get(account.accountId);
      return { ...account, roles: account.roles.filter((role) => roles?.has(role)) };
    }),
  );
}

function usableRoles(accounts: readonly AccountState[]): SelectedRoles {
  const all = accounts.flatMap(({ accountId, name, roles }) =>
    roles.map((roleName) => ({ accountId, accountName: name, roleName })),
  );
  const roles = all.filter(({ accountId, roleName }) => isAccountId(accountId) && ROLE_NAME.test(roleName));
  return { roles, skipped: all.length - roles.length };
}

/**
 * Whether a profile whose role is not wished may go. What a list does not show may still be there: a list that was never read whole,
 * an account whose roles were not confirmed, or no account at all (as when AWS answers with nothing) prune nothing.
 */
export function prunable(
  directory: DirectoryState,
  prune: SyncOptions['prune'],
): (role: { readonly accountId: string; readonly roleName: string }) => boolean {
  const { accounts, refreshedAt } = directory;
  if (prune === 'nothing' || refreshedAt === undefined || accounts.length === 0) {
    return () => false;
  }
  const byId = new Map(accounts.map((account) => [account.accountId, account]));
  return ({ accountId, roleName }) => {
    const account = byId.get(accountId);
    const isListed = account?.roles.includes(roleName) === true;
    return isListed ? prune === 'left-out' : account?.stale !== true;
  };
}

function matches({ accountId, accountName, roleName }: SyncRole, { account, role }: RoleRule): boolean {
  return (matchesPattern(accountName, account) || accountId === account) && matchesPattern(roleName, role);
}
