import type { JSX } from 'react';
import { SearchField } from '../components/search-field.tsx';
import { useText } from '../shell/use-text.ts';

/** The field above a list to pick from: what is typed narrows the list, whose row that Enter would take is named to screen readers. */
export function PickerField(props: {
  readonly label: string;
  /** Undefined while there is no list. */
  readonly listId: string | undefined;
  readonly activeId: string | undefined;
  readonly query: string;
  readonly onQuery: (query: string) => void;
}): JSX.Element {
  const { t } = useText();
  return (
    <div className="picker__bar">
      <SearchField
        data-focus-first
        role="combobox"
        aria-expanded={props.listId !== undefined}
        aria-autocomplete="list"
        aria-controls={props.listId}
        aria-activedescendant={props.activeId}
        label={props.label}
        clearLabel={t.list.clear}
        value={props.query}
        onValue={props.onQuery}
      />
    </div>
  );
}
