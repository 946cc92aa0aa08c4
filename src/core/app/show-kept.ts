import type { KeptFiles } from './kept-files.ts';
import { sameOr } from './same-or.ts';
import type { StateStore } from './state-store.ts';

/**
 * Brings what the user set and said into the state, as it is kept now. What is changed here while the files are read counts: an older reading
 * must not undo on the screen what the user just did.
 */
export async function showKept({ settings, marks, recentTargets }: KeptFiles, store: StateStore): Promise<void> {
  for (;;) {
    const before = store.get();
    const read = await Promise.all([settings.read(), marks.read(), recentTargets.read()]);
    const now = store.get();
    const isOvertaken =
      now.settings !== before.settings || now.marks !== before.marks || now.recentTargets !== before.recentTargets;
    if (!isOvertaken) {
      store.update((state) => ({
        settings: sameOr(state.settings, read[0]),
        marks: sameOr(state.marks, read[1]),
        recentTargets: sameOr(state.recentTargets, read[2]),
      }));
      return;
    }
  }
}
