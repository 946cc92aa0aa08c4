import type { AccountState } from './app-state.ts';
import { oncePerObject } from './once-per-object.ts';

/** Lists of accounts, as far as their names matter. */
export type NamedDirectories = Readonly<
  Record<string, { readonly accounts: readonly Pick<AccountState, 'accountId' | 'name'>[] }>
>;

type NamesById = ReadonlyMap<string, readonly string[]>;

/** What an account is called in the Identity Centers that list it. */
export function accountNames(accountId: string, directories: NamedDirectories): readonly string[] {
  return sortedNames(directories).get(accountId) ?? [];
}

/** Lists ask for the names of every row, so they are sorted by id once for each state of the directories. */
const sortedNames = oncePerObject(namesById);

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
