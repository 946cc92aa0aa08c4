import { useEffect, useRef, useState, type RefObject } from 'react';
import type { RoleEntry } from '../model/access-entry.ts';
import type { SectionId, Selection } from '../model/list-item.ts';
import { useAccess } from '../shell/use-app-state.ts';

/** What is searched for and which role is selected. Held above the list, for the window shows another one when it is made narrow. */
export interface AccessSearch {
  readonly query: string;
  readonly selected: Selection | undefined;
  readonly setSelected: (selected: Selection | undefined) => void;
  /** Looks for something else, from its first role on. */
  readonly search: (query: string) => void;
  /** The role that was wanted last. */
  readonly followed: RefObject<string | undefined>;
}

/** Holds a search. */
export function useAccessSearch(): AccessSearch {
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState<Selection | undefined>(undefined);
  const followed = useRef<string | undefined>(undefined);
  return {
    query,
    selected,
    setSelected,
    followed,
    search(next) {
      setQuery(next);
      setSelected(undefined);
    },
  };
}

/**
 * Selects the role whose key is `wanted`, once for each that is wanted: after that the selection is the user's. A query that may hide it
 * goes. A list that takes another's place takes its selection along, into the section in which it shows roles itself.
 */
export function useWanted(
  held: AccessSearch,
  wanted: string | undefined,
  sectionOf: (entry: RoleEntry) => SectionId,
): void {
  const { find } = useAccess();
  useEffect(() => {
    const entry = wanted === held.followed.current || wanted === undefined ? undefined : find(wanted);
    held.followed.current = wanted;
    if (entry !== undefined) {
      held.search('');
      held.setSelected({ section: sectionOf(entry), entry });
    }
    // eslint-disable-next-line react/exhaustive-deps
  }, [wanted]);
  useEffect(() => {
    const { query, selected } = held;
    if (selected !== undefined) {
      held.setSelected({ ...selected, section: query.trim() === '' ? sectionOf(selected.entry) : 'results' });
    }
    // Only when the list comes.
    // eslint-disable-next-line react/exhaustive-deps
  }, []);
}
