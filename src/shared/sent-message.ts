import type { AccountState, AppState, DirectoryState } from './app-state.ts';
import type { StateMessage } from './state-message.ts';

/**
 * A message of the state as it goes from the core to a page. A snapshot of thousands of accounts goes as columns: as rows, the name of
 * every field goes with every account and the same few lists of roles thousands of times, and a screen that opens waits for it.
 */
export type SentMessage =
  Exclude<StateMessage, { readonly kind: 'snapshot' }> | { readonly kind: 'snapshot'; readonly state: SentState };

/** The state with the accounts of its directories as columns. */
export type SentState = Omit<AppState, 'directories'> & {
  readonly directories: Readonly<Record<string, SentDirectory>>;
};

type SentDirectory = Omit<DirectoryState, 'accounts'> & { readonly accounts: AccountColumns };

/** Accounts by column: what stands at one place of the first four belongs together. */
export interface AccountColumns {
  readonly accountId: readonly string[];
  readonly name: readonly string[];
  readonly email: readonly string[];
  /** Which of `roleLists` each account has. */
  readonly roles: readonly number[];
  readonly roleLists: readonly (readonly string[])[];
  /** Places of the accounts that are stale. */
  readonly stale: readonly number[];
}

/** The message as it is sent. */
export function packMessage(message: StateMessage): SentMessage {
  return message.kind === 'snapshot' ? { kind: 'snapshot', state: mapDirectories(message.state, columnsOf) } : message;
}

/** The message as it was before `packMessage`. Accounts with the same roles share one list of them. */
export function unpackMessage(message: SentMessage): StateMessage {
  return message.kind === 'snapshot' ? { kind: 'snapshot', state: mapDirectories(message.state, rowsOf) } : message;
}

function mapDirectories<
  From,
  To,
  State extends { readonly directories: Readonly<Record<string, { readonly accounts: From }>> },
>(state: State, change: (accounts: From) => To) {
  const directories = Object.entries(state.directories).map(
    ([ssoSession, directory]) => [ssoSession, { ...directory, accounts: change(directory.accounts) }] as const,
  );
  return { ...state, directories: Object.fromEntries(directories) };
}

function columnsOf(accounts: readonly AccountState[]): AccountColumns {
  const roleLists: (readonly string[])[] = [];
  const places = new Map<string, number>();
  const placeOf = (roles: readonly string[]): number => {
    const key = JSON.stringify(roles);
    const known = places.get(key);
    if (known !== undefined) {
      return known;
    }
    places.set(key, roleLists.length);
    return roleLists.push(roles) - 1;
  };
  return {
    accountId: accounts.map(({ accountId }) => accountId),
    name: accounts.map(({ name }) => name),
    email: accounts.map(({ email }) => email),
    roles: accounts.map(({ roles }) => placeOf(roles)),
    roleLists,
    stale: accounts.flatMap(({ stale }, at) => (stale ? at : [])),
  };
}

function rowsOf({ accountId, name, email, roles, roleLists, stale }: AccountColumns): readonly AccountState[] {
  const staleAt = new Set(stale);
  return accountId.map((id, at) => ({
    accountId: id,
    name: name[at] ?? '',
    email: email[at] ?? '',
    roles: roleLists[roles[at] ?? -1] ?? [],
    stale: staleAt.has(at),
  }));
}
