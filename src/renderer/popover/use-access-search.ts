import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { RoleEntry } from '../model/access-entry.ts';
import type { SectionId, Selection } from '../model/list-item.ts';
import type { TableSort } from '../model/table-rows.ts';
import { useAccess } from '../shell/use-app-state.ts';

/**
 * What is searched for, which role is selected, and the table's order. Held above the list, for the window shows another one when it is
 * made narrow, and other pages in between.
 */
export interface AccessSearch {
  readonly query: string;
  readonly selected: Selection | undefined;
  readonly setSelected: (selected: Selection | undefined) => void;
  /** Looks for something else, from its first role on. */
  readonly search: (query: string) => void;
  readonly sort: TableSort | undefined;
  readonly setSort: (sort: TableSort | undefined) => void;
}

/** The search of a list on the page, told of what was wanted there. */
export interface ShownSearch extends AccessSearch {
  /** Whether another role is wanted than the last time this was asked. */
  readonly isNewWish: (wanted: string | undefined) => boolean;
}

/** Holds a search. */
export function useAccessSearch(): AccessSearch {
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState<Selection | undefined>(undefined);
  const [sort, setSort] = useState<TableSort | undefined>(undefined);
  return {
    query,
    selected,
    setSelected,
    sort,
    setSort,
    search(next) {
      setQuery(next);
      setSelected(undefined);
    },
  };
}

/** A search for as long as its page is shown: who comes back by a link wants its role again. */
export function useShownSearch(held: AccessSearch): ShownSearch {
  const followed = useRef<string | undefined>(undefined);
  return {
    ...held,
    isNewWish(wanted) {
      const isNew = wanted !== followed.current;
      followed.current = wanted;
      return isNew;
    },
  };
}

/**
 * Selects the role whose key is `wanted`, once for each that is wanted: after that the selection is the user's. A query that may hide it
 * goes. A list that takes another's place takes its selection along, into the section in which it shows roles itself.
 */
export function useWanted(
  held: ShownSearch,
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
  // Only when the list comes, and before what is wanted: that has the last word.
  useEffect(() => takeOver(), []);
  useEffect(() => follow(wanted), [wanted]);
}
