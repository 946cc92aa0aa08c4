import type { Notification, NotificationConstructorOptions } from 'electron';
import type { StateView } from '../core/app/state-store.ts';
import type { Notice } from '../shared/app-state.ts';
import { followState } from './follow-state.ts';
import { plainName } from './menu-label.ts';

/** What the shell uses of a notification. */
export type AppNotification = Pick<Notification, 'show' | 'close' | 'on'>;

/** What notifications need of Electron and the rest of the shell. */
export interface NotificationParts {
  readonly Notification: (new (options: NotificationConstructorOptions) => AppNotification) & {
    isSupported(): boolean;
  };
  readonly state: StateView;
  /** Whether the user looks at a window of ours, and so sees the notice there. */
  readonly isWatching: () => boolean;
  readonly onClick: (notice: Notice) => void;
}

/** Shows each new notice of the core once as a notification of the system, and takes it back when the notice goes. */
export function setUpNotifications(parts: NotificationParts): () => void {
  const open = new Map<string, AppNotification | undefined>();
  return followState(
    parts.state,
    (state) => state.notices,
    (notices) => {
      for (const [id, notification] of open) {
        if (!notices.some((notice) => notice.id === id)) {
          notification?.close();
          open.delete(id);
        }
      }
      for (const notice of notices.filter(({ id }) => !open.has(id))) {
        open.set(notice.id, parts.isWatching() ? undefined : showNotification(parts, notice));
      }
    },
  );
}

function showNotification(parts: NotificationParts, notice: Notice): AppNotification | undefined {
  if (!parts.Notification.isSupported()) {
    return undefined;
  }
  const notification = new parts.Notification({
    title: plainName(notice.message),
    body: notice.hint,
    urgency: notice.severity === 'info' ? 'low' : 'normal',
  });
  notification.on('click', () => parts.onClick(notice));
  notification.show();
  return notification;
}
