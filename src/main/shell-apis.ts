import type {
  App,
  BrowserWindowConstructorOptions,
  Clipboard,
  ClipboardItem,
  CommandLine,
  Dialog,
  GlobalShortcut,
  IpcMain,
  Menu,
  MenuItemConstructorOptions,
  NativeImage,
  NativeTheme,
  Net,
  PowerMonitor,
  Protocol,
  Screen,
  Session,
  Shell,
} from 'electron';
import type { NotificationClass } from './notifications.ts';
import type { AppTray } from './tray.ts';
import type { AppWindow } from './window-factory.ts';

/** All that the shell uses of Electron's main process. Electron's own module fits, and so does the stand-in of the tests. */
export interface ShellApis {
  readonly app: Pick<
    App,
    | 'isPackaged'
    | 'exit'
    | 'quit'
    | 'on'
    | 'whenReady'
    | 'requestSingleInstanceLock'
    | 'getPath'
    | 'setPath'
    | 'getVersion'
    | 'getPreferredSystemLanguages'
    | 'enableSandbox'
    | 'setLoginItemSettings'
    | 'getLoginItemSettings'
    | 'setActivationPolicy'
    | 'setAppUserModelId'
  > & { readonly commandLine: Pick<CommandLine, 'appendSwitch'> };
  readonly BrowserWindow: new (options: BrowserWindowConstructorOptions) => AppWindow;
  readonly clipboard: Pick<Clipboard, 'write' | 'readText' | 'clear'>;
  readonly ClipboardItem: new (items: Record<string, string>) => ClipboardItem;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  readonly globalShortcut: Pick<GlobalShortcut, 'register' | 'unregister'>;
  readonly ipcMain: Pick<IpcMain, 'handle' | 'on'>;
  readonly Menu: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu | null): void;
  };
  readonly nativeImage: { createFromPath(file: string): NativeImage };
  readonly nativeTheme: Pick<
    NativeTheme,
    'themeSource' | 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI' | 'on'
  >;
  readonly net: Pick<Net, 'isOnline'>;
  readonly Notification: NotificationClass;
  readonly powerMonitor: Pick<PowerMonitor, 'on'>;
  readonly protocol: Pick<Protocol, 'handle' | 'registerSchemesAsPrivileged'>;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getCursorScreenPoint' | 'getDisplayNearestPoint' | 'on'>;
  readonly session: {
    readonly defaultSession: Pick<
      Session,
      'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'webRequest' | 'on'
    >;
  };
  readonly shell: Pick<Shell, 'openExternal' | 'openPath'>;
  readonly Tray: new (image: NativeImage, guid?: string) => AppTray;
}
