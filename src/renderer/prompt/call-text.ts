import type { PromptState, WaitingProgram } from '../../shared/app-state.ts';
import type { Text } from '../i18n/text.ts';
import { displayText, isolated } from '../model/display-text.ts';

/** A question in one line: which program asks, for which role and where it runs; where several wait for one sign-in, each with its role. */
export function callText(prompt: PromptState, { t, language }: Text): string {
  if (prompt.kind !== 'sign-in' || prompt.others.length === 0) {
    const { folder } = prompt.asker;
    const who = programText(prompt);
    return t.prompts.calls[prompt.kind](folder === undefined ? who : t.asker.inFolder(who, displayText(folder)));
  }
  const named = [prompt, ...prompt.others].map(programText);
  return t.prompts.calledByAll(new Intl.ListFormat(language).format(named));
}

function programText({ asker, target }: WaitingProgram): string {
  const role = target.kind === 'profile' ? target.profile : `${target.roleName} ${target.accountId}`;
  return `${isolated(asker.program)} (${isolated(role)})`;
}
