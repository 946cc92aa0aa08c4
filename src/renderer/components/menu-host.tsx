import type { JSX } from 'react';
import { createPortal } from 'react-dom';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { Menu } from './menu.tsx';

/**
 * The place of the one open menu: in the dialog that its anchor stands in, for what lies outside an open dialog is inert; else in the
 * part of the page that it belongs to.
 */
export function MenuHost(): JSX.Element | null {
  const { menus } = useShell();
  const menu = useCell(menus.shown);
  return menu === undefined
    ? null
    : createPortal(
        <Menu menu={menu} onClose={menus.close} />,
        menu.anchor.closest('dialog, main, aside, nav') ?? document.body,
      );
}
