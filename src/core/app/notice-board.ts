import type { Notice } from '../../shared/app-state.ts';
import type { StateStore } from './state-store.ts';

/** What the user is told, once each. */
export class NoticeBoard {
  readonly #store: StateStore;
  readonly #dismissed = new Set<string>();

  constructor(store: StateStore) {
    this.#store = store;
  }

  /** Shows something that happened, also when the same was dismissed before. */
  show(notice: Notice): void {
    this.#dismissed.delete(notice.id);
    this.#put(notice);
  }

  /** Makes those notices of conditions whose id begins with `prefix` exactly these; what the user dismissed stays away while its id lasts. */
  sync(prefix: string, notices: readonly Notice[]): void {
    const ids = new Set(notices.map(({ id }) => id));
    this.#forgetDismissed(prefix, ids);
    for (const { id } of this.#store.get().notices) {
      if (id.startsWith(prefix) && !ids.has(id)) {
        this.withdraw(id);
      }
    }
    for (const notice of notices) {
      if (!this.#dismissed.has(notice.id) && !this.#isShown(notice)) {
        this.#put(notice);
      }
    }
  }

  /** Takes a notice back: it no longer holds. */
  withdraw(id: string): void {
    this.#store.update(({ notices }) => ({
      notices: notices.some((notice) => notice.id === id) ? notices.filter((notice) => notice.id !== id) : notices,
    }));
  }

  /** The user has read it. */
  dismiss(id: string): void {
    this.#dismissed.add(id);
    this.withdraw(id);
  }

  #put(notice: Notice): void {
    this.#store.update(({ notices }) => ({
      notices: notices.some(({ id }) => id === notice.id)
        ? notices.map((other) => (other.id === notice.id ? notice : other))
        : [...notices, notice],
    }));
  }

  #isShown(notice: Notice): boolean {
    const shown = this.#store.get().notices.find(({ id }) => id === notice.id);
    return shown !== undefined && JSON.stringify(shown) === JSON.stringify(notice);
  }

  #forgetDismissed(prefix: string, ids: ReadonlySet<string>): void {
    for (const id of this.#dismissed) {
      if (id.startsWith(prefix) && !ids.has(id)) {
        this.#dismissed.delete(id);
      }
    }
  }
}
