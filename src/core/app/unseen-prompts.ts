import { NobodyToAskError } from '../broker/errors.ts';
import type { PromptPort } from '../session/ports.ts';

/** The questions of an app that nobody sees: each is left at once to whoever needs the answer, who may sit at a terminal. */
export const UNSEEN_PROMPTS: PromptPort = {
  askMfa: () => Promise.reject(new NobodyToAskError()),
  askPermission: () => Promise.reject(new NobodyToAskError()),
};
