import type { ActivityEntry } from '../../shared/app-state.ts';
import type { Clock } from '../model/clock.ts';
import type { ActivityLog } from './activity-log.ts';
import type { StateStore } from './state-store.ts';

/** How many entries screens show. */
export const SHOWN_ACTIVITY = 200;
/** A hundred programs that ask at once are one message to the screens. */
const SHOW_EVERY_MS = 250;

/** Notes uses of roles: in the log on disk at once, in the state a few times a second at most. */
export class ActivityRecorder {
  readonly #clock: Clock;
  readonly #store: StateStore;
  readonly #log: ActivityLog;
  #unshown: readonly ActivityEntry[] = [];
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, store: StateStore, log: ActivityLog) {
    this.#clock = clock;
    this.#store = store;
    this.#log = log;
  }

  record(entry: Omit<ActivityEntry, 'at'>): void {
    const kept = this.#log.append({ ...entry, at: this.#clock.now().toISOString() });
    this.#unshown = [kept, ...this.#unshown].slice(0, SHOWN_ACTIVITY);
    this.#cancelTimer ??= this.#clock.setTimer(SHOW_EVERY_MS, () => this.#show());
  }

  /** Shows what is not shown yet, and waits until all is on disk. */
  async flush(): Promise<void> {
    this.#show();
    await this.#log.flush();
  }

  /** Forgets all of it, on disk and on the screens. Throws FileFailedError. */
  async clear(): Promise<void> {
    await this.flush();
    await this.#log.clear();
    this.#store.update(() => ({ activity: [] }));
  }

  #show(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const unshown = this.#unshown;
    this.#unshown = [];
    this.#store.update(({ activity }) => ({
      activity: unshown.length === 0 ? activity : [...unshown, ...activity].slice(0, SHOWN_ACTIVITY),
    }));
  }
}
