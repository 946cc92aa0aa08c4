import type { Text } from '../i18n/text.ts';
import { createCell, type Cell } from './cell.ts';
import type { PageTime } from './ticker.ts';

/** What a toast says. */
export interface ToastWords {
  readonly message: string;
  readonly hint?: string | undefined;
  /** What the core says in its own words; see `Notice`. */
  readonly core?: string | undefined;
}

/** A word on what just happened, at the foot of the screen. Its words are asked for when they are shown: the language may have changed. */
export interface Toast {
  readonly id: number;
  readonly severity: 'ok' | 'info' | 'error';
  readonly words: (text: Text) => ToastWords;
  readonly action: { readonly label: (text: Text) => string; readonly run: () => void } | undefined;
}

/** Toasts to show. */
export interface Toasts {
  readonly shown: Cell<readonly Toast[]>;
  readonly add: (severity: Toast['severity'], words: Toast['words'], action?: Toast['action']) => void;
  readonly dismiss: (id: number) => void;
}

/** Good news leaves by itself; what went wrong stays until it is read. */
const SHOWN_MS = 5_000;
const MOST_TOASTS = 2;

/**
 * A queue that keeps the newest toasts; a message that is there already is not said twice.
 *
 * @param text what the screen speaks now
 * @param isHeld whether the mouse or the keyboard is at them: one that went then would leave the click to what lies beneath
 */
export function createToasts(
  time: Pick<PageTime, 'setTimer'>,
  text: () => Text,
  isHeld: () => boolean = () => false,
): Toasts {
  const shown = createCell<readonly Toast[]>([]);
  let lastId = 0;
  const dismiss = (id: number): void => shown.set(shown.get().filter((toast) => toast.id !== id));
  const leaveSoon = (id: number): void => {
    time.setTimer(SHOWN_MS, () => (isHeld() ? leaveSoon(id) : dismiss(id)));
  };
  return {
    shown,
    dismiss,
    add(severity, words, action) {
      lastId += 1;
      const id = lastId;
      const { message } = words(text());
      const others = shown
        .get()
        .filter(
          (other) => other.words(text()).message !== message && (severity === 'error' || other.severity === 'error'),
        );
      shown.set([...others, { id, severity, words, action }].slice(-MOST_TOASTS));
      if (severity !== 'error') {
        leaveSoon(id);
      }
    },
  };
}
