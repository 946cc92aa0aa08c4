import { useEffect, type RefObject } from 'react';

/**
 * Leads keys to the search field when nothing holds the keyboard: what held it has left the page, as the button by which the last
 * thing was done may have. Without this the page would be deaf until the next click.
 */
export function useLostKeys(search: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const field = search.current;
      const isOverlaid = document.querySelector('dialog[open], [popover]:popover-open') !== null;
      // Tab begins at the top of the page by itself.
      if (event.target !== document.body || field === null || isOverlaid || event.key === 'Tab') {
        return;
      }
      // A letter then lands in the field by itself; all other keys are handled as if they had been pressed there.
      field.focus();
      const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
      const again = { key, code, altKey, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true };
      if (!field.dispatchEvent(new KeyboardEvent('keydown', again))) {
        event.preventDefault();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [search]);
}
