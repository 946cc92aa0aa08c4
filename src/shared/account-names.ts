import type { AccountState } from './app-state.ts';

/** Lists of accounts, as far as their names matter. */
export type NamedDirectories = Readonly<
  Record<string, { readonly accounts: readonly Pick<AccountState, 'accountId' | 'name'>[] }>
>;

type NamesById = ReadonlyMap<string, readonly string[]>;

/** Lists ask for the names of every row, so they are sorted by id once for each state of the directories. */
const sorted = new WeakMap<NamedDirectories, NamesById>();

/** What an account is called in the Identity Centers that list it. */
export function accountNames(accountId: string, directories: NamedDirectories): readonly string[] {
  let names = sorted.get(directories);
  if (names === undefined) {
    names = namesById(directories);
    sorted.set(directories, names);
  }
  return names.get(accountId) ?? [];
}

function namesById(directories: NamedDirectories): NamesById {
  const names = new Map<string, string[]>();
  for (const { accounts } of Object.values(directories)) {
    for (const { accountId, name } of accounts) {
      const known = names.get(accountId);
      if (known === undefined) {
        names.set(accountId, [name]);
      } else {
        known.push(name);
      }
    }
  }
  return names;
}
