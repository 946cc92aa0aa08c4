/** What is pressed as a whole, wherever within it the mouse is. */
const CONTROLS = 'button, label, summary, select, input, textarea, [role=row], [role=option]';

interface Press {
  readonly control: Element | null;
  /** Rows of the popover's list are kept by place: the role tells whether it is the same row still. */
  readonly role: string | undefined;
}

/**
 * Keeps the second click of a double click from what has come under the mouse since the first: the next question once one is
 * answered, the rule below one that was taken away, the role beneath a menu or dialog that has closed. Nobody meant those.
 */
export function guardSecondClick(page: Document): void {
  let first: Press | undefined;
  let isStray = false;
  page.addEventListener(
    'mousedown',
    (event) => {
      const press = pressOf(event.target);
      isStray = event.detail > 1 && (press.control !== first?.control || press.role !== first.role);
      if (!isStray) {
        first = press;
      }
    },
    { capture: true },
  );
  const stop = (event: MouseEvent): void => {
    // Keys click with no count; they are no part of a double click.
    if (isStray && event.detail > 1) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  page.addEventListener('click', stop, { capture: true });
  page.addEventListener('dblclick', stop, { capture: true });
}

function pressOf(target: EventTarget | null): Press {
  const element = target instanceof Element ? target : null;
  const control = element?.closest(CONTROLS) ?? element;
  return { control, role: control instanceof HTMLElement ? control.dataset['target'] : undefined };
}
