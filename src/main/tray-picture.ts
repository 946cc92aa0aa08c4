import path from 'node:path';
import type { TrayStatus } from './tray-status.ts';

/** What decides which picture stands out where the icon is. */
export interface TrayGround {
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Whether the system's own bars are dark; only Windows tells it apart from the theme of apps. */
  readonly isBarDark: boolean;
}

/**
 * Where the picture of a status lies. macOS colours template images itself, Windows has a light and a dark task bar, and Linux
 * panels tell nobody what they look like.
 */
export function trayPictureFile(assetsDir: string, status: TrayStatus, { platform, isBarDark }: TrayGround): string {
  return path.join(assetsDir, 'tray', `${status}${ending(platform, isBarDark)}.png`);
}

function ending(platform: TrayGround['platform'], isBarDark: boolean): string {
  switch (platform) {
    case 'darwin':
      return 'Template';
    case 'win32':
      return isBarDark ? '-on-dark' : '-on-light';
    case 'linux':
      return '';
  }
}
