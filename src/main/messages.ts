import type { Core } from '../core/app/core.ts';
import type { AppState } from '../shared/app-state.ts';
import type { AppSetting } from './app-setting.ts';
import { followState } from './follow-state.ts';
import type { MainWindow } from './main-window.ts';
import { setUpNoticeMessages } from './notice-messages.ts';
import { createNotifier } from './notifications.ts';
import { setUpPromptMessages } from './prompt-messages.ts';
import type { PromptWindow } from './prompt-window.ts';
import { createShellActions, type ShellActions } from './shell-actions.ts';
import type { ShellApis } from './shell-apis.ts';
import { textsFor, type Texts } from './texts.ts';
import type { AppWindow } from './window-factory.ts';

/** Where messages lead. */
export interface MessageTargets {
  readonly mainWindow: MainWindow;
  readonly prompt: PromptWindow;
  all(): readonly AppWindow[];
}

/** What clicks outside our pages do, and the end of the messages. */
export interface Told {
  readonly actions: ShellActions;
  /** The user turns to the question that waits. */
  focusPrompt(): void;
  close(): void;
}

/** Ties the core's questions and notices to popup and notifications, and their clicks to the core. */
export function setUpMessages(
  electron: ShellApis,
  { clock, platform }: AppSetting,
  core: Core,
  windows: MessageTargets,
  openPopover: () => void,
): Told {
  const { mainWindow, prompt } = windows;
  const notifier = createNotifier(electron.Notification, platform);
  const texts = (state: AppState): Texts => textsOf(electron, state);
  const common = { notifier, state: core.state, clock, now: () => clock.now(), texts };
  const focusPrompt = (): void => {
    questions.takeBack();
    prompt.focus();
  };
  const actions = createShellActions({
    core,
    notifier,
    texts: () => texts(core.state.get()),
    now: common.now,
    openWindow: (where) => mainWindow.open(where),
    openPopover,
    focusPrompt,
    quit: () => electron.app.quit(),
  });
  const endPopup = followState(
    core.state,
    (state) => state.prompts,
    (prompts) => prompt.update(prompts),
  );
  const questions = setUpPromptMessages({
    ...common,
    isAnswering: () => prompt.isOpen,
    onClick: focusPrompt,
    answer: (promptId, answer) => actions.onPromptAnswer(promptId, answer),
    onFailed: () => prompt.showQuietly(),
  });
  const endNotices = setUpNoticeMessages({
    ...common,
    isWatching: () => windows.all().some((window) => window.isVisible() && window.isFocused()),
    onClick: (notice) => actions.onNotice(notice),
  });
  return { actions, focusPrompt, close: () => [endPopup, () => questions.close(), endNotices].forEach((end) => end()) };
}

/** The shell's texts in the language of this state. */
export function textsOf({ app }: Pick<ShellApis, 'app'>, state: AppState): Texts {
  return textsFor(state.settings.language, app.getPreferredSystemLanguages());
}
