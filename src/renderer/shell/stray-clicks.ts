/** What is pressed as a whole, wherever within it the mouse is. */
const CONTROLS = 'button, label, summary, select, input, textarea, [role=row], [role=option]';

interface Press {
  readonly control: Element | null;
  /** The role of the row it stands in. Rows of the popover's list are kept by place: this tells whether it is the same row still. */
  readonly role: string | undefined;
}

/**
 * Keeps clicks from what has come under the mouse since it was pressed, or since the first press of a double click: another role where
 * the list has moved, the next question once one is answered, the rule below one that was taken away, the role beneath a menu or dialog
 * that has closed. Nobody meant those.
 */
export function guardStrayClicks(page: Document): void {
  let first: Press | undefined;
  let last: Press | undefined;
  page.addEventListener(
    'mousedown',
    (event) => {
      last = pressOf(event.target);
      if (event.detail < 2 || isSame(last, first)) {
        first = last;
      }
    },
    { capture: true },
  );
  const stop = (event: MouseEvent): void => {
    // Keys click with no count, and were never pressed here.
    if (event.detail > 0 && (last !== first || hasMoved(pressOf(event.target), last))) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  page.addEventListener('click', stop, { capture: true });
  page.addEventListener('dblclick', stop, { capture: true });
}

/** Whether another role stands where the mouse was pressed. A click that falls elsewhere, as a label's on its field, is none of it. */
function hasMoved(now: Press, pressed: Press | undefined): boolean {
  return now.control === pressed?.control && now.role !== pressed?.role;
}

function isSame(one: Press, other: Press | undefined): boolean {
  return one.control === other?.control && one.role === other?.role;
}

function pressOf(target: EventTarget | null): Press {
  const element = target instanceof Element ? target : null;
  return {
    control: element?.closest(CONTROLS) ?? element,
    role: element?.closest<HTMLElement>('[data-target]')?.dataset['target'],
  };
}
