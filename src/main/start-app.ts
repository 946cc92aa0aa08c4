import path from 'node:path';
import type { Core } from '../core/app/core.ts';
import type { Shell } from '../core/app/shell.ts';
import type { BrowserPort, ClipboardPort } from '../core/session/ports.ts';
import type { AppSetting } from './app-setting.ts';
import { registerAppScheme, setUpAppProtocol } from './app-protocol.ts';
import { setUpApplicationMenu } from './application-menu.ts';
import { setUpArgvGuard } from './argv-guard.ts';
import { createClipboard } from './clipboard.ts';
import { setUpIpc } from './ipc.ts';
import { textsOf } from './messages.ts';
import type { WindowTarget } from './main-window.ts';
import { setUpIdentity } from './identity.ts';
import { startsHidden } from './login-item.ts';
import { createUrlOpener } from './open-url.ts';
import { showFolder } from './show-folder.ts';
import { setUpPowerEvents } from './power-events.ts';
import { setUpQuit } from './quit.ts';
import { setUpScreens, type Screens } from './screens.ts';
import { followSettings } from './settings-effects.ts';
import type { ShellApis } from './shell-apis.ts';
import { setUpSingleInstance } from './single-instance.ts';
import { setUpWebSecurity } from './web-security.ts';
import type { WindowStore } from './window-store.ts';

/** What the shell gives the core: its hands. */
export interface ShellPorts {
  readonly version: string;
  readonly browser: BrowserPort;
  readonly clipboard: ClipboardPort;
  readonly shell: Shell;
}

/** What is made once Electron is ready. */
export interface AppParts {
  /** Puts the core together on the shell's ports. Undefined when another process serves this user already, and was told to show itself. */
  readonly makeCore: (ports: ShellPorts) => Promise<Core | undefined>;
  /** Starts the demo as a process of its own. Throws DemoFailedError. */
  readonly openDemo: () => Promise<void>;
  readonly openWindowStore: (folder: string) => Promise<WindowStore>;
}

/**
 * Starts the app: first what must be said before Electron is ready, then the core, then all that shows it. Resolves when the app
 * is up, or decided to end; a failure is shown to the user before it ends.
 */
export async function startApp(electron: ShellApis, setting: AppSetting, parts: AppParts): Promise<void> {
  const { app } = electron;
  if (!setUpArgvGuard(app, setting.argv, (why) => tellStartFailed(electron, why))) {
    return;
  }
  setUpIdentity(app, setting);
  registerAppScheme(electron.protocol);
  app.enableSandbox();
  const late: Late = {};
  if (!setUpSingleInstance(app, () => openWindow(late))) {
    return;
  }
  // A tray app goes on when its last window closes; without a listener Electron would quit.
  app.on('window-all-closed', () => undefined);
  try {
    await app.whenReady();
    await runApp(electron, setting, parts, late);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'The reason is not known.';
    tellStartFailed(electron, reason);
    app.exit(1);
  }
}

/** A dialog; on Linux, before Electron is ready, a line in the terminal. */
function tellStartFailed({ dialog }: ShellApis, reason: string): void {
  dialog.showErrorBox('Rolecall cannot start', reason);
}

/** The windows, which come with the core, and the one that was asked for before that: it opens then. */
interface Late {
  screens?: Screens;
  wanted?: WindowTarget;
}

function openWindow(late: Late, where: WindowTarget = {}): void {
  if (late.screens === undefined) {
    late.wanted = where;
  } else {
    late.screens.mainWindow.open(where);
  }
}

async function runApp(electron: ShellApis, setting: AppSetting, parts: AppParts, late: Late): Promise<void> {
  const { app } = electron;
  setUpWebSecurity(app, electron.session.defaultSession, !app.isPackaged);
  setUpAppProtocol(electron.protocol, path.join(setting.distDir, 'renderer'));
  const core = await parts.makeCore({
    version: app.getVersion(),
    browser: createUrlOpener(electron.shell, setting.platform, setting.clock),
    clipboard: createClipboard(electron.clipboard, electron.ClipboardItem, setting.platform),
    shell: {
      quit: () => app.quit(),
      openWindow: (where) => openWindow(late, where),
      openDemo: parts.openDemo,
      showFolder: (folder) => showFolder(electron.shell, folder),
    },
  });
  if (core === undefined) {
    app.exit(0);
    return;
  }
  const store = await parts.openWindowStore(app.getPath('userData'));
  const screens = setUpScreens(electron, setting, core, store);
  late.screens = screens;
  setUpApplicationMenu(electron.Menu, setting.platform, core.state, {
    texts: (state) => textsOf(electron, state),
    openSettings: () => screens.mainWindow.open({ page: 'settings' }),
  });
  await showCore(electron, setting, core, screens);
  // A start at login stays in the tray, unless the user came for the window meanwhile.
  if (late.wanted !== undefined || !startsHidden(app, setting)) {
    screens.mainWindow.open(late.wanted);
  }
}

/** Ties the core to the pages, the machine and the user, and begins. */
async function showCore(electron: ShellApis, setting: AppSetting, core: Core, screens: Screens): Promise<void> {
  const { app, powerMonitor, net } = electron;
  setUpIpc(electron.ipcMain, core);
  const endPower = setUpPowerEvents(powerMonitor, net, setting.clock, (event) => {
    core.onPowerEvent(event);
    screens.refresh();
  });
  setUpQuit(app, powerMonitor, setting.clock, async () => {
    endPower();
    screens.close();
    await core.close();
  });
  await core.start();
  followSettings(electron, setting, core, screens);
  app.on('activate', () => screens.mainWindow.open());
  screens.popover.prepare();
}
