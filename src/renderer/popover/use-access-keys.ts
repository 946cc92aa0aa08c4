import type { KeyboardEvent, RefObject } from 'react';
import { shortcutOf, type Shortcut } from '../model/shortcuts.ts';
import type { Shell } from '../shell/shell.ts';
import { refreshDirectories } from '../shell/sso-menu.ts';
import { useShell } from '../shell/shell-context.tsx';
import { rowDomId } from './access-list.tsx';
import { hasChosenText, offerToTypeOver, takeOffered } from './offered-text.ts';
import { reorderPins } from './reorder-pins.ts';
import type { AccessListState } from './use-access-list.ts';
import { useLostKeys } from './use-lost-keys.ts';
import { useRoleActions, type AccessActions } from './use-role-actions.ts';

const PAGE_STEPS = 8;
/** Pressed on the way to a shortcut. */
const MODIFIERS = ['Control', 'Meta', 'Alt', 'Shift'];

/** What the keys of a list act on. */
export interface KeyScope {
  readonly listId: string;
  readonly list: AccessListState;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** The handler of every key pressed in search field and list; what it does not know goes on to the browser. */
export function useAccessKeys(scope: KeyScope): (event: KeyboardEvent<HTMLElement>) => void {
  const shell = useShell();
  const actions = useRoleActions();
  useLostKeys(scope.search);
  return (event) => {
    // Keys of a composition (Chinese, Japanese) belong to the input method.
    if (event.nativeEvent.isComposing || event.defaultPrevented) {
      return;
    }
    const handled = moveSelection(event, scope) || runShortcut(event, scope, shell, actions);
    const field = scope.search.current;
    if (handled) {
      event.preventDefault();
    } else if (event.target !== field) {
      if (startsTyping(event)) {
        // The letter then lands in the field by itself.
        field?.focus();
      }
    } else if (!MODIFIERS.includes(event.key)) {
      takeOffered(field);
    }
  };
}

function moveSelection(event: KeyboardEvent, { list }: KeyScope): boolean {
  if (event.altKey || event.shiftKey || event.metaKey) {
    return false;
  }
  switch (event.key) {
    case 'ArrowDown':
      list.move(1);
      return true;
    case 'ArrowUp':
      list.move(-1);
      return true;
    case 'PageDown':
      list.move(PAGE_STEPS);
      return true;
    case 'PageUp':
      list.move(-PAGE_STEPS);
      return true;
    case 'Home':
    case 'End':
      if (list.query !== '' && !event.ctrlKey) {
        return false;
      }
      list.moveToEdge(event.key === 'Home' ? 'first' : 'last');
      return true;
    default:
      return false;
  }
}

function runShortcut(event: KeyboardEvent, scope: KeyScope, shell: Shell, actions: AccessActions): boolean {
  if (event.key === 'Escape') {
    return leave(scope, shell);
  }
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    return runOnActive('row-menu', scope, shell, actions);
  }
  const shortcut = shortcutOf(event, shell.state.get()?.app.platform ?? 'linux');
  if (shortcut === undefined || !mayRun(shortcut, event, scope)) {
    return false;
  }
  return runOnPage(shortcut, scope, shell) || runOnActive(shortcut, scope, shell, actions);
}

/** The field keeps the keys it needs itself: its text is copied where some is selected, and the caret moves within it. */
function mayRun(shortcut: Shortcut, event: KeyboardEvent, { search, list }: KeyScope): boolean {
  const field = search.current;
  const inField = event.target === field && field !== null;
  switch (shortcut) {
    case 'console':
      return inField || event.target === event.currentTarget || isList(event.target);
    case 'copy':
      return !inField || !hasChosenText(field);
    case 'row-menu':
      return !inField || field.selectionStart === field.value.length;
    case 'keys':
      return list.query === '';
    default:
      return true;
  }
}

function isList(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.role === 'grid';
}

function runOnPage(shortcut: Shortcut, scope: KeyScope, shell: Shell): boolean {
  switch (shortcut) {
    case 'search':
      offerToTypeOver(scope.search.current);
      return true;
    case 'keys':
      shell.dialogs.open({ kind: 'keys' });
      return true;
    case 'settings':
      shell.openPage('settings');
      return true;
    case 'window':
      shell.openPage('access');
      return true;
    case 'refresh':
      refreshDirectories(shell);
      return true;
    default:
      return false;
  }
}

function runOnActive(shortcut: Shortcut, scope: KeyScope, shell: Shell, actions: AccessActions): boolean {
  const { active, activeIndex, items } = scope.list;
  if (active === undefined) {
    return false;
  }
  const { entry } = active;
  const anchor = document.getElementById(rowDomId(scope.listId, activeIndex));
  switch (shortcut) {
    case 'console':
      actions.open(entry);
      return true;
    case 'destination':
      actions.choose(entry);
      return true;
    case 'copy':
      actions.copy(entry);
      return true;
    case 'copy-as':
    case 'row-menu':
      if (anchor !== null) {
        const show = shortcut === 'copy-as' ? actions.showCopyMenu : actions.showMenu;
        show(entry, anchor);
      }
      return true;
    case 'pin':
      actions.togglePin(entry);
      return true;
    case 'edit':
      actions.edit(entry);
      return true;
    case 'move-up':
    case 'move-down':
      if (active.section === 'pinned') {
        reorderPins(items, active, shortcut === 'move-up' ? -1 : 1, (key, order) =>
          shell.actions.setMarks(key, { order }),
        );
      }
      return true;
    default:
      return false;
  }
}

/** Escape empties the field first; pressed again it puts the popover away. */
function leave({ list }: KeyScope, shell: Shell): boolean {
  if (list.query !== '') {
    list.setQuery('');
    return true;
  }
  if (shell.client.view === 'popover') {
    // Electron's main process hides the popover instead of closing it.
    window.close();
    return true;
  }
  return false;
}

function startsTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  const typesAlready =
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
  const onButton = target instanceof HTMLButtonElement && event.key === ' ';
  return !typesAlready && !onButton && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
}
