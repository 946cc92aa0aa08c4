import type { Clock } from '../model/clock.ts';
import type { AccountState, AppState, DirectoryState } from '../../shared/app-state.ts';
import type { StateMessage } from '../../shared/state-message.ts';

/** What screens and the tray may do with the state: read it, follow it. */
export interface StateView {
  get(): AppState;
  /** Calls `listener` with a snapshot at once, then with every change; returns the function that ends it. */
  subscribe(listener: (message: StateMessage) => void): () => void;
}

type Slices = Partial<Omit<AppState, 'directories'>>;
type DirectoryMessage = Extract<StateMessage, { kind: 'directory' }>;

/** Ten messages a second: smooth on screen, and a refresh of 5,000 accounts does not flood the process border. */
const DIRECTORY_INTERVAL_MS = 100;

/**
 * The one state of the app and its one writer.
 *
 * Changes are told by identity: a slice, or an account's row, that is the same object is not sent again. Rows of directories are
 * sent at most ten times a second, everything else at once. The order of rows in a directory is not part of the contract.
 */
export class StateStore implements StateView {
  readonly #clock: Clock;
  readonly #listeners = new Set<(message: StateMessage) => void>();
  #state: AppState;
  #sentDirectories: AppState['directories'];
  #lastFlushMs = Number.NEGATIVE_INFINITY;
  #cancelFlush: (() => void) | undefined;

  constructor(clock: Clock, initial: AppState) {
    this.#clock = clock;
    this.#state = initial;
    this.#sentDirectories = initial.directories;
  }

  get(): AppState {
    return this.#state;
  }

  /** Puts what `change` returns in place of the parts of the same name. Returning nothing, or the same objects, changes nothing. */
  update(change: (state: AppState) => Partial<AppState>): void {
    const { directories, ...slices } = change(this.#state);
    const changed = changedSlices(this.#state, slices);
    if (changed !== undefined) {
      this.#state = { ...this.#state, ...changed };
      this.#send({ kind: 'patch', slices: changed });
    }
    if (directories !== undefined && directories !== this.#state.directories) {
      this.#state = { ...this.#state, directories };
      this.#scheduleFlush();
    }
  }

  subscribe(listener: (message: StateMessage) => void): () => void {
    if (this.#cancelFlush !== undefined) {
      // The snapshot holds these rows already: one that went before it was told would stay with the newcomer for good.
      this.#cancelFlush();
      this.#flushDirectories();
    }
    this.#listeners.add(listener);
    listener({ kind: 'snapshot', state: this.#state });
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Drops the listeners and the timer. */
  close(): void {
    this.#listeners.clear();
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
  }

  #scheduleFlush(): void {
    if (this.#cancelFlush !== undefined) {
      return;
    }
    const sinceLastMs = this.#clock.now().getTime() - this.#lastFlushMs;
    // A wall clock set back makes this negative; then wait one interval, not hours.
    const waitMs = sinceLastMs >= DIRECTORY_INTERVAL_MS ? 0 : DIRECTORY_INTERVAL_MS - Math.max(sinceLastMs, 0);
    if (waitMs === 0) {
      this.#flushDirectories();
      return;
    }
    this.#cancelFlush = this.#clock.setTimer(waitMs, () => this.#flushDirectories());
  }

  #flushDirectories(): void {
    this.#cancelFlush = undefined;
    this.#lastFlushMs = this.#clock.now().getTime();
    const before = this.#sentDirectories;
    this.#sentDirectories = this.#state.directories;
    for (const message of directoryMessages(before, this.#state.directories)) {
      this.#send(message);
    }
  }

  #send(message: StateMessage): void {
    for (const listener of this.#listeners) {
      listener(message);
    }
  }
}

function changedSlices(state: AppState, slices: Slices): Slices | undefined {
  const before: Readonly<Record<string, unknown>> = { ...state };
  const changed = Object.entries(slices).filter(([name, value]) => !Object.is(before[name], value));
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

/** What to send so that a screen which knows `before` knows `after`. */
export function directoryMessages(
  before: AppState['directories'],
  after: AppState['directories'],
): readonly DirectoryMessage[] {
  const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...ids].flatMap((ssoSession) => {
    const [old, now] = [own(before, ssoSession), own(after, ssoSession)];
    return old === now ? [] : [directoryMessage(ssoSession, old, now)];
  });
}

/** An Identity Center may be called `constructor`. */
function own(directories: AppState['directories'], ssoSession: string): DirectoryState | undefined {
  return Object.hasOwn(directories, ssoSession) ? directories[ssoSession] : undefined;
}

function directoryMessage(
  ssoSession: string,
  before: DirectoryState | undefined,
  after: DirectoryState | undefined,
): DirectoryMessage {
  if (after === undefined) {
    return { kind: 'directory', ssoSession, summary: undefined, upserted: [], removed: [] };
  }
  const { accounts, ...summary } = after;
  return { kind: 'directory', ssoSession, summary, ...rowChanges(before?.accounts ?? [], accounts) };
}

function rowChanges(
  before: readonly AccountState[],
  after: readonly AccountState[],
): { readonly upserted: readonly AccountState[]; readonly removed: readonly string[] } {
  if (before === after) {
    return { upserted: [], removed: [] };
  }
  const known = new Map(before.map((row) => [row.accountId, row]));
  const upserted: AccountState[] = [];
  for (const row of after) {
    if (known.get(row.accountId) !== row) {
      upserted.push(row);
    }
    known.delete(row.accountId);
  }
  return { upserted, removed: [...known.keys()] };
}
