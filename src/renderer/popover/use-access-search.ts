import { useEffect, useEffectEvent, useRef, useState } from 'react';
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
  /** Whether another role is wanted than the last time this was asked. */
  readonly isNewWish: (wanted: string | undefined) => boolean;
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
    isNewWish(wanted) {
      const isNew = wanted !== followed.current;
      followed.current = wanted;
      return isNew;
    },
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
  const follow = useEffectEvent((key: string | undefined) => {
    const entry = held.isNewWish(key) && key !== undefined ? find(key) : undefined;
    if (entry !== undefined) {
      held.search('');
      held.setSelected({ section: sectionOf(entry), entry });
    }
  });
  const takeOver = useEffectEvent(() => {
    const { query, selected } = held;
    if (selected !== undefined) {
      held.setSelected({ ...selected, section: query.trim() === '' ? sectionOf(selected.entry) : 'results' });
    }
  });
  useEffect(() => follow(wanted), [wanted]);
  // Only when the list comes.
  useEffect(() => takeOver(), []);
}
