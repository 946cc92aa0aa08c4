import { setMaxListeners } from 'node:events';
import type { DirectoryState } from '../../../shared/app-state.ts';
import { AwsRefusedError } from '../../aws/aws-errors.ts';
import { isPassing, PATIENT_RETRIES } from '../../aws/retry.ts';
import { listAccountRoles, listAccounts } from '../../aws/sso.ts';
import { toFailure } from '../../model/errors.ts';
import type { TokenMark } from './authorizations.ts';
import { DirectoryRows } from './directory-rows.ts';
import type { KeptDirectory } from './kept-directory.ts';
import { listPages } from './list-pages.ts';
import { Paced } from './paced.ts';
import { PortalCaller, type PortalPorts } from './portal-caller.ts';
import type { SsoSession } from './sso-session.ts';

/** What a refresh needs. */
export interface DirectorySyncPorts extends PortalPorts {
  /** Keeps the directory on disk. */
  readonly save: (directory: KeptDirectory) => Promise<void>;
  readonly log: (line: string) => void;
}

/** How a refresh ended. */
export interface SyncResult {
  readonly directory: KeptDirectory;
  readonly state: DirectoryState;
  readonly error: unknown;
}

/** Requests under way at once: enough to use the whole limit with replies that take two seconds. */
const MAX_UNDER_WAY = 40;
/** Roles come in by the dozen a second; they are shown a few times a second. */
const SHOW_EVERY_MS = 100;
const SAVE_EVERY_MS = 3_000;
/** A refresh that stopped in the middle longer ago than this begins anew. */
const RESUME_WITHIN_MS = 60 * 60 * 1000;

/**
 * One refresh of one directory: all accounts first, as they are few requests, then each account's roles, as fast as the portal
 * allows. What was known stays until AWS has said otherwise.
 */
export class DirectorySync {
  readonly #ports: DirectorySyncPorts;
  readonly #kept: KeptDirectory;
  readonly #signIn: TokenMark | undefined;
  readonly #onChange: (state: DirectoryState) => void;
  readonly #since: Date;
  readonly #rows: DirectoryRows;
  readonly #abort = new AbortController();
  readonly #portal: PortalCaller;
  readonly #show: Paced;
  readonly #save: Paced;
  #queue: readonly string[] = [];
  #focused: string | undefined;
  #accountsListed = false;
  #rowFailure: unknown;
  /** An account failed that may do better in a while. */
  #isWorthGoingOn = false;
  #saving: Promise<void> = Promise.resolve();

  constructor(
    ports: DirectorySyncPorts,
    { session, signIn }: { readonly session: SsoSession; readonly signIn: TokenMark | undefined },
    kept: KeptDirectory,
    onChange: (state: DirectoryState) => void,
  ) {
    this.#ports = ports;
    this.#kept = kept;
    this.#signIn = signIn;
    this.#onChange = onChange;
    // Each request under way listens: Node would take so many for a leak.
    setMaxListeners(0, this.#abort.signal);
    const now = ports.clock.now();
    this.#since = beginning(kept, now);
    this.#rows = new DirectoryRows(kept.accounts, this.#since.getTime(), now.getTime());
    const manners = { priority: 'background', policy: PATIENT_RETRIES } as const;
    this.#portal = new PortalCaller(ports, session, manners, this.#abort.signal);
    this.#show = new Paced(ports.clock, SHOW_EVERY_MS, () => onChange(this.#running()));
    this.#save = new Paced(ports.clock, SAVE_EVERY_MS, () => this.#keep(this.#directory(false)));
  }

  /** What is known now. */
  get state(): DirectoryState {
    return this.#running();
  }

  /** Asks for this account's roles next. */
  focus(accountId: string): void {
    this.#focused = accountId;
  }

  /** Runs to the end, and never rejects: `error` is what kept it from the end. Where only single accounts failed, the state says so. */
  async run(signal: AbortSignal): Promise<SyncResult> {
    const onCancel = (): void => this.#abort.abort(signal.reason);
    signal.addEventListener('abort', onCancel, { once: true });
    try {
      signal.throwIfAborted();
      this.#show.now();
      await this.#listAccounts();
      await this.#listRoles();
      return await this.#finish(this.#rowFailure === undefined ? 'complete' : 'partial', this.#rowFailure);
    } catch (error) {
      // What the first worker failed with, not what stopping the others threw.
      const reason: unknown = this.#abort.signal.aborted ? this.#abort.signal.reason : error;
      return await this.#finish(signal.aborted ? 'cancelled' : 'failed', reason);
    } finally {
      signal.removeEventListener('abort', onCancel);
    }
  }

  async #listAccounts(): Promise<void> {
    const found = new Set<string>();
    await listPages(
      (nextToken) => this.#portal.ask((request, token) => listAccounts(request, token, nextToken)),
      (accounts) => {
        accounts.forEach(({ accountId }) => found.add(accountId));
        this.#rows.addAccounts(accounts);
        this.#show.soon();
      },
    );
    this.#rows.keepOnly(found);
    this.#accountsListed = true;
    this.#show.now();
    this.#save.now();
  }

