import type { StateView } from '../core/app/state-store.ts';
import type { Clock } from '../core/model/clock.ts';
import type { AppState, PromptState } from '../shared/app-state.ts';
import { followState } from './follow-state.ts';
import type { MessageButton, Notifier, ShownMessage } from './notifications.ts';
import { promptWords } from './prompt-words.ts';
import { RepeatLimit } from './repeat-limit.ts';
import type { Texts } from './texts.ts';

/** Programs that are started together ask together: after this long they are told in one message. */
const GATHER_MS = 500;

/** What questions of programs need to become notifications. */
export interface PromptMessageParts {
  readonly notifier: Notifier;
  readonly state: StateView;
  readonly clock: Clock;
  readonly texts: (state: AppState) => Texts;
  /** Whether the user has the questions in sight already. */
  readonly isAnswering: () => boolean;
  /** The user turns to the question. */
  readonly onClick: () => void;
  readonly answer: (promptId: string, answer: 'accept' | 'refuse') => void;
  /** There is no telling the user: the question has to show itself. */
  readonly onFailed: () => void;
}

/** Tells of what programs want. */
export interface PromptMessages {
  /** The user has turned to the question: the message has done its work. */
  takeBack(): void;
  close(): void;
}

/**
 * Tells once of the first question when it is a program's: which program, for which role. Nothing else happens until the user
 * turns to it. The message goes when the question does. A sign-in that nobody answers and the same program asks for over and over is
 * told twice and then left to the tray; codes and uses are told each time, since each may be the user's own doing.
 */
export function setUpPromptMessages(parts: PromptMessageParts): PromptMessages {
  let told: { readonly id: string; readonly end: () => void } | undefined;
  const limit = new RepeatLimit();
  const takeBack = (): void => told?.end();
  const endFollowing = followState(
    parts.state,
    (state) => programQuestion(state)?.id,
    (id) => {
      takeBack();
      told = id === undefined ? undefined : { id, end: tell(parts, limit, id) };
    },
  );
  return {
    takeBack,
    close: () => {
      endFollowing();
      takeBack();
    },
  };
}

/** The question to show, if a program asks it. */
function programQuestion({ prompts }: AppState): PromptState | undefined {
  const first = prompts[0];
  return first?.userAsked === false ? first : undefined;
}

/** Tells of the question in a moment, if it is still there. Returns the function that takes the message, or the plan for it, back. */
function tell(parts: PromptMessageParts, limit: RepeatLimit, id: string): () => void {
  let shown: ShownMessage | undefined;
  const cancel = parts.clock.setTimer(GATHER_MS, () => {
    const state = parts.state.get();
    const prompt = programQuestion(state);
    const isToBeTold = prompt?.id === id && state.settings.notifyWhenAsked && !parts.isAnswering();
    if (isToBeTold && mayTell(prompt, limit, parts.clock)) {
      shown = show(parts, prompt);
    }
  });
  return () => {
    cancel();
    shown?.close();
  };
}

function mayTell(prompt: PromptState, limit: RepeatLimit, clock: Clock): boolean {
  const key = prompt.kind === 'sign-in' ? JSON.stringify([prompt.ssoSession, prompt.asker.program]) : undefined;
  return key === undefined || limit.mayTell(key, clock.now().getTime());
}

function show(parts: PromptMessageParts, prompt: PromptState): ShownMessage | undefined {
  const state = parts.state.get();
  const texts = parts.texts(state);
  return parts.notifier.show({
    ...promptWords(prompt, state, texts),
    isUrgent: true,
    onClick: parts.onClick,
    buttons: buttonsFor(parts, prompt, texts),
    onFailed: parts.onFailed,
  });
}

/** A code must be typed, and who uses a guarded role must be seen on screen: there the buttons lead to the question, or away. */
function buttonsFor(parts: PromptMessageParts, prompt: PromptState, texts: Texts): readonly MessageButton[] {
  const answer = (label: string, choice: 'accept' | 'refuse'): MessageButton => ({
    label,
    onPress: () => parts.answer(prompt.id, choice),
  });
  switch (prompt.kind) {
    case 'mfa':
      return [];
    case 'sign-in':
      return [answer(texts.signIn, 'accept'), answer(texts.refuse, 'refuse')];
    case 'confirm-use':
      return prompt.guarded ? [] : [answer(texts.allow, 'accept'), answer(texts.refuse, 'refuse')];
  }
}
