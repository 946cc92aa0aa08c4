import { useEffect, useRef, type JSX, type KeyboardEvent } from 'react';
import type { MenuEntry, OpenMenu } from '../state/menu.ts';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import { Kbd } from './kbd.tsx';
import './menu.css';

/**
 * The open menu, in the browser's top layer beside its anchor. Takes the keyboard and gives it back to whoever had it.
 */
export function Menu(props: { readonly menu: OpenMenu; readonly onClose: () => void }): JSX.Element {
  const ref = useRef<HTMLDivElement>(null);
  const { menu, onClose } = props;

  useEffect(() => {
    const box = ref.current;
    const before = document.activeElement;
    if (box === null) {
      return undefined;
    }
    box.showPopover({ source: menu.anchor });
    focusItem(box, (items) => items.find((item) => item.ariaChecked === 'true') ?? items[0]);
    const onToggle = (event: ToggleEvent): void => {
      if (event.newState === 'closed') {
        onClose();
      }
    };
    const onPress = (event: PointerEvent): void => {
      if (!(event.target instanceof Node && box.contains(event.target))) {
        dropNextClick();
      }
    };
    box.addEventListener('toggle', onToggle);
    window.addEventListener('pointerdown', onPress, { capture: true });
    return () => {
      box.removeEventListener('toggle', onToggle);
      window.removeEventListener('pointerdown', onPress, { capture: true });
      // Whoever runs an item may have moved the keyboard on purpose, into a dialog say.
      if (
        before instanceof HTMLElement &&
        (document.activeElement === document.body || box.contains(document.activeElement))
      ) {
        before.focus();
      }
    };
  }, [menu, onClose]);

  return (
    <div
      ref={ref}
      className="menu"
      popover="auto"
      role="menu"
      aria-label={menu.label}
      onKeyDown={(event) => onMenuKey(event, onClose)}
    >
      {menu.entries.map((entry) => (
        <MenuLine key={entry.id} entry={entry} onClose={onClose} />
      ))}
    </div>
  );
}

/** The click that puts a menu away does nothing else: beside it lie roles that open at a click, and the button that would open it again. */
function dropNextClick(): void {
  const drop = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  const end = (): void => window.removeEventListener('click', drop, { capture: true });
  window.addEventListener('click', drop, { capture: true, once: true });
  // A press that is dragged away clicks nothing.
  window.addEventListener('pointerdown', end, { capture: true, once: true });
  window.addEventListener('keydown', end, { capture: true, once: true });
}

function MenuLine({ entry, onClose }: { readonly entry: MenuEntry; readonly onClose: () => void }): JSX.Element {
  if (entry.kind === 'heading') {
    return (
      <div className="menu__heading" role="presentation">
        {entry.label}
      </div>
    );
  }
  if (entry.kind === 'line') {
    return <div className="menu__line" role="separator" />;
  }
  const choice = entry.checked !== undefined;
  return (
    <button
      type="button"
      className={classes('menu__item', entry.tone === 'danger' && 'menu__item--danger')}
      role={entry.toggles === true ? 'menuitemcheckbox' : choice ? 'menuitemradio' : 'menuitem'}
      aria-checked={entry.checked}
      disabled={entry.disabled}
      tabIndex={-1}
      onPointerMove={(event) => event.currentTarget.focus()}
      onClick={() => {
        onClose();
        entry.run();
      }}
    >
      {choice ? <MenuCheck checked={entry.checked ?? false} /> : entry.icon !== undefined && <Icon name={entry.icon} />}
      {entry.dot !== undefined && <span className="dot" data-colour={entry.dot} />}
      <span className="menu__label">{entry.label}</span>
      {entry.note !== undefined && <span className="menu__note numeric"> {entry.note}</span>}
      {entry.keys !== undefined && <Kbd keys={entry.keys} />}
    </button>
  );
}

function MenuCheck({ checked }: { readonly checked: boolean }): JSX.Element {
  return checked ? <Icon name="check" /> : <span className="icon" />;
}

function onMenuKey(event: KeyboardEvent<HTMLElement>, onClose: () => void): void {
  const box = event.currentTarget;
  const step = stepOf(event.key);
  if (step !== undefined) {
    focusItem(box, (items) => items[step(items.indexOf(document.activeElement as HTMLButtonElement), items.length)]);
  } else if (event.key === 'Escape' || event.key === 'ArrowLeft' || event.key === 'Tab') {
    onClose();
  } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    focusItem(box, (items) => nextStartingWith(items, event.key));
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function stepOf(key: string): ((at: number, count: number) => number) | undefined {
  switch (key) {
    case 'ArrowDown':
      return (at, count) => (at + 1) % count;
    case 'ArrowUp':
      return (at, count) => (at <= 0 ? count : at) - 1;
    case 'Home':
      return () => 0;
    case 'End':
      return (_at, count) => count - 1;
    default:
      return undefined;
  }
}

/** The next item after the focused one whose words begin with what was typed. */
function nextStartingWith(items: readonly HTMLButtonElement[], typed: string): HTMLButtonElement | undefined {
  const from = items.indexOf(document.activeElement as HTMLButtonElement) + 1;
  return [...items.slice(from), ...items.slice(0, from)].find((item) =>
    item.textContent.trim().toLowerCase().startsWith(typed.toLowerCase()),
  );
}

function focusItem(box: HTMLElement, choose: (items: HTMLButtonElement[]) => HTMLButtonElement | undefined): void {
  choose([...box.querySelectorAll<HTMLButtonElement>('.menu__item:not(:disabled)')])?.focus();
}