  /** A permit is waited for before an account is chosen, so that a focused one is really next. */
  async #listRoles(): Promise<void> {
    this.#queue = this.#rows.remaining();
    const underWay = new Set<Promise<void>>();
    try {
      while (this.#queue.length > 0) {
        await this.#portal.permit();
        const reading = this.#listRolesOf(this.#takeNext())
          .catch((error: unknown) => this.#abort.abort(error))
          .finally(() => underWay.delete(reading));
        underWay.add(reading);
        if (underWay.size >= MAX_UNDER_WAY) {
          await Promise.race(underWay);
        }
      }
    } finally {
      // Also after a failure: nothing may change rows once the refresh has told its end.
      await Promise.all(underWay);
    }
    this.#abort.signal.throwIfAborted();
  }

  #takeNext(): string {
    const next = this.#queue.find((accountId) => accountId === this.#focused) ?? this.#queue[0] ?? '';
    this.#queue = this.#queue.filter((accountId) => accountId !== next);
    this.#focused = undefined;
    return next;
  }

  async #listRolesOf(accountId: string): Promise<void> {
    const roles: string[] = [];
    let hasPermit = true;
    try {
      await listPages(
        (nextToken) => {
          const page = this.#portal.ask(
            (request, token) => listAccountRoles(request, token, accountId, nextToken),
            hasPermit,
          );
          hasPermit = false;
          return page;
        },
        (names) => roles.push(...names),
      );
      this.#rows.setRoles(accountId, roles, this.#ports.clock.now().getTime());
      this.#show.soon();
      this.#save.soon();
    } catch (error) {
      if (this.#portal.isOutage || !isOfOneAccount(error)) {
        throw error;
      }
      this.#rowFailure = error;
      this.#isWorthGoingOn ||= isPassing(error);
    }
  }

  async #finish(ending: 'complete' | 'partial' | 'failed' | 'cancelled', reason: unknown): Promise<SyncResult> {
    this.#show.cancel();
    this.#save.cancel();
    const failure = ending === 'cancelled' ? undefined : reason;
    if (failure !== undefined) {
      this.#rows.markOpenStale();
    }
    // Where AWS refused what is missing it came to its end: going on would ask for nothing but the refused accounts, again and again.
    const isComplete = ending === 'complete' || (ending === 'partial' && !this.#isWorthGoingOn);
    const directory = this.#directory(isComplete);
    this.#keep(directory);
    await this.#saving;
    const state = this.#state(directory, failure, undefined);
    this.#onChange(state);
    return { directory, state, error: ending === 'failed' || ending === 'cancelled' ? reason : undefined };
  }

  #directory(isComplete: boolean): KeptDirectory {
    return {
      ...this.#kept,
      accounts: this.#rows.all,
      refreshedAt: isComplete ? this.#ports.clock.now() : this.#kept.refreshedAt,
      unfinishedSince: isComplete ? undefined : this.#since,
      signIn: isComplete ? this.#signIn : this.#kept.signIn,
      unfinishedSignIn: isComplete ? undefined : this.#signIn,
    };
  }

  #running(): DirectoryState {
    const progress = {
      accountsDone: this.#accountsListed ? this.#rows.doneCount : 0,
      accountsTotal: this.#rows.all.size,
    };
    return this.#state(this.#kept, undefined, progress);
  }

  #state(directory: KeptDirectory, failure: unknown, progress: DirectoryState['progress']): DirectoryState {
    return {
      accounts: this.#rows.states(),
      refreshedAt: directory.refreshedAt?.toISOString(),
      progress,
      failure: failure === undefined ? undefined : toFailure(failure),
      // Nothing is new when nothing was known.
      changes: this.#kept.refreshedAt === undefined ? undefined : this.#rows.changes,
    };
  }

  /** One after the other, and never in the way of the refresh itself. */
  #keep(directory: KeptDirectory): void {
    const { save, log } = this.#ports;
    this.#saving = this.#saving
      .then(() => save(directory))
      .catch((error: unknown) => log(`directory not kept: ${toFailure(error).message}`));
  }
}

/** A refresh that stopped in the middle a short while ago goes on. */
function beginning(kept: KeptDirectory, now: Date): Date {
  const agoMs = now.getTime() - (kept.unfinishedSince?.getTime() ?? -Infinity);
  return kept.unfinishedSince !== undefined && agoMs >= 0 && agoMs < RESUME_WITHIN_MS ? kept.unfinishedSince : now;
}

/** Whether other accounts may do better. */
function isOfOneAccount(error: unknown): boolean {
  return isPassing(error) || error instanceof AwsRefusedError;
}
