import { useMemo } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { useAppState } from './use-app-state.ts';
import { useCell } from './use-cell.ts';
import { useShell } from './shell-context.tsx';

/** The settings as the user has put them: what is on its way to the core counts already. For views that change them. */
export function useSettings(): Settings {
  const { actions } = useShell();
  const settings = useAppState((state) => state.settings);
  const underWay = useCell(actions.settingsUnderWay);
  return useMemo(() => ({ ...settings, ...underWay }), [settings, underWay]);
}
