import type { JSX } from 'react';
import { IconButton } from './icon-button.tsx';

/** Removes the row it stands in. By the keyboard, that goes to the next row, or to the field by which one is added. */
export function RemoveButton(props: { readonly label: string; readonly onRemove: () => void }): JSX.Element {
  return (
    <IconButton
      data-remove
      icon="trash"
      label={props.label}
      onKeyDown={(event) => {
        // A key held down would go on with the next row.
        if (event.repeat) {
          event.preventDefault();
        }
      }}
      onClick={(event) => {
        if (event.detail === 0) {
          neighbourOf(event.currentTarget.parentElement)?.focus();
        }
        props.onRemove();
      }}
    />
  );
}

function neighbourOf(row: Element | null): HTMLElement | null | undefined {
  const [next, last] = [row?.nextElementSibling, row?.previousElementSibling];
  return (
    next?.querySelector<HTMLElement>('[data-remove]') ??
    last?.querySelector<HTMLElement>('[data-remove]') ??
    next?.querySelector('input')
  );
}
