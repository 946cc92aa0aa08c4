import type { AppState, DirectoryState, ProfileState } from '../../shared/app-state.ts';
import { targetKey } from '../../shared/role-target.ts';
import {
  accountEntries,
  createEntryCache,
  profileEntries,
  roleNamesOf,
  type AccountEntry,
  type RoleEntry,
  type RoleName,
} from '../model/access-entry.ts';
import { usageOf } from '../model/usage.ts';

/** Accounts, roles and profiles made ready for lists and search. */
export interface AccessModel {
  readonly directories: readonly { readonly ssoSession: string; readonly accounts: readonly AccountEntry[] }[];
  readonly profiles: readonly AccountEntry[];
  /** Every account of every Identity Center and every profile, for search. */
  readonly accounts: readonly AccountEntry[];
  /** The name of every role there is; found out when first asked. */
  readonly roleNames: () => readonly RoleName[];
  /** The role or profile of a target's key. */
  readonly find: (key: string) => RoleEntry | undefined;
  readonly usage: ReadonlyMap<string, number>;
  /** Names of the profiles that lead to a role, by the role's key. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** Regions of the profiles that lead to a role, by the role's key. */
  readonly regions: ReadonlyMap<string, readonly string[]>;
  /** When the credentials held for a target end, by its key. */
  readonly live: ReadonlyMap<string, string>;
}

/**
 * Makes models of states. What did not change since the last state is taken from the last model, down to the single account, so
 * that a refresh which streams in costs what it brings.
 */
export function createAccessModels(): (state: AppState) => AccessModel {
  const cache = createEntryCache();
  const byDirectory = new WeakMap<DirectoryState['accounts'], readonly AccountEntry[]>();
  const listOf = (ssoSession: string, directory: DirectoryState | undefined): readonly AccountEntry[] => {
    const rows = directory?.accounts ?? NO_ROWS;
    const known = byDirectory.get(rows) ?? accountEntries(ssoSession, rows, cache);
    byDirectory.set(rows, known);
    return known;
  };
  const directories = memoize((sessions: AppState['ssoSessions'], all: AppState['directories']) =>
    sessions
      .map(({ id }) => ({ ssoSession: id, accounts: listOf(id, all[id]) }))
      .filter(({ accounts }) => accounts.length > 0),
  );
  const profiles = memoize((rows: readonly ProfileState[]) => profileEntries(rows, cache));
  const accounts = memoize((lists: AccessModel['directories'], own: readonly AccountEntry[]) => [
    ...lists.flatMap((list) => list.accounts),
    ...own,
  ]);
  const roleNames = memoize((accounts: readonly AccountEntry[]) => roleNamesOf(accounts, cache));
  const find = memoize(finderOf);
  const usage = memoize(usageOf);
  const aliases = memoize(byRole(({ name }) => name));
  const regions = memoize(byRole(({ region }) => region));
  const live = memoize((roles: AppState['liveRoles']) => new Map(roles.map((role) => [role.key, role.expiresAt])));
  const assemble = memoize(
    (
      directories: AccessModel['directories'],
      profiles: AccessModel['profiles'],
      accounts: AccessModel['accounts'],
      roleNames: AccessModel['roleNames'],
      find: AccessModel['find'],
      usage: AccessModel['usage'],
      aliases: AccessModel['aliases'],
      regions: AccessModel['regions'],
      live: AccessModel['live'],
    ): AccessModel => ({ directories, profiles, accounts, roleNames, find, usage, aliases, regions, live }),
  );
  return (state) => {
    const lists = directories(state.ssoSessions, state.directories);
    const own = profiles(state.profiles);
    const all = accounts(lists, own);
    return assemble(
      lists,
      own,
      all,
      roleNames(all),
      find(all),
      usage(state.recentTargets, state.activity),
      aliases(state.profiles),
      regions(state.profiles),
      live(state.liveRoles),
    );
  };
}

const NO_ROWS: DirectoryState['accounts'] = [];

/** Finds a role by its key without a table of all of them: an index of accounts, made when first asked for, then the account's few roles. */
function finderOf(accounts: readonly AccountEntry[]): AccessModel['find'] {
  let index: AccountIndex | undefined;
  return (key) => {
    index ??= accountIndex(accounts);
    const place = key.startsWith(SSO) ? key.slice(SSO.length, SSO.length + ACCOUNT_ID_LENGTH) : key;
    const first = index.firsts.get(place);
    const candidates = first === undefined ? [] : [first, ...index.others.filter((other) => placeOf(other) === place)];
    return candidates.flatMap((account) => account.roles).find((entry) => entry.key === key);
  };
}

/** Keys of Identity Center roles begin with this, then the account's id; keys of profiles are their whole name. */
const SSO = 'sso:';
const ACCOUNT_ID_LENGTH = 12;

/** Accounts by their place in keys; hardly ever do two share one, as the same account in two Identity Centers does. */
interface AccountIndex {
  readonly firsts: ReadonlyMap<string, AccountEntry>;
  readonly others: readonly AccountEntry[];
}

function accountIndex(accounts: readonly AccountEntry[]): AccountIndex {
  const firsts = new Map<string, AccountEntry>();
  const others: AccountEntry[] = [];
  for (const account of accounts) {
    const place = placeOf(account);
    if (firsts.has(place)) {
      others.push(account);
    } else {
      firsts.set(place, account);
    }
  }
  return { firsts, others };
}

function placeOf(account: AccountEntry): string {
  return account.ssoSession === undefined ? (account.roles[0]?.key ?? '') : (account.accountId ?? '');
}

/** What the profiles that lead to a role say, by the role's key. */
function byRole(
  say: (profile: ProfileState) => string | undefined,
): (profiles: readonly ProfileState[]) => ReadonlyMap<string, readonly string[]> {
  return (profiles) => {
    const said = new Map<string, readonly string[]>();
    for (const profile of profiles) {
      const { ssoSession, accountId, roleName } = profile;
      const text = say(profile);
      if (ssoSession !== undefined && accountId !== undefined && roleName !== undefined && text !== undefined) {
        const key = targetKey({ kind: 'sso-role', ssoSession, accountId, roleName });
        said.set(key, [...(said.get(key) ?? []), text]);
      }
    }
    return said;
  };
}

/** Gives the last answer again as long as the arguments are the same objects. */
function memoize<Args extends readonly unknown[], Result>(
  compute: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: { readonly args: Args; readonly result: Result } | undefined;
  return (...args) => {
    if (last === undefined || args.some((arg, at) => !Object.is(arg, last?.args[at]))) {
      last = { args, result: compute(...args) };
    }
    return last.result;
  };
}
