import { orderAccounts } from './account-order.ts';
import type { AccountState, AppState, DirectoryState } from './app-state.ts';

/**
 * How a screen follows the state: first a snapshot, then what changed. Directories can hold 20,000 roles, so their rows travel alone.
 */
export type StateMessage =
  | { readonly kind: 'snapshot'; readonly state: AppState }
  | { readonly kind: 'patch'; readonly slices: Partial<Omit<AppState, 'directories'>> }
  | {
      readonly kind: 'directory';
      readonly ssoSession: string;
      /** Everything but the rows; undefined when the directory is gone. */
      readonly summary: Omit<DirectoryState, 'accounts'> | undefined;
      readonly upserted: readonly AccountState[];
      /** Account ids. */
      readonly removed: readonly string[];
    };

/** The state after a message. Unchanged parts keep their identity, so views that did not change need not be drawn. */
export function applyStateMessage(state: AppState, message: StateMessage): AppState {
  switch (message.kind) {
    case 'snapshot':
      return message.state;
    case 'patch':
      return { ...state, ...message.slices };
    case 'directory':
      return { ...state, directories: applyDirectory(state.directories, message) };
  }
}

function applyDirectory(
  directories: AppState['directories'],
  message: Extract<StateMessage, { kind: 'directory' }>,
): AppState['directories'] {
  if (message.summary === undefined) {
    const { [message.ssoSession]: _gone, ...others } = directories;
    return others;
  }
  const rows = new Map((directories[message.ssoSession]?.accounts ?? []).map((row) => [row.accountId, row]));
  for (const accountId of message.removed) {
    rows.delete(accountId);
  }
  const moves = message.upserted.some(({ accountId, name }) => rows.get(accountId)?.name !== name);
  for (const row of message.upserted) {
    rows.set(row.accountId, row);
  }
  const accounts = moves ? orderAccounts([...rows.values()]) : [...rows.values()];
  return { ...directories, [message.ssoSession]: { ...message.summary, accounts } };
}
