import { orderAccounts } from '../../../shared/account-order.ts';
import type { DirectoryState } from '../../../shared/app-state.ts';
import { CancelledError, NotFoundError } from '../../model/errors.ts';
import { abortable } from '../resolve/single-flight.ts';
import type { TokenMark } from './authorizations.ts';
import type { DirectoryStore } from './directory-store.ts';
import { DirectorySync, type DirectorySyncPorts } from './directory-sync.ts';
import type { KeptDirectory } from './kept-directory.ts';
import type { PortalLimiters } from './portal-limiters.ts';
import type { SsoSession } from './sso-session.ts';

/** What the directories need. */
export interface DirectoryServicePorts extends Omit<DirectorySyncPorts, 'limiter' | 'save'> {
  readonly limiters: PortalLimiters;
  readonly store: DirectoryStore;
  findSession(id: string): Promise<SsoSession>;
  /** Who is signed in, as far as that can be told without asking the user for anything. */
  signInOf(session: SsoSession): Promise<TokenMark | undefined>;
  isSameSignIn(ssoSession: string, one: TokenMark, other: TokenMark): Promise<boolean>;
}

interface Known {
  readonly directory: KeptDirectory;
  readonly state: DirectoryState;
}

interface Running {
  readonly sync: DirectorySync;
  readonly signIn: TokenMark | undefined;
  readonly stop: AbortController;
  readonly listeners: Set<(state: DirectoryState) => void>;
  readonly ended: Promise<DirectoryState>;
  waiting: number;
}

const NOTHING: DirectoryState = {
  accounts: [],
  refreshedAt: undefined,
  progress: undefined,
  failure: undefined,
  changes: undefined,
};

/** Accounts and roles of all Identity Centers, as last known and as they are read anew. */
export class Directories {
  readonly #ports: DirectoryServicePorts;
  /** What was read last from disk or from AWS, by id. */
  readonly #known = new Map<string, Known>();
  readonly #running = new Map<string, Running>();

  constructor(ports: DirectoryServicePorts) {
    this.#ports = ports;
  }

  /** What is known, without asking AWS; nothing for an Identity Center that is not there. Throws FileFailedError. */
  async kept(id: string): Promise<DirectoryState> {
    try {
      const session = await this.#ports.findSession(id);
      return (await this.#knownOf(session)).state;
    } catch (error) {
      if (error instanceof NotFoundError) {
        return NOTHING;
      }
      throw error;
    }
  }

  /**
   * Reads it anew. Resolves also where only single accounts failed (`failure` says so); throws SignInNeededError, OfflineError and
   * what else kept it from being read. Callers side by side share one refresh, which is cancelled when all of them are gone.
   */
  async refresh(id: string, onChange: (state: DirectoryState) => void, signal: AbortSignal): Promise<DirectoryState> {
    const session = await this.#ports.findSession(id);
    const known = await this.#knownOf(session);
    const signIn = await this.#ports.signInOf(session);
    await this.#stopUnlessOf(id, signIn);
    await this.#untilStopped(id);
    const begun = await this.#begunBy(id, this.#known.get(id)?.directory ?? known.directory, signIn);
    signal.throwIfAborted();
    const running = this.#running.get(id) ?? this.#start(session, begun, signIn);
    running.listeners.add(onChange);
    running.waiting += 1;
    try {
      onChange(running.sync.state);
      return await abortable(running.ended, signal);
    } finally {
      running.listeners.delete(onChange);
      running.waiting -= 1;
      if (running.waiting === 0) {
        running.stop.abort(signal.reason);
      }
    }
  }

  /** Whether what is kept was read by the sign-in there is now, as far as that is known. Throws FileFailedError, NotFoundError. */
  async isOfThisSignIn(id: string): Promise<boolean> {
    const session = await this.#ports.findSession(id);
    const { directory } = await this.#knownOf(session);
    return this.#isSame(id, directory.signIn, await this.#ports.signInOf(session));
  }

  focus(id: string, accountId: string): void {
    this.#running.get(id)?.sync.focus(accountId);
  }

  async forget(id: string): Promise<void> {
    this.#running.get(id)?.stop.abort(new CancelledError('The refresh'));
    await this.#untilStopped(id);
    this.#known.delete(id);
    await this.#ports.store.remove(id);
  }

  async stop(): Promise<void> {
    const running = [...this.#running.values()];
    running.forEach(({ stop }) => stop.abort(new CancelledError('The refresh')));
    await Promise.allSettled(running.map(({ ended }) => ended));
  }

  /** Somebody has signed in anew: what a refresh under way brings is what the one before may see. */
  async #stopUnlessOf(id: string, signIn: TokenMark | undefined): Promise<void> {
    const running = this.#running.get(id);
    if (running !== undefined && !(await this.#isSame(id, running.signIn, signIn))) {
      running.stop.abort(new CancelledError('The refresh'));
    }
  }

  /** What another sign-in began is not gone on with: its rows count for nothing. */
  async #begunBy(id: string, directory: KeptDirectory, signIn: TokenMark | undefined): Promise<KeptDirectory> {
    const goesOn = await this.#isSame(id, directory.unfinishedSignIn, signIn);
    return goesOn ? directory : { ...directory, unfinishedSince: undefined };
  }

  async #isSame(id: string, one: TokenMark | undefined, other: TokenMark | undefined): Promise<boolean> {
    return one === undefined || other === undefined || this.#ports.isSameSignIn(id, one, other);
  }

  #start(session: SsoSession, directory: KeptDirectory, signIn: TokenMark | undefined): Running {
    const { limiters, store } = this.#ports;
    const listeners = new Set<(state: DirectoryState) => void>();
    const ports = {
      ...this.#ports,
      limiter: limiters.of(session),
      save: (kept: KeptDirectory) => store.save(session, kept),
    };
    const tell = (state: DirectoryState): void => listeners.forEach((listener) => listener(state));
    const sync = new DirectorySync(ports, { session, signIn }, directory, tell);
    const stop = new AbortController();
    const running = { sync, signIn, stop, listeners, ended: this.#run(session, sync, stop.signal), waiting: 0 };
    this.#running.set(session.id, running);
    return running;
  }

  async #run(session: SsoSession, sync: DirectorySync, signal: AbortSignal): Promise<DirectoryState> {
    try {
      const { directory, state, error } = await sync.run(signal);
      this.#known.set(session.id, { directory, state });
      if (error !== undefined) {
        throw error;
      }
      return state;
    } finally {
      this.#running.delete(session.id);
    }
  }

  /** A refresh that was told to stop still has to write down how far it came. */
  async #untilStopped(id: string): Promise<void> {
    const running = this.#running.get(id);
    if (running?.stop.signal.aborted === true) {
      await running.ended.catch(() => undefined);
    }
  }

  async #knownOf(session: SsoSession): Promise<Known> {
    const known = this.#known.get(session.id);
    if (known?.directory.startUrl === session.startUrl) {
      return known;
    }
    const directory = await this.#ports.store.load(session);
    const accounts = orderAccounts(Array.from(directory.accounts.values(), (row) => row.account));
    const loaded = { directory, state: { ...NOTHING, accounts, refreshedAt: directory.refreshedAt?.toISOString() } };
    this.#known.set(session.id, loaded);
    return loaded;
  }
}
