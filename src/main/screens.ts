import path from 'node:path';
import type { Core } from '../core/app/core.ts';
import { followState } from './follow-state.ts';
import { OWN_SCREEN } from './ipc.ts';
import { MainWindow } from './main-window.ts';
import { setUpNotifications } from './notifications.ts';
import { PopoverWindow } from './popover-window.ts';
import { PromptWindow } from './prompt-window.ts';
import { createShellActions } from './shell-actions.ts';
import type { ShellApis } from './shell-apis.ts';
import type { AppSetting } from './app-setting.ts';
import { textsFor } from './texts.ts';
import { createTheme, type Theme } from './theme.ts';
import { setUpTray } from './tray.ts';
import { createWindowFactory, type AppWindow } from './window-factory.ts';
import type { WindowStore } from './window-store.ts';
import { trackWindows } from './window-tracker.ts';

/** All that a user sees of the app. */
export interface Screens {
  readonly mainWindow: MainWindow;
  readonly popover: PopoverWindow;
  readonly theme: Theme;
  /** Takes tray, notifications and popup away; windows go with the app. */
  close(): void;
}

interface Windows {
  readonly theme: Theme;
  readonly popover: PopoverWindow;
  readonly mainWindow: MainWindow;
  readonly prompt: PromptWindow;
  /** Those that are there now. */
  all(): readonly AppWindow[];
}

/** Makes the tray, the windows and the notifications, and ties them to the core. */
export function setUpScreens(electron: ShellApis, setting: AppSetting, core: Core, store: WindowStore): Screens {
  const { app } = electron;
  const windows = makeWindows(electron, setting, core, store);
  const { theme, popover, mainWindow, prompt } = windows;
  showInDock(electron, setting, false);
  const actions = createShellActions({
    core,
    openWindow: (where) => mainWindow.open(where),
    focusPrompt: () => prompt.focus(),
    quit: () => app.quit(),
  });
  const ends = [
    followState(
      core.state,
      (state) => state.prompts,
      (prompts) => prompt.update(prompts),
    ),
    setUpTray({
      Tray: electron.Tray,
      Menu: electron.Menu,
      nativeImage: electron.nativeImage,
      ...setting,
      state: core.state,
      texts: (state) => textsFor(state.settings.language, app.getPreferredSystemLanguages()),
      onClick: (bounds) => popover.toggle(bounds),
      onAction: (action) => actions.onTrayAction(action),
    }),
    setUpNotifications({
      Notification: electron.Notification,
      state: core.state,
      isWatching: () => windows.all().some((window) => window.isVisible() && window.isFocused()),
      onClick: (notice) => actions.onNotice(notice),
    }),
  ];
  return { mainWindow, popover, theme, close: () => ends.forEach((end) => end()) };
}

function makeWindows(electron: ShellApis, setting: AppSetting, core: Core, store: WindowStore): Windows {
  const { nativeTheme, screen } = electron;
  const theme = createTheme(nativeTheme);
  const tracker = trackWindows(
    createWindowFactory(electron.BrowserWindow, {
      preloadFile: path.join(setting.distDir, 'preload', 'preload.cjs'),
      iconFile: path.join(setting.assetsDir, 'icon.png'),
      platform: setting.platform,
      isPackaged: electron.app.isPackaged,
      backgroundColor: () => theme.groundColor(),
    }),
  );
  nativeTheme.on('updated', () =>
    tracker.windows().forEach((window) => window.setBackgroundColor(theme.groundColor())),
  );
  return {
    theme,
    all: () => tracker.windows(),
    popover: new PopoverWindow(tracker.create, screen, setting.clock),
    mainWindow: new MainWindow(tracker.create, screen, store, (isOpen) => showInDock(electron, setting, isOpen)),
    prompt: new PromptWindow(
      tracker.create,
      (promptId) => void core.execute('cancelPrompt', { promptId }, { asker: OWN_SCREEN }),
    ),
  };
}

/** On macOS the app is in the Dock and the app switcher only while its window is open. */
function showInDock({ app }: ShellApis, { platform }: AppSetting, isShown: boolean): void {
  if (platform === 'darwin') {
    app.setActivationPolicy(isShown ? 'regular' : 'accessory');
  }
}
