import { useEffect, useMemo, useState } from 'react';
import { firstRole, isRoleAt, type ItemList } from '../model/item-list.ts';
import { roleOf, type Selection } from '../model/list-item.ts';
import { browseItems, resultItems } from '../model/list-items.ts';
import type { UnknownFilter } from '../model/role-filters.ts';
import { createSearch, nameWords, searchAccess, type SearchScope } from '../model/search-access.ts';
import { useAccess, useAppState } from '../shell/use-app-state.ts';
import { whenIdle } from '../shell/use-idle.ts';
import { useSearchScope } from '../shell/use-search-scope.ts';
import { useWanted, type AccessSearch, type ShownSearch } from './use-access-search.ts';

/** The list of accounts and roles with its search and its selection. */
export interface AccessListState {
  readonly query: string;
  readonly setQuery: (query: string) => void;
  readonly words: readonly string[];
  /** What is searched. */
  readonly scope: SearchScope;
  /** A filter in the query that means nothing here. */
  readonly unknown: UnknownFilter | undefined;
  readonly items: ItemList;
  /** Place of the selected row; -1 where the list holds no role. */
  readonly activeIndex: number;
  readonly active: Selection | undefined;
  /** Selects the role `steps` further down (or up), at most to the end. */
  readonly move: (steps: number) => void;
  readonly moveToEdge: (edge: 'first' | 'last') => void;
}

/** Nobody scrolls further; one more letter says it better. */
const MOST_RESULTS = 500;

/** The popover's list; shows the role whose key is `wanted`, as often as another is wanted. */
export function useAccessList(held: ShownSearch, wanted: string | undefined): AccessListState {
  const { query } = held;
  const access = useAccess();
  const scope = useSearchScope(query);
  const { marks } = scope.guard;
  const liveRoles = useAppState((state) => state.liveRoles);
  const recentTargets = useAppState((state) => state.recentTargets);

  const [search] = useState(createSearch);
  const words = useMemo(() => nameWords(query), [query]);
  const found = useMemo(
    () => (query.trim() === '' ? undefined : search(scope, query, MOST_RESULTS)),
    [search, query, scope],
  );
  const items = useMemo(
    () => (found === undefined ? browseItems({ ...access, marks, liveRoles, recentTargets }) : resultItems(found)),
    [found, access, marks, liveRoles, recentTargets],
  );
  useEffect(() => warmSearch(scope), [scope]);
  const selection = useSelection(items, held);
  useWanted(held, wanted, ({ account }) =>
    account.ssoSession === undefined ? 'profiles' : `directory:${account.ssoSession}`,
  );
  return {
    ...selection,
    query,
    words,
    scope,
    unknown: found?.unknown,
    items,
    setQuery: held.search,
  };
}

/** One letter, which fits most names, more of them, and words that fit few. */
const WARM_QUERIES = ['a', 'ad', 'ad prod'];

/**
 * Searches while the browser has nothing else to do: the first letter then finds code that is compiled and texts that are folded. Gives
 * the function that calls it off.
 */
function warmSearch(scope: SearchScope, [query, ...rest]: readonly string[] = WARM_QUERIES): () => void {
  if (query === undefined) {
    return () => undefined;
  }
  let callOff = whenIdle(() => {
    searchAccess(scope, query, MOST_RESULTS);
    callOff = warmSearch(scope, rest);
  });
  return () => callOff();
}

/** The selection of a list, and how it moves. */
export interface SelectionState extends Pick<AccessListState, 'activeIndex' | 'active' | 'move' | 'moveToEdge'> {
  readonly select: (index: number) => void;
}

/**
 * Keeps the selection on a role, not on a place: rows that stream in above it must not put another account under the user's Enter.
 */
export function useSelection(items: ItemList, { selected, setSelected }: AccessSearch): SelectionState {
  const activeIndex = useMemo(() => {
    const kept = selected === undefined ? -1 : items.placeOf(selected);
    return kept >= 0 ? kept : firstRole(items);
  }, [items, selected]);
  const select = (index: number): void => setSelected(selectionAt(items, index));
  return {
    activeIndex,
    active: useMemo(() => selectionAt(items, activeIndex), [items, activeIndex]),
    select,
    move: (steps) => select(stepFrom(items, activeIndex, steps)),
    moveToEdge: (edge) => select(edge === 'first' ? stepFrom(items, -1, 1) : stepFrom(items, items.length, -1)),
  };
}

/** The role at a place, as a selection; undefined where there is none. */
export function selectionAt(items: ItemList, index: number): Selection | undefined {
  const item = items.at(index);
  return item?.kind === 'role' ? { section: item.section, entry: roleOf(item) } : undefined;
}

/** The place of the role that many roles away, the last one there is where the list ends before. */
export function stepFrom(items: ItemList, from: number, steps: number): number {
  const direction = Math.sign(steps);
  let reached = from;
  let left = Math.abs(steps);
  for (let at = from + direction; left > 0 && at >= 0 && at < items.length; at += direction) {
    if (isRoleAt(items, at)) {
      reached = at;
      left -= 1;
    }
  }
  return reached;
}
