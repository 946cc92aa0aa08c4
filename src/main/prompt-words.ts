import type { AppState, Asker, PromptState, WaitingProgram } from '../shared/app-state.ts';
import { plainName } from './menu-label.ts';
import { sessionName } from './notice-words.ts';
import { targetName } from './target-names.ts';
import type { Texts } from './texts.ts';

const MAX_FOLDER = 120;

/** A program's question as a notification says it: the program and what it wants first, then the role and where the program runs. */
export function promptWords(
  prompt: PromptState,
  state: AppState,
  texts: Texts,
): { readonly title: string; readonly body: string } {
  const program = plainName(prompt.asker.program);
  const role = targetName(prompt.target, state);
  const where = folderOf(prompt.asker, texts);
  switch (prompt.kind) {
    case 'mfa':
      return {
        title: texts.wantsCode(program),
        body: joined([texts.wantedFor(role), texts.device(plainName(prompt.deviceName)), ...where]),
      };
    case 'sign-in': {
      const waiting = [prompt, ...prompt.others];
      return {
        title: texts.wantsSignIn(programsOf(waiting, texts), sessionName(prompt.ssoSession, state)),
        body: joined([texts.wantedFor(rolesOf(waiting, state, texts)), ...(prompt.others.length === 0 ? where : [])]),
      };
    }
    case 'confirm-use':
      return {
        title: texts.wantsRole(program, role),
        body: joined([...(prompt.guarded ? [texts.guardedUse] : []), ...where]),
      };
  }
}

/** Each name once: many runs of one program are one program here. */
function programsOf(waiting: readonly WaitingProgram[], texts: Texts): string {
  return listed(
    waiting.map(({ asker }) => plainName(asker.program)),
    texts,
  );
}

function rolesOf(waiting: readonly WaitingProgram[], state: AppState, texts: Texts): string {
  return listed(
    waiting.map(({ target }) => targetName(target, state)),
    texts,
  );
}

function listed(names: readonly string[], { language }: Texts): string {
  return new Intl.ListFormat(language).format(new Set(names));
}

function folderOf({ folder }: Asker, texts: Texts): readonly string[] {
  return folder === undefined ? [] : [texts.inFolder(plainName(folder, MAX_FOLDER))];
}

function joined(parts: readonly string[]): string {
  return parts.join(' · ');
}
