import type { HandlerContext, HandlersOf } from './handler.ts';

type PromptCommand = 'answerMfa' | 'autoFillMfa' | 'answerPrompt' | 'cancelPrompt';

/** The user's answers to what was asked. */
export function promptHandlers({ prompts }: HandlerContext): HandlersOf<PromptCommand> {
  return {
    async answerMfa({ promptId, tokenCode }) {
      prompts.answerMfa(promptId, tokenCode);
      return null;
    },
    async autoFillMfa({ promptId }) {
      prompts.autoFillMfa(promptId);
      return null;
    },
    async answerPrompt({ promptId, answer }) {
      prompts.answerPermission(promptId, answer);
      return null;
    },
    async cancelPrompt({ promptId }) {
      prompts.cancel(promptId);
      return null;
    },
  };
}
