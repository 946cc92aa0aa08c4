import type { NativeTheme } from 'electron';
import type { Settings } from '../shared/settings.ts';

/** What a window shows before its page is drawn; the pages' own ground in each theme. */
const GROUND = { light: '#f4f7f9', dark: '#111619' } as const;

/** The theme as windows see it. */
export interface Theme {
  set(theme: Settings['theme']): void;
  /** The ground of the theme of this moment. */
  groundColor(): string;
}

/** Puts the user's choice of theme over the system's, for pages and native menus alike. */
export function createTheme(nativeTheme: Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors'>): Theme {
  return {
    set: (theme) => {
      nativeTheme.themeSource = theme;
    },
    groundColor: () => (nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light),
  };
}
