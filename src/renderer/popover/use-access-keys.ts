import type { KeyboardEvent, RefObject } from 'react';
import type { RoleEntry } from '../model/access-entry.ts';
import { shortcutOf, type Shortcut } from '../model/shortcuts.ts';
import type { Shell } from '../shell/shell.ts';
import { togglePins } from '../shell/several-marks.ts';
import { openSeveralMenu } from '../shell/several-menu.ts';
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

/** What keys do in a list of which several roles can be selected. */
export interface SeveralKeys {
  /** None where only one is. */
  readonly several: readonly RoleEntry[];
  readonly extend: (steps: number) => void;
  readonly extendToEdge: (edge: 'first' | 'last') => void;
  readonly selectAll: () => void;
  readonly selectOne: () => void;
}

/** What the keys of a list act on. */
export interface KeyScope {
  readonly listId: string;
  readonly list: AccessListState & Partial<SeveralKeys>;
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
    const handled = moveSelection(event, scope) || selectAll(event, scope) || runShortcut(event, scope, shell, actions);
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
  const move = event.shiftKey ? list.extend : list.move;
  const moveToEdge = event.shiftKey ? list.extendToEdge : list.moveToEdge;
  if (event.altKey || event.metaKey || move === undefined || moveToEdge === undefined) {
    return false;
  }
  switch (event.key) {
    case 'ArrowDown':
      move(1);
      return true;
    case 'ArrowUp':
      move(-1);
      return true;
    case 'PageDown':
      move(PAGE_STEPS);
      return true;
    case 'PageUp':
      move(-PAGE_STEPS);
      return true;
    case 'Home':
    case 'End':
      // In the field they move the caret, while there is something to move it in.
      if (list.query !== '' && !isList(event.target) && !(event.ctrlKey && !event.shiftKey)) {
        return false;
      }
      moveToEdge(event.key === 'Home' ? 'first' : 'last');
      return true;
    default:
      return false;
  }
}

/** In the field it selects what is written there. */
function selectAll({ key, ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent, { list }: KeyScope): boolean {
  const isAsked = key.toLowerCase() === 'a' && ctrlKey !== metaKey && !altKey && !shiftKey;
  if (!isAsked || list.selectAll === undefined || !isList(target)) {
    return false;
  }
  list.selectAll();
  return true;
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
  const { several = [] } = scope.list;
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
      if (anchor !== null && several.length > 0 && shortcut === 'row-menu') {
        openSeveralMenu(shell, several, anchor);
      } else if (anchor !== null) {
        const show = shortcut === 'copy-as' ? actions.showCopyMenu : actions.showMenu;
        show(entry, anchor);
      }
      return true;
    case 'pin':
      if (several.length > 0) {
        togglePins(shell, several);
      } else {
        actions.togglePin(entry);
      }
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

/** Escape goes back to one role, then empties the field; pressed again it puts the popover away. */
function leave({ list }: KeyScope, shell: Shell): boolean {
  if (list.several !== undefined && list.several.length > 0) {
    list.selectOne?.();
    return true;
  }
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
