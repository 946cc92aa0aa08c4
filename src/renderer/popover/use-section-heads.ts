import { displayText } from '../model/display-text.ts';
import type { SectionId } from '../model/list-item.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';

/** What the head of a section says. */
export interface SectionHead {
  readonly label: string;
  readonly note: string | undefined;
}

/** Words for the head of a section. */
export type SectionHeads = (section: SectionId) => SectionHead;

/** Words for the heads of the list. With one Identity Center its name would say nothing new: its head says what the list holds. */
export function useSectionHeads(): SectionHeads {
  const { t, format } = useText();
  const sessions = useAppState((state) => state.ssoSessions);
  const directories = useAppState((state) => state.directories);
  return (section) => {
    if (!section.startsWith('directory:')) {
      const known = section as Exclude<SectionId, `directory:${string}`>;
      return { label: t.sections[known], note: undefined };
    }
    const id = section.slice('directory:'.length);
    const session = sessions.find((candidate) => candidate.id === id);
    const count = directories[id]?.accounts.length ?? 0;
    const { added, removed } = directories[id]?.changes ?? { added: 0, removed: 0 };
    const accounts = t.sections.accountCount(count, format.number(count));
    return {
      label: sessions.length > 1 ? displayText(session?.name ?? id) : t.sections.all,
      note:
        added + removed === 0 ? accounts : t.sections.changes(accounts, format.number(added), format.number(removed)),
    };
  };
}
