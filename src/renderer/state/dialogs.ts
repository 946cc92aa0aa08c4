import type { Question } from '../dialogs/ask-dialog.tsx';
import type { MemberDialog } from '../member/member-dialog.ts';
import type { ProfileDialog } from '../profiles/profile-dialog.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { createCell, type Cell } from './cell.ts';

/** A dialog that is open, and what it is about. */
export type OpenDialog =
  | MemberDialog
  | { readonly kind: 'profiles'; readonly dialog: ProfileDialog }
  | ({ readonly kind: 'ask' } & Question)
  | { readonly kind: 'keys' }
  | { readonly kind: 'destination'; readonly entry: RoleEntry }
  | { readonly kind: 'marks'; readonly entry: RoleEntry }
  | { readonly kind: 'long-job'; readonly entry: RoleEntry }
  | { readonly kind: 'instances'; readonly entry: RoleEntry }
  | { readonly kind: 'add-sso-session'; readonly startUrl?: string }
  | { readonly kind: 'remove-sso-session'; readonly ssoSession: string };

/** The one dialog of the screen, and the one that is over it for a moment. */
export interface Dialogs {
  readonly shown: Cell<OpenDialog | undefined>;
  readonly over: Cell<OpenDialog | undefined>;
  readonly open: (dialog: OpenDialog) => void;
  /** Opens it over the one that is open, which keeps what was typed. */
  readonly openOver: (dialog: OpenDialog) => void;
  /** Closes this dialog; where another has come in its place since, as after an answer that took long, that one stays. */
  readonly close: (dialog: OpenDialog) => void;
}

/** A holder of the open dialogs. */
export function createDialogs(): Dialogs {
  const shown = createCell<OpenDialog | undefined>(undefined);
  const over = createCell<OpenDialog | undefined>(undefined);
  return {
    shown,
    over,
    open: (dialog) => shown.set(dialog),
    openOver: (dialog) => over.set(dialog),
    close(dialog) {
      const place = over.get() === dialog ? over : shown;
      place.set(place.get() === dialog ? undefined : place.get());
    },
  };
}
