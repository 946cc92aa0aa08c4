import { createCell, type Cell } from './cell.ts';
import type { PageTime } from './ticker.ts';

/** A word on what just happened, at the foot of the screen. */
export interface Toast {
  readonly id: number;
  readonly severity: 'ok' | 'info' | 'error';
  readonly message: string;
  readonly hint: string | undefined;
  /** What the core says in its own words; see `Notice`. */
  readonly core?: string | undefined;
  readonly action: { readonly label: string; readonly run: () => void } | undefined;
}

/** Toasts to show. */
export interface Toasts {
  readonly shown: Cell<readonly Toast[]>;
  readonly add: (toast: Omit<Toast, 'id'>) => void;
  readonly dismiss: (id: number) => void;
}

/** Good news leaves by itself; what went wrong stays until it is read. */
const SHOWN_MS = 5_000;
const MOST_TOASTS = 2;

/**
 * A queue that keeps the newest toasts; a message that is there already is not said twice.
 *
 * @param isHeld whether the mouse or the keyboard is at them: one that went then would leave the click to what lies beneath
 */
export function createToasts(time: Pick<PageTime, 'setTimer'>, isHeld: () => boolean = () => false): Toasts {
  const shown = createCell<readonly Toast[]>([]);
  let lastId = 0;
  const dismiss = (id: number): void => shown.set(shown.get().filter((toast) => toast.id !== id));
  const leaveSoon = (id: number): void => {
    time.setTimer(SHOWN_MS, () => (isHeld() ? leaveSoon(id) : dismiss(id)));
  };
  return {
    shown,
    dismiss,
    add(toast) {
      lastId += 1;
      const id = lastId;
      const others = shown
        .get()
        .filter(
          (other) => other.message !== toast.message && (toast.severity === 'error' || other.severity === 'error'),
        );
      shown.set([...others, { ...toast, id }].slice(-MOST_TOASTS));
      if (toast.severity !== 'error') {
        leaveSoon(id);
      }
    },
  };
}
