import type { AppState } from '../../shared/app-state.ts';
import type { Client } from '../../shared/client.ts';
import type { Page } from '../../shared/pages.ts';
import type { AddSsoDraft } from '../dialogs/use-add-sso.ts';
import type { Text } from '../i18n/text.ts';
import { createAccessModels, type AccessModel } from '../state/access-model.ts';
import { createBusyRoles, type BusyRoles } from '../state/busy-roles.ts';
import { createCell, type Cell } from '../state/cell.ts';
import type { DoctorVisit } from '../state/doctor-visit.ts';
import { createDialogs, type Dialogs } from '../state/dialogs.ts';
import { followState } from '../state/follow-state.ts';
import { createMenus, type Menus } from '../state/menu.ts';
import { createRouter, type Router } from '../state/router.ts';
import { browserTime, createTicker, type Ticker } from '../state/ticker.ts';
import { createToasts, type Toasts } from '../state/toasts.ts';
import { createActions, type Actions } from './actions.ts';
import { followText } from './follow-text.ts';
import { readRowHeights, type RowHeights } from './row-heights.ts';

/** Everything a view can reach. One per page, made once, given down by context. */
export interface Shell {
  readonly client: Client;
  readonly state: Cell<AppState | undefined>;
  readonly connected: Cell<boolean>;
  readonly text: Cell<Text>;
  /** Whether the language of the screen has come. */
  readonly textReady: Cell<boolean>;
  readonly access: (state: AppState) => AccessModel;
  readonly actions: Actions;
  readonly busy: BusyRoles;
  readonly toasts: Toasts;
  readonly menus: Menus;
  readonly dialogs: Dialogs;
  readonly router: Router;
  readonly ticker: Ticker;
  readonly rowHeights: RowHeights;
  /** The Identity Center that is being typed at the first start: the form leaves the page when the window turns narrow or wide. */
  readonly firstSso: Cell<AddSsoDraft | undefined>;
  /** What the doctor found last. */
  readonly doctor: Cell<DoctorVisit>;
  /** Shows a page of the window: in this page where it is the window, else in the window itself. */
  readonly openPage: (page: Page, subject?: string) => void;
}

/** Makes the shell of a page and begins to follow the state. */
export function createShell(client: Client, window: Window): Shell {
  const time = browserTime(window.document);
  const { state, connected } = followState(client, (action) => nextFrame(window, action));
  const router = createRouter(window);
  const busy = createBusyRoles();
  const { text, ready: textReady } = followText(state, window);
  const toasts = createToasts(
    time,
    () => text.get(),
    () => window.document.querySelector('.toasts:is(:hover, :focus-within)') !== null,
  );
  const openPage: Shell['openPage'] = (page, subject) => {
    if (client.view === 'window') {
      router.go(page, subject);
    } else {
      void client.execute('openWindow', subject === undefined ? { page } : { page, subject });
    }
  };
  return {
    client,
    state,
    connected,
    text,
    textReady,
    access: createAccessModels(),
    busy,
    toasts,
    menus: createMenus(),
    dialogs: createDialogs(),
    router,
    ticker: createTicker(time),
    rowHeights: readRowHeights(window),
    firstSso: createCell<AddSsoDraft | undefined>(undefined),
    doctor: createCell<DoctorVisit>({ kind: 'never' }),
    openPage,
    actions: createActions({
      client,
      state,
      toasts,
      busy,
      writeClipboard: (plain) => window.navigator.clipboard.writeText(plain),
      openPage,
    }),
  };
}

/** Hidden pages draw no frames; there, soon is soon enough. */
function nextFrame(window: Window, action: () => void): void {
  if (window.document.visibilityState === 'hidden') {
    window.setTimeout(action, 0);
  } else {
    window.requestAnimationFrame(action);
  }
}
