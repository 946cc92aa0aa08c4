import type { Notification, NotificationConstructorOptions } from 'electron';

/** What the shell uses of a notification. */
export type AppNotification = Pick<Notification, 'show' | 'close' | 'on'>;

/** Electron's class of notifications. */
export type NotificationClass = (new (options: NotificationConstructorOptions) => AppNotification) & {
  isSupported(): boolean;
};

/** One thing to tell, and what the user may do about it. */
export interface Message {
  readonly title: string;
  readonly body: string;
  /** A program waits for the user: it stays until it is dealt with. */
  readonly isUrgent?: boolean;
  /** It only confirms what the user did just now. */
  readonly isQuiet?: boolean;
  readonly onClick?: () => void;
  /** Shown by macOS (signed apps) and Windows; elsewhere there is the click. */
  readonly buttons?: readonly MessageButton[];
  /** The system did not take it. */
  readonly onFailed?: () => void;
}

/** A button on a notification. */
export interface MessageButton {
  readonly label: string;
  readonly onPress: () => void;
}

/** A message that was shown. */
export interface ShownMessage {
  close(): void;
}

/** Shows messages as notifications of the system. */
export interface Notifier {
  /** Undefined where the system shows none; `onFailed` was called then. */
  show(message: Message): ShownMessage | undefined;
}

/** Notifications through Electron. Those on screen are held on to: a collected one no longer tells of its clicks. */
export function createNotifier(Notification: NotificationClass, platform: 'linux' | 'darwin' | 'win32'): Notifier {
  const onScreen = new Set<AppNotification>();
  return {
    show: (message) => {
      if (!Notification.isSupported()) {
        message.onFailed?.();
        return undefined;
      }
      const notification = new Notification(optionsOf(message, platform));
      onScreen.add(notification);
      const forget = (): void => void onScreen.delete(notification);
      notification.on('click', () => message.onClick?.());
      notification.on('action', ({ actionIndex }) => message.buttons?.[actionIndex]?.onPress());
      notification.on('failed', () => {
        forget();
        message.onFailed?.();
      });
      notification.on('close', forget);
      notification.show();
      return {
        close: () => {
          forget();
          notification.close();
        },
      };
    },
  };
}

function optionsOf(message: Message, platform: 'linux' | 'darwin' | 'win32') {
  const { title, body, isUrgent = false, isQuiet = false, buttons = [] } = message;
  return {
    title,
    body: platform === 'linux' ? withoutMarkup(body) : body,
    silent: isQuiet,
    urgency: isQuiet ? 'low' : 'normal',
    timeoutType: isUrgent ? 'never' : 'default',
    actions: buttons.map(({ label }) => ({ type: 'button', text: label })),
  } satisfies NotificationConstructorOptions;
}

/** Desktops on Linux may take a body for markup, with links; names in it come from others. */
function withoutMarkup(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}
