import type { ProfileToolWords } from '../i18n/profile-tool-words.ts';
import type { Shell } from '../shell/shell.ts';

/** Says that a change was made; where it can be undone, the way to that is at hand. */
export function tellDone(shell: Shell, message: (words: ProfileToolWords) => string, undoId?: string): void {
  shell.toasts.add(
    'ok',
    ({ t }) => ({ message: message(t.profileTools) }),
    undoId === undefined
      ? undefined
      : {
          label: ({ t }) => t.common.undo,
          run: () => shell.dialogs.open({ kind: 'profiles', dialog: { kind: 'undo', editId: undoId } }),
        },
  );
}
