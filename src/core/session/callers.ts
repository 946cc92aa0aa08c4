import type { Asker } from '../../shared/app-state.ts';
import type { RoleTarget } from '../../shared/role-target.ts';

/** Who waits, and for what: as a question shows it. */
export interface WaitingCaller {
  readonly asker: Asker;
  readonly target: RoleTarget;
  /** What a code is for, in a few words, where that is known by now. */
  readonly title?: string | undefined;
  readonly accountId?: string | undefined;
  /** Where this one waits for others in turn: those. */
  readonly callers?: Callers | undefined;
}

/**
 * Those for whom one piece of work goes on, in the order in which they came. Some may leave before its end: a question that the work asks
 * then names one that still waits.
 */
export class Callers {
  readonly #waiting = new Set<WaitingCaller>();
  readonly #listeners = new Set<() => void>();

  /** Returns the function by which the caller leaves. */
  add(caller: WaitingCaller): () => void {
    // A caller may wait twice; each time counts by itself.
    const waiting = { ...caller };
    this.#waiting.add(waiting);
    const stop = waiting.callers?.onChange(() => this.#tell());
    return () => {
      stop?.();
      this.#waiting.delete(waiting);
      this.#tell();
    };
  }

  /** The one that came first of those that wait still; undefined when all have left. */
  first(): WaitingCaller | undefined {
    for (const { callers, ...own } of this.#waiting) {
      const behind = callers === undefined ? own : callers.first();
      if (behind !== undefined) {
        // The title is of this work; for whom it is only those behind know.
        return { ...own, asker: behind.asker, target: behind.target };
      }
    }
    return undefined;
  }

  /** Calls `listener` when somebody has left; returns the function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
