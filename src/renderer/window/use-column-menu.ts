import type { Settings } from '../../shared/settings.ts';
import type { Text } from '../i18n/text.ts';
import { OPTIONAL_COLUMNS, type ChosenColumns, type ColumnName } from '../model/table-columns.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useSettings } from '../shell/use-settings.ts';
import { useText } from '../shell/use-text.ts';
import type { MenuEntry } from '../state/menu.ts';

/** What a column is called at its head and in the menu. */
export function columnLabel(name: ColumnName, { t }: Text): string {
  switch (name) {
    case 'session':
      return t.profiles.facts.ssoSession;
    case 'region':
      return t.destination.region;
    case 'profiles':
      return t.sections.profiles;
    default:
      return t.table.columns[name];
  }
}

/** Opens the menu in which the user says which columns the table has. */
export function useColumnMenu(): (anchor: HTMLElement) => void {
  const { actions, menus } = useShell();
  const text = useText();
  const kept = useSettings().tableColumns;
  const chosen: ChosenColumns = kept;
  const save = (tableColumns: Settings['tableColumns']): void => actions.updateSettings({ tableColumns });
  return (anchor) => {
    const head = anchor.closest('[role=row]');
    const item = (name: ColumnName): MenuEntry => {
      // What finds no room is not shown, whatever was chosen.
      const isInSight = head?.querySelector(`.table__cell--${name}`)?.checkVisibility() === true;
      const checked = isInSight || chosen[name] === true;
      return {
        kind: 'item',
        id: name,
        label: columnLabel(name, text),
        checked,
        toggles: true,
        ...(checked && !isInSight ? { note: text.t.table.noRoom } : {}),
        run: () => save({ ...kept, [name]: !checked }),
      };
    };
    const reset: MenuEntry = { kind: 'item', id: 'reset', label: text.t.table.usualColumns, run: () => save({}) };
    menus.open({
      label: text.t.table.chooseColumns,
      anchor,
      entries: [
        ...OPTIONAL_COLUMNS.map(item),
        ...(Object.keys(chosen).length === 0 ? [] : [{ kind: 'line', id: 'line' } as const, reset]),
      ],
    });
  };
}
