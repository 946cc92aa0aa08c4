import { toFailure } from '../model/errors.ts';
import { SignInNeededError } from '../session/errors.ts';
import type { DirectoryState } from '../../shared/app-state.ts';
import type { Connectivity } from './connectivity.ts';
import type { DirectoryService } from './services.ts';
import type { StateStore } from './state-store.ts';

/** What the refreshing of directories works with. */
export interface DirectoryRefresherParts {
  readonly store: StateStore;
  readonly directory: DirectoryService;
  readonly connectivity: Connectivity;
  /** Looks at the token of an Identity Center again. Never throws. */
  readonly refreshAccess: (ssoSession: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/** Puts the accounts of Identity Centers into the state: first as kept, then as AWS tells. */
export class DirectoryRefresher {
  readonly #parts: DirectoryRefresherParts;

  constructor(parts: DirectoryRefresherParts) {
    this.#parts = parts;
  }

  /** Shows what was kept of those that are not shown yet, and drops those that are gone. Asks nobody. */
  async showKept(ssoSessions: readonly string[]): Promise<void> {
    const known = this.#parts.store.get().directories;
    const missing = ssoSessions.filter((id) => !Object.hasOwn(known, id));
    const kept = await Promise.all(
      missing.map(async (id): Promise<[string, DirectoryState]> => [id, await this.#kept(id)]),
    );
    this.#parts.store.update(({ directories, ssoSessions: now }) => {
      // Others may have come and gone meanwhile: what is gone is judged by what there is at the end.
      const isHere = ([id]: readonly [string, DirectoryState]): boolean => now.some((session) => session.id === id);
      const stays = Object.entries(directories).filter(isHere);
      const added = kept.filter((each) => isHere(each) && !Object.hasOwn(directories, each[0]));
      const unchanged = added.length === 0 && stays.length === Object.keys(directories).length;
      return unchanged ? {} : { directories: Object.fromEntries([...stays, ...added]) };
    });
  }

  /** What cannot be read counts as nothing kept, with the reason. */
  async #kept(ssoSession: string): Promise<DirectoryState> {
    try {
      return await this.#parts.directory.kept(ssoSession);
    } catch (error) {
      const nothing = { accounts: [], refreshedAt: undefined, progress: undefined, changes: undefined };
      return { ...nothing, failure: toFailure(error) };
    }
  }

  /** Asks AWS; each step shows. Throws SignInNeededError and what else the directory throws. */
  async refresh(ssoSession: string): Promise<void> {
    const { connectivity, directory, refreshAccess, signal } = this.#parts;
    const show = (state: DirectoryState): void => this.#show(ssoSession, state);
    try {
      show(await connectivity.watch(directory.refresh(ssoSession, show, signal)));
    } catch (error) {
      if (error instanceof SignInNeededError) {
        // The list told what the token's date does not: that AWS has ended it.
        await refreshAccess(ssoSession);
      }
      throw error;
    }
  }

  /** The same in the background: what goes wrong is in the directory's own state. */
  refreshSoon(ssoSession: string): void {
    this.refresh(ssoSession).catch(() => {});
  }

  #show(ssoSession: string, state: DirectoryState): void {
    this.#parts.store.update(({ directories, ssoSessions }) =>
      // A refresh may end after its Identity Center was removed.
      ssoSessions.some(({ id }) => id === ssoSession) ? { directories: { ...directories, [ssoSession]: state } } : {},
    );
  }
}
