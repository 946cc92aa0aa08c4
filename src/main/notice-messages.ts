import { SIGNED_OUT_PREFIX } from '../core/app/access-watch.ts';
import type { StateView } from '../core/app/state-store.ts';
import { CONDITION_PREFIX } from '../core/app/condition-notices.ts';
import { EXPIRY_PREFIX } from '../core/app/expiry-notices.ts';
import type { AppState, Notice } from '../shared/app-state.ts';
import { followState } from './follow-state.ts';
import { plainName } from './menu-label.ts';
import { noticeWords } from './notice-words.ts';
import type { Message, Notifier, ShownMessage } from './notifications.ts';
import type { Texts } from './texts.ts';

/** What the core's notices need to become notifications. */
export interface NoticeMessageParts {
  readonly notifier: Notifier;
  readonly state: StateView;
  readonly now: () => Date;
  readonly texts: (state: AppState) => Texts;
  /** Whether the user looks at a window of ours, and so sees the notice there. */
  readonly isWatching: () => boolean;
  readonly onClick: (notice: Notice) => void;
}

/**
 * Shows each new notice of the core once as a notification of the system, and takes it back when the notice goes. How things
 * stand, such as a missing keyring, is for the screen: told here it would come at every start.
 *
 * What happens again while its notice still stands, such as a click in the menu that fails once more, is told again.
 */
export function setUpNoticeMessages(parts: NoticeMessageParts): () => void {
  const open = new Map<string, { readonly notice: Notice; readonly message: ShownMessage | undefined }>();
  return followState(
    parts.state,
    (state) => state.notices,
    (notices) => {
      const news = notices.filter(({ id }) => !id.startsWith(CONDITION_PREFIX));
      for (const [id, { message }] of open) {
        if (!news.some((notice) => notice.id === id)) {
          message?.close();
          open.delete(id);
        }
      }
      for (const notice of news.filter((each) => isNews(each, open.get(each.id)?.notice))) {
        const isTold = isWanted(notice, parts.state.get()) && !parts.isWatching();
        open.get(notice.id)?.message?.close();
        open.set(notice.id, { notice, message: isTold ? parts.notifier.show(messageOf(parts, notice)) : undefined });
      }
    },
  );
}

/** A near end is one event, although its notice counts the minutes down; of every other kind each new notice is one. */
function isNews(notice: Notice, told: Notice | undefined): boolean {
  return told === undefined || (told !== notice && !notice.id.startsWith(EXPIRY_PREFIX));
}

/** Those of near ends are told by the core or not at all. */
function isWanted({ id }: Notice, { settings }: AppState): boolean {
  return settings.notifySignInEnded || !id.startsWith(SIGNED_OUT_PREFIX);
}

function messageOf(parts: NoticeMessageParts, notice: Notice): Message {
  const state = parts.state.get();
  const texts = parts.texts(state);
  const { title, body } = noticeWords(notice, state, parts.now(), texts);
  const onClick = (): void => parts.onClick(notice);
  const label = buttonLabel(notice, texts);
  return {
    title: plainName(title, MAX_TITLE),
    body,
    onClick,
    buttons: label === undefined ? [] : [{ label, onPress: onClick }],
  };
}

/** Names within are bounded already; the words around them may take their room. */
const MAX_TITLE = 200;

function buttonLabel({ action }: Notice, texts: Texts): string | undefined {
  switch (action?.kind) {
    case 'sign-in':
      return texts.signIn;
    case 'renew':
      return texts.renew;
    default:
      return undefined;
  }
}
