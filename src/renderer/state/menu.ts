import type { IconName } from '../components/icon-paths.ts';
import { createCell, type Cell } from './cell.ts';

/** A line of a menu. */
export type MenuEntry =
  | { readonly kind: 'heading'; readonly id: string; readonly label: string }
  | { readonly kind: 'line'; readonly id: string }
  | {
      readonly kind: 'item';
      readonly id: string;
      readonly label: string;
      readonly icon?: IconName;
      /** A colour that it stands for, in the icon's place. */
      readonly dot?: string;
      /** Stands at its end: how many there are. */
      readonly note?: string;
      /** Keys that do the same without the menu. */
      readonly keys?: readonly string[];
      /** Set for choices of one from several. */
      readonly checked?: boolean;
      /** Any number of such choices may be checked. */
      readonly toggles?: boolean;
      readonly tone?: 'danger';
      readonly disabled?: boolean;
      readonly run: () => void;
    };

/** A menu that is open: what it is named, what it offers, and the element it belongs to. */
export interface OpenMenu {
  readonly label: string;
  readonly anchor: HTMLElement;
  readonly entries: readonly MenuEntry[];
}

/** The one menu of the screen. */
export interface Menus {
  readonly shown: Cell<OpenMenu | undefined>;
  readonly open: (menu: OpenMenu) => void;
  readonly close: () => void;
}

/** A holder of the one open menu; opening another closes it. */
export function createMenus(): Menus {
  const shown = createCell<OpenMenu | undefined>(undefined);
  return { shown, open: (menu) => shown.set(menu), close: () => shown.set(undefined) };
}
