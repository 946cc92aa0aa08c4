import * as electron from 'electron';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../core/model/clock.ts';
import { createRedactor } from '../core/model/redact.ts';
import type { AppSetting } from './app-setting.ts';
import { HIDDEN_ARGUMENT, linuxConfigDir } from './login-item.ts';
import { makeCore } from './make-core.ts';
import { startApp } from './start-app.ts';
import { startDemo } from './start-demo.ts';
import { takeThrowawayProfile } from './throwaway-profile.ts';
import { isTrayHostThere, untilTrayHost } from './tray-host.ts';

const { app } = electron;
const { argv, env } = process;

/** Where the built parts lie, seen from the built main program (`dist/main`). */
const distDir = fileURLToPath(new URL('../', import.meta.url));

/** The command lies outside the app's archive, where other programs can start it. */
const commandFile = app.isPackaged
  ? path.join(process.resourcesPath, 'rolecall', 'dist', 'cli', 'rolecall.js')
  : path.join(distDir, 'cli', 'rolecall.js');

const isSandbox = argv.includes('--sandbox');
if (isSandbox) {
  takeThrowawayProfile(app, os.tmpdir());
}

// The terminal that started the app may be closed while it runs; a log that nobody reads is no reason to stop.
process.stderr.on('error', () => {});

const redactor = createRedactor();
const log = (line: string): void => {
  if (env['ROLECALL_LOG'] === '1') {
    process.stderr.write(`${redactor.redact(line)}\n`);
  }
};

const platform = process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
const clock = systemClock();

const setting: AppSetting = {
  argv,
  platform,
  distDir,
  assetsDir: path.join(distDir, '..', 'assets'),
  configDir: linuxConfigDir(env, os.homedir()),
  execPath: process.execPath,
  isWayland: env['XDG_SESSION_TYPE'] === 'wayland' || Boolean(env['WAYLAND_DISPLAY']),
  isSandbox,
  clock,
  log,
  // At login the app may be there before the panel is; Electron asks for a place in it once, and then has no icon for good.
  ...(platform === 'linux' && !isSandbox && argv.includes(HIDDEN_ARGUMENT)
    ? { trayHost: (signal: AbortSignal) => untilTrayHost(() => isTrayHostThere(env), clock, signal) }
    : {}),
};

// Not awaited: Electron becomes ready only when this module has run to its end.
void startApp(electron, setting, {
  makeCore: (ports) => makeCore({ isSandbox, commandFile, log }, ports),
  openDemo: () =>
    startDemo({
      // Inside an AppImage the program lies in a folder that goes with the process it was made for.
      program: env['APPIMAGE'] ?? process.execPath,
      source: app.isPackaged ? undefined : app.getAppPath(),
    }),
  // electron-store and its schema checker are nearly a third of the program; the core need not wait for them.
  openWindowStore: async (folder) => (await import('./window-store.ts')).openWindowStore(folder),
});
