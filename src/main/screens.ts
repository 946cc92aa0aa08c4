import path from 'node:path';
import type { Core } from '../core/app/core.ts';
import { OWN_SCREEN } from './ipc.ts';
import { MainWindow } from './main-window.ts';
import { PopoverWindow } from './popover-window.ts';
import { PromptWindow } from './prompt-window.ts';
import type { ShellApis } from './shell-apis.ts';
import type { AppSetting } from './app-setting.ts';
import { setUpMessages, textsOf, type Told } from './messages.ts';
import { createTheme, type Theme } from './theme.ts';
import { lateTray } from './tray-host.ts';
import { setUpTray, type TrayIcon } from './tray.ts';
import { createWindowFactory, type AppWindow } from './window-factory.ts';
import type { WindowStore } from './window-store.ts';
import { trackWindows } from './window-tracker.ts';

/** All that a user sees of the app. */
export interface Screens {
  readonly mainWindow: MainWindow;
  readonly popover: PopoverWindow;
  readonly theme: Theme;
  /** Opens the popover, or closes it, by keys rather than by a click on the icon. */
  togglePopover(): void;
  /** Looks at the clock at once, as after sleep. */
  refresh(): void;
  /** Takes tray, notifications and popup away; windows go with the app, and the main one is remembered. */
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
  const windows = makeWindows(electron, setting, core, store);
  const { theme, popover, mainWindow } = windows;
  showInDock(electron, setting, false);
  const late: { togglePopover: () => void } = { togglePopover: () => undefined };
  const told = setUpMessages(electron, setting, core, windows, () => late.togglePopover());
  const make = (): TrayIcon => makeTray(electron, setting, core, windows, told);
  const tray = setting.trayHost === undefined ? make() : lateTray(setting.trayHost, make);
  late.togglePopover = () => popover.toggle({ by: 'keys', icon: tray.bounds() });
  return {
    mainWindow,
    popover,
    theme,
    togglePopover: late.togglePopover,
    refresh: () => tray.refresh(),
    close: () => {
      mainWindow.remember();
      told.close();
      tray.close();
    },
  };
}

function makeTray(
  electron: ShellApis,
  setting: AppSetting,
  core: Core,
  { popover, prompt }: Windows,
  told: Told,
): TrayIcon {
  return setUpTray({
    Tray: electron.Tray,
    Menu: electron.Menu,
    nativeImage: electron.nativeImage,
    nativeTheme: electron.nativeTheme,
    ...setting,
    state: core.state,
    texts: (state) => textsOf(electron, state),
    onClick: (icon) => {
      const isAsking = core.state.get().prompts.length > 0;
      if (isAsking && !prompt.isOpen) {
        told.focusPrompt();
      } else {
        popover.toggle({ by: 'click', icon });
      }
    },
    onAction: (action) => told.actions.onTrayAction(action),
  });
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
    popover: new PopoverWindow(tracker.create, screen, setting.clock, setting.platform),
    mainWindow: new MainWindow(tracker.create, screen, store, (isOpen) => showInDock(electron, setting, isOpen)),
    prompt: new PromptWindow(
      tracker.create,
      screen,
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
