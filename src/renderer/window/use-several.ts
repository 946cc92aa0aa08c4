import { useMemo, useState, type MouseEvent } from 'react';
import type { RoleEntry } from '../model/access-entry.ts';
import type { ItemList } from '../model/item-list.ts';
import { roleOf, type Selection } from '../model/list-item.ts';
import { selectionAt, stepFrom, type SelectionState } from '../popover/use-access-list.ts';
import type { AccessSearch } from '../popover/use-access-search.ts';
import { useLatest } from '../shell/use-latest.ts';

/** The selection of several roles, beside the one that the keys act on. */
export interface SeveralState {
  /** The roles that are selected; none where it is but one. */
  readonly several: readonly RoleEntry[];
  readonly isSelected: (entry: RoleEntry, index: number) => boolean;
  /** What a click on a row does. Stays the same function, for rows keep what they were drawn with. */
  readonly press: (index: number, event: MouseEvent) => void;
  /** Selects all from where the selection began to the role `steps` further down (or up). */
  readonly extend: (steps: number) => void;
  readonly extendToEdge: (edge: 'first' | 'last') => void;
  readonly selectAll: () => void;
  /** Goes back to one. */
  readonly selectOne: () => void;
}

/** Which are selected, from where on it extends, and the selection it belongs to: whatever moves that ends this. */
interface Chosen {
  readonly entries: readonly RoleEntry[];
  readonly keys: ReadonlySet<string>;
  /** The list that they were chosen from. */
  readonly items: ItemList | undefined;
  readonly anchor: Selection | undefined;
  readonly lead: Selection | undefined;
}

const NONE: Chosen = { entries: [], keys: new Set(), items: undefined, anchor: undefined, lead: undefined };

/** Keeps several selected with the conventions of desktop lists: Ctrl or Command and a click, Shift and a click or a move, all. */
export function useSeveral(
  items: ItemList,
  { selected, setSelected }: AccessSearch,
  { active, activeIndex, select }: SelectionState,
): SeveralState {
  const [last, setLast] = useState(NONE);
  const chosen = last.lead === selected ? last : NONE;
  const several = useMemo(() => {
    // Of another list, as after a refresh, only what is there.
    const isSame = items === chosen.items || chosen.keys.size < 2;
    const found = isSame ? chosen.entries : rolesIn(items, 0, items.length).filter(({ key }) => chosen.keys.has(key));
    return found.length < 2 ? [] : found;
  }, [items, chosen]);
  const isSeveral = several.length > 0;
  const choose = (entries: readonly RoleEntry[], anchor: Selection | undefined, lead: Selection | undefined): void => {
    setLast({ entries, keys: new Set(entries.map(({ key }) => key)), items, anchor, lead });
    setSelected(lead);
  };
  const extendTo = (index: number): void => {
    const kept = chosen.anchor === undefined ? -1 : items.placeOf(chosen.anchor);
    const from = kept < 0 ? activeIndex : kept;
    const roles = rolesIn(items, Math.min(from, index), Math.max(from, index) + 1);
    choose(roles, selectionAt(items, from), selectionAt(items, index));
  };
  const toggle = (index: number): void => {
    const pressed = selectionAt(items, index);
    const before = isSeveral ? several : active === undefined ? [] : [active.entry];
    const others = before.filter(({ key }) => key !== pressed?.entry.key);
    const after = others.length === before.length && pressed !== undefined ? [...before, pressed.entry] : others;
    const [only] = after;
    if (after.length > 1) {
      choose(after, pressed, pressed);
    } else if (only !== undefined && active !== undefined) {
      setSelected({ ...active, entry: only });
    }
  };
  const press: SeveralState['press'] = (index, event) => {
    const isOnButton = event.target instanceof Element && event.target.closest('button') !== null;
    if (isOnButton) {
      // It does its own thing for its own row; that must not cost the others their selection.
      return isSeveral ? undefined : select(index);
    }
    return event.shiftKey ? extendTo(index) : event.ctrlKey || event.metaKey ? toggle(index) : select(index);
  };
  return {
    several,
    isSelected: ({ key }, index) => (isSeveral ? chosen.keys.has(key) : index === activeIndex),
    press: useLatest(press),
    extend: (steps) => extendTo(stepFrom(items, activeIndex, steps)),
    extendToEdge: (edge) => extendTo(edge === 'first' ? stepFrom(items, -1, 1) : stepFrom(items, items.length, -1)),
    selectAll() {
      if (active !== undefined) {
        choose(rolesIn(items, 0, items.length), active, { ...active });
      }
    },
    selectOne: () => select(activeIndex),
  };
}

function rolesIn(items: ItemList, from: number, to: number): readonly RoleEntry[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => items.at(from + at)).flatMap((item) =>
    item?.kind === 'role' ? roleOf(item) : [],
  );
}
