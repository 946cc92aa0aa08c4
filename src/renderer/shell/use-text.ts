import type { Text } from '../i18n/text.ts';
import { useShell } from './shell-context.tsx';
import { useCell } from './use-cell.ts';

/** Messages and formats in the language of the screen. */
export function useText(): Text {
  return useCell(useShell().text);
}
