import { toFailure } from '../model/errors.ts';
import type { StateStore } from './state-store.ts';

/** Whether AWS can be reached, as far as our own calls and the shell tell. Kept in the state as `app.online`. */
export class Connectivity {
  readonly #store: StateStore;

  constructor(store: StateStore) {
    this.#store = store;
  }

  get online(): boolean {
    return this.#store.get().app.online;
  }

  set(online: boolean): void {
    this.#store.update(({ app }) => ({ app: app.online === online ? app : { ...app, online } }));
  }

  /** Learns from how a call to AWS ends; passes its outcome on. */
  async watch<Value>(call: Promise<Value>): Promise<Value> {
    try {
      const value = await call;
      this.set(true);
      return value;
    } catch (error) {
      if (toFailure(error).code === 'offline') {
        this.set(false);
      }
      throw error;
    }
  }
}
