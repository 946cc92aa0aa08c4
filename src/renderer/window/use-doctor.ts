import type { DoctorFinding } from '../../shared/care-commands.ts';
import { findingText } from '../i18n/finding-words.ts';
import { useShell } from '../shell/shell-context.tsx';
import type { Shell } from '../shell/shell.ts';
import type { Toast } from '../state/toasts.ts';
import { lastReading } from '../state/doctor-visit.ts';

/** What can be asked of the doctor. */
export interface DoctorActions {
  /** Looks at everything, or at everything but the network. While it looks, asking again does nothing. */
  readonly look: (offline: boolean) => Promise<void>;
  /** Makes the fix of a finding, offers to take it back, and looks again. Resolves to whether it was made. */
  readonly fix: (finding: DoctorFinding, offline: boolean) => Promise<boolean>;
}

/** The doctor, for its page. What was found stays in the shell, so that the page is there at once when it is opened again. */
export function useDoctor(): DoctorActions {
  const shell = useShell();
  return {
    look: (offline) => look(shell, offline),
    async fix(finding, offline) {
      const made = await shell.actions.run('applyFix', { findingId: finding.id });
      if (made === undefined) {
        return false;
      }
      tellFixed(shell, finding, made.undoId, offline);
      await look(shell, offline);
      return true;
    },
  };
}

async function look({ client, doctor, ticker }: Shell, offline: boolean): Promise<void> {
  const before = doctor.get();
  if (before.kind === 'looking') {
    return;
  }
  const last = lastReading(before);
  doctor.set({ kind: 'looking', last });
  const reply = await client.execute('runDoctor', { offline });
  doctor.set(
    reply.ok
      ? { kind: 'seen', last: { ...reply.value, atMs: ticker.current(), offline } }
      : { kind: 'failed', failure: reply.failure, last },
  );
}

function tellFixed(shell: Shell, finding: DoctorFinding, undoId: string | undefined, offline: boolean): void {
  const say = (what: 'fixed' | 'undone', action?: Toast['action']): void =>
    shell.toasts.add(
      'ok',
      ({ t, findings }) => ({
        message: t.doctor[what],
        hint: findingText(findings.book.get() ?? {}, finding).title,
      }),
      action,
    );
  const takeBack = async (id: string): Promise<void> => {
    if ((await shell.actions.run('undoEdit', { id })) !== undefined) {
      say('undone');
      await look(shell, offline);
    }
  };
  say(
    'fixed',
    undoId === undefined ? undefined : { label: ({ t }) => t.common.undo, run: () => void takeBack(undoId) },
  );
}
