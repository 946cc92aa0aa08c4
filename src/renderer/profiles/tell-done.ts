import type { Shell } from '../shell/shell.ts';

/** Says that a change was made; where it can be undone, the way to that is at hand. */
export function tellDone(shell: Shell, message: string, undoId?: string): void {
  shell.toasts.add({
    severity: 'ok',
    message,
    hint: undefined,
    action:
      undoId === undefined
        ? undefined
        : {
            label: shell.text.get().t.common.undo,
            run: () => shell.dialogs.open({ kind: 'profiles', dialog: { kind: 'undo', editId: undoId } }),
          },
  });
}
