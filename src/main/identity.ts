import type { App, CommandLine } from 'electron';
import type { AppSetting } from './app-setting.ts';

/** The app's id, as in electron-builder.yml and, for Linux, `desktopName` of package.json. */
export const APP_ID = 'app.rolecall.desktop';

/**
 * Tells the system who the app is; must be called before the app is ready. Windows shows notifications only of a known id, and
 * on Wayland keys that work everywhere are had from the desktop portal alone.
 */
export function setUpIdentity(
  app: Pick<App, 'setAppUserModelId'> & { readonly commandLine: Pick<CommandLine, 'appendSwitch'> },
  { platform, isWayland }: Pick<AppSetting, 'platform' | 'isWayland'>,
): void {
  if (platform === 'win32') {
    app.setAppUserModelId(APP_ID);
  }
  if (platform === 'linux' && isWayland) {
    app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
  }
}
