import type { PromptState, WaitingProgram } from '../../shared/app-state.ts';
import type { Text } from '../i18n/text.ts';
import { askerText } from '../model/asker-text.ts';
import { isolated } from '../model/display-text.ts';

/** A question in one line: which program asks, or, where several wait for one sign-in, each of them with its role. */
export function callText(prompt: PromptState, { t, language }: Text): string {
  if (prompt.kind !== 'sign-in' || prompt.others.length === 0) {
    return t.prompts.calls[prompt.kind](askerText(prompt.asker, t.asker));
  }
  const named = [prompt, ...prompt.others].map(programText);
  return t.prompts.calledByAll(new Intl.ListFormat(language).format(named));
}

function programText({ asker, target }: WaitingProgram): string {
  const role = target.kind === 'profile' ? target.profile : `${target.roleName} ${target.accountId}`;
  return `${isolated(asker.program)} (${isolated(role)})`;
}
